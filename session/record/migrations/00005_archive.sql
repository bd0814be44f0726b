-- +goose Up

-- One row a conversation: where its archive ends, and how it stood there. See archive.go.
CREATE TABLE sessions (
    id             TEXT   NOT NULL PRIMARY KEY,
    part           BIGINT NOT NULL,             -- the partition of Redis it belongs to
    site           TEXT   NOT NULL,
    lang           TEXT   NOT NULL,
    owner          TEXT   NOT NULL,
    agent          TEXT   NOT NULL,             -- who answers; empty unless owner is human
    queue          TEXT   NOT NULL,
    reason         TEXT   NOT NULL,             -- of the last handoff
    arrived        BIGINT NOT NULL,             -- of the handoff, in µs; 0: not in line
    epoch          BIGINT NOT NULL,
    seq            BIGINT NOT NULL,             -- the last archived event, and its id
    tail           TEXT   NOT NULL,
    opened_at      BIGINT NOT NULL,
    last_at        BIGINT NOT NULL,             -- of the last archived event
    closed_at      BIGINT,                      -- NULL: open
    state          TEXT   NOT NULL,             -- session.State as JSON
    state_seq      BIGINT NOT NULL,             -- the event that state stands at; seq but for a long catching up
    signals        TEXT,                        -- the raw signal values as JSON, once measured
    signal_version BIGINT
);
CREATE INDEX sessions_site ON sessions (site, opened_at);
CREATE INDEX sessions_open ON sessions (part, arrived) WHERE closed_at IS NULL;

-- Stretches of logs. Those of one session have no gap and no overlap.
CREATE TABLE segments (
    n              BIGINT NOT NULL PRIMARY KEY, -- the write number: grows in the order of commits
    session_id     TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    from_seq       BIGINT NOT NULL,
    to_seq         BIGINT NOT NULL,
    first_id       TEXT   NOT NULL,
    last_id        TEXT   NOT NULL,
    prev_id        TEXT   NOT NULL,             -- id of the event before the first
    events         BYTEA  NOT NULL              -- see encode.go
);
CREATE UNIQUE INDEX segments_session ON segments (session_id, to_seq);

-- What a failover took back after it was archived and the log did not take in again, kept for audits.
CREATE TABLE forks (
    n              BIGINT NOT NULL PRIMARY KEY,
    session_id     TEXT   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    found_at       BIGINT NOT NULL,
    from_seq       BIGINT NOT NULL,
    prev_id        TEXT   NOT NULL,
    events         BYTEA  NOT NULL
);
CREATE INDEX forks_session ON forks (session_id);

-- Numbers that are handed out in the order of commits: whoever takes one holds up the next until then.
CREATE TABLE counters (
    name           TEXT   NOT NULL PRIMARY KEY,
    n              BIGINT NOT NULL
);
INSERT INTO counters (name, n) VALUES ('segments', 0);

-- +goose Down
DROP TABLE counters;
DROP TABLE forks;
DROP TABLE segments;
DROP TABLE sessions;
