-- +goose Up

-- Which life of a log in Redis segments are taken of, for sessions that began again or came back from
-- the record (session/lives.go). A session may be here before it is in sessions.
CREATE TABLE lives (
    session_id     TEXT NOT NULL PRIMARY KEY,
    life           TEXT NOT NULL
);

-- +goose Down
DROP TABLE lives;
