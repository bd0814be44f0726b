-- +goose Up

-- Every policy that was ever published, for good: nothing changes or deletes a row. Together they are
-- the audit: who, when, why, and what before (the version below) and after.
CREATE TABLE policies (
    version   BIGINT PRIMARY KEY,
    hash      TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    at        BIGINT NOT NULL, -- ms since 1970
    by_id     TEXT   NOT NULL,
    by_name   TEXT   NOT NULL,
    reason    TEXT   NOT NULL,
    restores  BIGINT NOT NULL DEFAULT 0 -- the version whose words these are again
);

-- What was judged lately, for the list of decisions and for previews of a draft. It is a window, not
-- the record: the decisions that were acted on are events of their sessions.
CREATE TABLE decisions (
    id      TEXT   PRIMARY KEY, -- "<session>:<ask>"
    site    TEXT   NOT NULL,
    session TEXT   NOT NULL,
    seq     BIGINT NOT NULL,
    at      BIGINT NOT NULL, -- ms since 1970
    policy  BIGINT NOT NULL,
    done    TEXT   NOT NULL,
    body    TEXT   NOT NULL
);
CREATE INDEX decisions_by_time ON decisions (site, at);
CREATE INDEX decisions_by_session ON decisions (session);

-- +goose Down
DROP TABLE decisions;
DROP TABLE policies;
