-- +goose Up

-- The queues that an account serves, as a JSON list of "queue:level"; an empty one stands for all.
ALTER TABLE accounts ADD COLUMN skills TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE accounts DROP COLUMN skills;
