-- +goose Up

-- The index of what was said, kept by session/record/search behind the segments. An id is the time of
-- the message in ms, times 2^20, and some bits of the event's id: newest first is by id.
CREATE TABLE messages (
    id             INTEGER NOT NULL PRIMARY KEY,
    session_id     TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq            BIGINT  NOT NULL
);
CREATE UNIQUE INDEX messages_session ON messages (session_id, seq);

-- Its tokens are made by session/record/words; the text itself is in the segments alone.
CREATE VIRTUAL TABLE message_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = "ascii tokenchars ':-_'"
);

-- +goose StatementBegin
CREATE TRIGGER messages_gone AFTER DELETE ON messages BEGIN
    DELETE FROM message_words WHERE rowid = old.id;
END;
-- +goose StatementEnd

-- Who answered, and how it was rated, for filters.
CREATE TABLE session_agents (
    session_id     TEXT    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    agent          TEXT    NOT NULL,
    PRIMARY KEY (session_id, agent)
);
ALTER TABLE sessions ADD COLUMN rating BIGINT;

INSERT INTO counters (name, n) VALUES ('index', 0);

-- +goose Down
DELETE FROM counters WHERE name = 'index';
ALTER TABLE sessions DROP COLUMN rating;
DROP TABLE session_agents;
DROP TRIGGER messages_gone;
DROP TABLE message_words;
DROP TABLE messages;
