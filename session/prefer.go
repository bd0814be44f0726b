package session

import (
	"context"
	"fmt"
)

// Prefers is how a visitor would like to be served. It can be chosen anew at any time, and is said
// again with every hello, so that it need not outlive a Redis that loses its memory.
type Prefers struct {
	First  string // "human": a person first, always
	Assist int    // the help switched on: 0 none, 1 larger text, 2 larger still
}

// Prefer keeps what a visitor chose. It returns ErrGone if the session is not in Redis.
func (l *Log) Prefer(ctx context.Context, id ID, p Prefers) error {
	n, err := preferScript.Do(ctx, l.db.Client, []string{keysOf(id).state}, p.First, p.Assist).Int()
	if err == nil && n == 0 {
		err = ErrGone
	}
	if err != nil {
		return fmt.Errorf("keeping what the visitor of session %s prefers: %w", id, err)
	}
	return nil
}
