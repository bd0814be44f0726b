-- +goose Up

-- Who did what, when and why. Rows are only ever added.
CREATE TABLE audit (
    id             TEXT   NOT NULL PRIMARY KEY,  -- sorts by time
    at             BIGINT NOT NULL,
    who            TEXT   NOT NULL,
    what           TEXT   NOT NULL,
    site           TEXT   NOT NULL,
    target         TEXT   NOT NULL,
    reason         TEXT   NOT NULL
);

-- Up to which event the pace buckets of a session were dropped; see session/record/keep.
ALTER TABLE sessions ADD COLUMN scrubbed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX sessions_unscrubbed ON sessions (last_at) WHERE scrubbed < seq;

-- +goose Down
DROP INDEX sessions_unscrubbed;
ALTER TABLE sessions DROP COLUMN scrubbed;
DROP TABLE audit;
