package search

import (
	"context"
	"fmt"
)

// A common word said in the conversations of one agent lies thinly in its windows: of two hundred agents
// each has one hit in two hundred. So where an agent has few messages, those are looked through instead,
// all of them and at once; who has more than a few has enough hits in a window.

// answered counts the messages in the conversations that an agent answered, up to one more than most.
func (w *windows) answered(ctx context.Context, most int) (n int, err error) {
	err = w.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM session_agents a
		JOIN messages m ON m.session_id = a.session_id WHERE a.agent = $1 LIMIT $2) AS few`,
		w.query.Agent, most+1).Scan(&n)
	return n, err
}

// through looks through all messages of an agent's conversations.
func (w *windows) through(ctx context.Context, condition string) error {
	f := &filter{args: []any{w.match, w.before, w.least, w.query.Agent}}
	f.of(w.query.withoutAgent())
	f.args = append(f.args, w.query.Limit+1)
	query := "SELECT " + hitColumns + `, m.id, m.seq FROM session_agents a` + //nolint:gosec // G202: placeholders only
		`
		JOIN messages m ON m.session_id = a.session_id JOIN sessions s ON s.id = m.session_id
		WHERE a.agent = $4 AND ` + condition + " AND m.id < $2 AND m.id >= $3 AND " + f.sql() +
		fmt.Sprintf(" ORDER BY m.id DESC LIMIT $%d", len(f.args))
	rows, err := w.tx.QueryContext(ctx, query, f.args...)
	if err != nil {
		return err
	}
	if w.hits, err = scan(rows, true); err == nil {
		w.full()
	}
	return err
}

func (q Query) withoutAgent() Query {
	q.Agent = ""
	return q
}
