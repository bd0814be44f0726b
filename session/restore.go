package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Restorer has what Redis may lose: the record, to which events are archived about a second after
// they are stored.
type Restorer interface {
	// Saved returns a session as the record has it, with at most the last Window events, or ErrGone.
	Saved(ctx context.Context, id ID) (Saved, error)
	// Live notes the life that a log is about to begin, after which segments of no other are taken. It
	// reports false, and notes nothing, if the session is not in the record, or is and would begin again.
	Live(ctx context.Context, life Life) (bool, error)
	// WasErased reports whether a session that is nowhere was erased, at its visitor's request or because
	// its time was over, and not lost.
	WasErased(ctx context.Context, id ID) (bool, error)
	// Events returns the archived events from one seq to another, both included.
	Events(ctx context.Context, id ID, from, to uint64) ([]Event, error)
	// Living calls each for the sessions in which something has yet to happen by itself, those who
	// wait in line first, in their order.
	Living(ctx context.Context, who Living, each func(ID) error) error
}

// Living says which sessions are asked for: those of some partitions, or those of a site that its desk
// has to know. A zero field asks for all.
type Living struct {
	Parts []int
	Site  string
}

// Saved is a session as the record has it.
type Saved struct {
	State State
	// Events are the last ones, up to State.Seq.
	Events []Event
}

// Recorded returns the same log, which gives back what Redis lost from a record.
func (l *Log) Recorded(r Restorer) *Log {
	c := *l
	c.record = r
	return &c
}

// Living calls each for the sessions in which something has yet to happen by itself, as the record
// has them.
func (l *Log) Living(ctx context.Context, who Living, each func(ID) error) error {
	if l.record == nil {
		return nil
	}
	return l.record.Living(ctx, who, each)
}

// again does what needs a session, and once more if Redis had lost it and the record gave it back.
// What the record could not be asked is not gone.
func (l *Log) again(ctx context.Context, id ID, do func() error) error {
	err := do()
	if l.record == nil || !errors.Is(err, ErrGone) {
		return err
	}
	if err := l.Restore(ctx, id); err != nil {
		return err
	}
	return do()
}

// Restore puts a session that is not in Redis back as the record has it. If several do it at once, or
// the session is there after all, what is there first stands. It returns ErrGone if the record does
// not have it either.
func (l *Log) Restore(ctx context.Context, id ID) error {
	if l.record == nil {
		return fmt.Errorf("restore session %s: %w", id, ErrGone)
	}
	_, err, _ := l.restores.Do(string(id), func() (any, error) { return nil, l.restore(ctx, id) })
	return err
}

func (l *Log) restore(ctx context.Context, id ID) error {
	if n, err := l.db.Client.Exists(ctx, keysOf(id).state).Result(); err == nil && n == 1 {
		return nil // somebody was quicker, and the record knows the life that they gave it
	}
	// From here on the record takes nothing of a former life, so what it has now is all of it.
	life := newLife(id)
	known, noted := l.record.Live(ctx, life)
	if noted == nil && !known {
		return fmt.Errorf("restore session %s: %w", id, ErrGone)
	}
	saved, err := l.record.Saved(ctx, id)
	if err != nil {
		return err
	}
	// A record that takes nothing, as on a full disk, is read all the same. It finds out about the life when
	// it takes segments again (record/fork.go).
	saved.State.Life = life.Name
	_, err = l.putBack(ctx, id, Position{}, saved)
	return err
}

// Extend brings a log that stands at an earlier event of the same conversation, and is in the life that
// saved names, to where the record has it. It reports false, and changes nothing, if the log stands elsewhere.
func (l *Log) Extend(ctx context.Context, id ID, from Position, saved Saved) (bool, error) {
	if saved.State.Seq-from.Since > uint64(len(saved.Events)) {
		return false, nil
	}
	return l.putBack(ctx, id, from, saved)
}

func (l *Log) putBack(ctx context.Context, id ID, from Position, saved Saved) (bool, error) {
	// An accept that hung died with the desk, and that numbers its offers anew.
	saved.State.Void = 0
	fields, err := pairsOf(saved.State)
	if err != nil {
		return false, fmt.Errorf("restore session %s: %w", id, err)
	}
	fields = append(fields, "archived", saved.State.Seq)
	args := append([]any{l.now(), string(id), from.Since, from.Tail, saved.State.Life, len(fields) / 2}, fields...)
	for _, e := range saved.Events {
		if e.Seq <= from.Since {
			continue
		}
		if args, err = appendEntry(args, e); err != nil {
			return false, fmt.Errorf("restore session %s: %w", id, err)
		}
	}
	k := keysOf(id)
	n, err := l.write(ctx, restoreScript, []string{k.state, k.log, k.ids, k.timers, k.dirty}, args...).Int()
	if err != nil {
		return false, fmt.Errorf("restore session %s: %w", id, err)
	}
	return n == 1, nil
}

func appendEntry(args []any, e Event) ([]any, error) {
	body, err := json.Marshal(e.Body)
	if err != nil {
		return nil, err
	}
	arrived := ""
	if e.Kind == KindMove {
		arrived = strconv.FormatInt(e.Body.Arrived, 10)
	}
	d := Draft{Kind: e.Kind, Body: e.Body}
	return append(args, e.Seq, e.ID, e.Prev, e.At.UnixMilli(), string(e.Kind), string(e.From), string(body),
		e.By, textHash(d), arrived), nil
}
