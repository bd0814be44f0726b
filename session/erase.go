package session

import (
	"context"
	"fmt"
)

// Erase removes a session from Redis in whatever state it is. Whoever calls it has ended the session
// and taken it from its desk, and erases it from the record as well, or it would be given back.
func (l *Log) Erase(ctx context.Context, id ID, timers ...string) error {
	k := keysOf(id)
	args := make([]any, 0, 1+len(timers))
	args = append(args, string(id))
	for _, t := range timers {
		args = append(args, t)
	}
	err := eraseScript.Do(ctx, l.db.Client, []string{k.state, k.log, k.ids, k.nodes, k.timers, k.tries, k.dirty}, args...).Err()
	if err != nil {
		return fmt.Errorf("erase session %s: %w", id, err)
	}
	return nil
}
