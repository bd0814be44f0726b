package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
)

// Position is where a reader of a log stands: the last seq it has, and the id of that event.
type Position struct {
	Since uint64
	Tail  string
}

// Opened is a session as it stands when a node opens it.
type Opened struct {
	State State
	// Reset says that the reader's position is not in this log: Events are then the last ones, and
	// what the reader holds is not to be trusted.
	Reset  bool
	Events []Event
}

// Open reads the state and the events after a position in one step and, if node is not empty, leases
// the node a place among those told of new events.
//
// What it reads may be younger than the promise of a safe log: a reader who comes is not held up.
func (l *Log) Open(ctx context.Context, id ID, node string, lease time.Duration, at Position) (Opened, error) {
	return l.open(ctx, l.crowd.Do, id, visit{node, lease, at})
}

// openSafely is Open for readers who are told of nothing that could be lost again. Without a replica it
// reads what there is, and confirmed is false.
func (l *Log) openSafely(ctx context.Context, id ID, v visit) (now Opened, confirmed bool, err error) {
	now, err = l.open(ctx, l.write, id, v)
	if errors.Is(err, rdb.ErrNoReplica) {
		now, err = l.open(ctx, l.writeFast, id, v)
		return now, false, err
	}
	return now, true, err
}

// visit is who opens a session, for how long, and from where on.
type visit struct {
	node  string
	lease time.Duration
	at    Position
}

type runner func(ctx context.Context, script rdb.Script, keys []string, args ...any) *redis.Cmd

func (l *Log) open(ctx context.Context, do runner, id ID, v visit) (Opened, error) {
	var out Opened
	err := l.again(ctx, id, func() (err error) {
		out, err = l.openOnce(ctx, do, id, v)
		return err
	})
	return out, err
}

func (l *Log) openOnce(ctx context.Context, do runner, id ID, v visit) (Opened, error) {
	k := keysOf(id)
	res, err := do(ctx, openScript, []string{k.state, k.log, k.nodes},
		l.now(), v.node, v.lease.Milliseconds(), v.at.Since, v.at.Tail, Window).Slice()
	if err != nil {
		return Opened{}, fmt.Errorf("open session %s: %w", id, err)
	}
	if res[0] == "gone" {
		return Opened{}, fmt.Errorf("open session %s: %w", id, ErrGone)
	}
	out := Opened{State: stateOf(pairs(res[2].([]any))), Reset: res[1].(int64) == 1}
	out.Events, err = eventsOf(entriesOf(res[3].([]any)))
	if cut := overWeight(out.Events); cut > 0 {
		out.Events = out.Events[cut:]
		out.Reset = out.Reset || v.at.Since > 0 // what was cut off would be a gap
	}
	return out, err
}

// windowBytes bounds the text in a window, well within what a socket may have waiting: a visitor who
// cannot take the window would never get past hello. What is older is paged.
const windowBytes = 192 << 10

// overWeight says how many events to leave off at the front.
func overWeight(events []Event) int {
	left := windowBytes
	for i, e := range slices.Backward(events) {
		if left -= len(e.Body.Text) + len(e.Body.Decision); left < 0 && i+1 < len(events) {
			return i + 1
		}
	}
	return 0
}
