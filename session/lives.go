package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
)

// A log in Redis may live more than once. When Redis loses its memory, or has let a log go, the session
// comes back from the record, or begins again if the record has nothing of it; what an archiver read of
// the former life may still be on its way to the record then. It must not arrive: the log has gone on
// from where the record was, and both would differ. So each life has a name, the record is told the
// name before anything of the life is in Redis, and takes segments of that life alone.

// Life is a life that a log is about to begin.
type Life struct {
	ID   ID
	Name string
	// Again says that the session begins again. It may if the record does not have it; otherwise the
	// record has to have it.
	Again bool
}

func newLife(id ID) Life { return Life{ID: id, Name: uuid.NewString()[:13]} }

// ErrErased says that a session was erased, and not lost.
var ErrErased = errors.New("the session was erased")

// CreateAgain makes a session under an id that was given out before, if the record does not have it
// either. It reports false if the session is there after all, in Redis or in the record, and returns
// ErrErased for one that was not lost, but erased: what its page holds must not come back.
func (l *Log) CreateAgain(ctx context.Context, b Birth) (bool, error) {
	if l.record == nil {
		return l.Create(ctx, b)
	}
	made, err, _ := l.restores.Do("again "+string(b.ID), func() (any, error) {
		if erased, err := l.record.WasErased(ctx, b.ID); err == nil && erased {
			return false, fmt.Errorf("begin session %s again: %w", b.ID, ErrErased)
		}
		life := newLife(b.ID)
		life.Again = true
		may, err := l.record.Live(ctx, life)
		if err == nil && !may {
			return false, nil
		}
		// A record that takes nothing finds out when it does again; nobody who comes is held up.
		b.Life = life.Name
		return l.Create(ctx, b)
	})
	return made.(bool), err
}
