package session

import (
	"context"
	"fmt"
	"time"
)

// Quiet is what the end of a quiet conversation is decided from, besides the events.
type Quiet struct {
	// ActiveAt is the last activity that is no event: typing, an extension, a page that came back.
	ActiveAt time.Time
	// WarnedAt is when the end was announced, SeenAt when a page first showed that.
	WarnedAt time.Time
	SeenAt   time.Time
}

// Since returns when the conversation became quiet: its last event or activity.
func (s State) Since() time.Time {
	if s.Quiet.ActiveAt.After(s.At) {
		return s.Quiet.ActiveAt
	}
	return s.At
}

// Look reads the state together with the clock that its times are of, so that no other clock matters.
func (l *Log) Look(ctx context.Context, id ID) (State, time.Time, error) {
	var s State
	var now time.Time
	err := l.again(ctx, id, func() (err error) {
		s, now, err = l.look(ctx, id)
		return err
	})
	return s, now, err
}

func (l *Log) look(ctx context.Context, id ID) (State, time.Time, error) {
	res, err := lookScript.Do(ctx, l.db.Client, []string{keysOf(id).state}, l.now()).Slice()
	if err != nil {
		return State{}, time.Time{}, fmt.Errorf("look at session %s: %w", id, err)
	}
	m := pairs(res[1].([]any))
	if len(m) == 0 {
		return State{}, time.Time{}, fmt.Errorf("look at session %s: %w", id, ErrGone)
	}
	return stateOf(m), time.UnixMilli(res[0].(int64)).UTC(), nil
}

// Active notes activity that is no event. It reports whether that took a warning back.
func (l *Log) Active(ctx context.Context, id ID) (bool, error) { return l.quiet(ctx, id, "active", 0) }

// Warn notes that the end of a conversation that is quiet since then is announced. It reports false
// if it is quiet no more.
func (l *Log) Warn(ctx context.Context, id ID, since time.Time) (bool, error) {
	return l.quiet(ctx, id, "warn", since.UnixMilli())
}

// Seen notes that a page showed the warning. It reports whether that is the first to do so.
func (l *Log) Seen(ctx context.Context, id ID) (bool, error) { return l.quiet(ctx, id, "seen", 0) }

func (l *Log) quiet(ctx context.Context, id ID, what string, since int64) (bool, error) {
	n, err := quietScript.Do(ctx, l.db.Client, []string{keysOf(id).state}, l.now(), what, since).Int()
	if err != nil {
		return false, fmt.Errorf("noting %s of session %s: %w", what, id, err)
	}
	return n == 1, nil
}

// Eviction says whether a session's keys were removed from Redis, or why not.
type Eviction string

// The answers of Evict.
const (
	Evicted    Eviction = "evicted"
	Gone       Eviction = "gone"       // it is not in Redis
	StillOpen  Eviction = "open"       // it is not closed
	StillHeld  Eviction = "held"       // some node has it open
	TooRecent  Eviction = "recent"     // something happened a short while ago
	Unarchived Eviction = "unarchived" // the record does not have all of it
)

// Evict removes everything Redis keeps of a session, with its timers of the given names, if it is
// closed, all archived, open nowhere, and nothing happened for a while. In any other case it removes
// nothing and says why.
func (l *Log) Evict(ctx context.Context, id ID, after time.Duration, timers ...string) (Eviction, error) {
	k := keysOf(id)
	args := []any{l.now(), string(id), after.Milliseconds()}
	for _, t := range timers {
		args = append(args, t)
	}
	out, err := evictScript.Do(ctx, l.db.Client, []string{k.state, k.log, k.ids, k.nodes, k.timers, k.tries, k.dirty}, args...).Text()
	if err != nil {
		return "", fmt.Errorf("evict session %s: %w", id, err)
	}
	return Eviction(out), nil
}
