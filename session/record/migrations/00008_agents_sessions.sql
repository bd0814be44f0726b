-- +goose Up

-- The conversations of one agent, newest last, without a look at everybody's.
CREATE INDEX session_agents_agent ON session_agents (agent, session_id);

-- +goose Down
DROP INDEX session_agents_agent;
