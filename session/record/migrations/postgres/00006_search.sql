-- +goose Up

-- The index of what was said, kept by session/record/search behind the segments. An id is the time of
-- the message in ms, times 2^20, and some bits of the event's id: newest first is by id. Its tokens
-- are made by session/record/words; the text itself is in the segments alone.
CREATE TABLE messages (
    id             BIGINT   NOT NULL PRIMARY KEY,
    session_id     TEXT     NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq            BIGINT   NOT NULL,
    words          tsvector NOT NULL
);
CREATE UNIQUE INDEX messages_session ON messages (session_id, seq);
CREATE INDEX messages_words ON messages USING GIN (words) WITH (fastupdate = off);

-- Who answered, and how it was rated, for filters.
CREATE TABLE session_agents (
    session_id     TEXT     NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    agent          TEXT     NOT NULL,
    PRIMARY KEY (session_id, agent)
);
ALTER TABLE sessions ADD COLUMN rating BIGINT;

INSERT INTO counters (name, n) VALUES ('index', 0);

-- +goose Down
DELETE FROM counters WHERE name = 'index';
ALTER TABLE sessions DROP COLUMN rating;
DROP TABLE session_agents;
DROP TABLE messages;
