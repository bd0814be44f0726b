package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrNotKept says that an event is stored but not in the record, where it would outlive the process.
// Sending it again under the same id is harmless and settles it.
var ErrNotKept = errors.New("the record did not take the event; try again")

// urgentKeep is how long an urgent event waits for the record: a person is never refused.
const urgentKeep = time.Second

// Keeping returns the same log, which acknowledges and delivers an event only after keep has returned:
// once the record has the session up to it. It is for a Redis that dies with this process.
func (l *Log) Keeping(keep func(ctx context.Context, id ID, upto uint64) error) *Log {
	c := *l
	c.keep = keep
	return &c
}

// kept waits until the record has what an append stored, now or before.
func (l *Log) kept(ctx context.Context, id ID, a Append, out Appended) error {
	if len(out.Seqs) == 0 {
		return nil
	}
	if a.Urgent {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, urgentKeep)
		defer cancel()
	}
	err := l.keep(ctx, id, slices.Max(out.Seqs))
	if err == nil || a.Urgent {
		return nil
	}
	return fmt.Errorf("append to session %s: %w: %w", id, ErrNotKept, err)
}
