package record

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"yijian/session"
)

// keeper joins those who wait for the record into groups, each one transaction: while one is written
// the next gathers. It is what lets an acknowledgement wait for the disk without costing a write of
// its own.
type keeper struct {
	turn chan struct{}

	mu   sync.Mutex
	next *kept // still open
}

// kept is a group of sessions that are archived together.
type kept struct {
	ids  map[session.ID]bool
	done chan struct{}
	err  error
}

func newKeeper() keeper { return keeper{turn: make(chan struct{}, 1)} }

// join adds a session to the open group, and reports whether the caller is to lead it.
func (k *keeper) join(id session.ID) (group *kept, leads bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.next == nil {
		k.next, leads = &kept{ids: map[session.ID]bool{}, done: make(chan struct{})}, true
	}
	k.next.ids[id] = true
	return k.next, leads
}

// depart closes a group to others.
func (k *keeper) depart() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next = nil
}

// Keep returns when the record has a session up to an event that its log has: what an acknowledgement
// waits for where Redis dies with the process (see session.Log.Keeping). It is for a Redis that is no
// cluster.
func (a *Archiver) Keep(ctx context.Context, id session.ID, _ uint64) error {
	group, leads := a.keeper.join(id)
	if leads {
		a.keeper.turn <- struct{}{} // bounded: each turn is
		a.keeper.depart()
		// The others have contexts of their own.
		group.err = a.keep(context.WithoutCancel(ctx), group)
		<-a.keeper.turn
		close(group.done)
		return group.err
	}
	select {
	case <-group.done:
		return group.err
	case <-ctx.Done():
		return fmt.Errorf("waiting for the record: %w", ctx.Err())
	}
}

// keepTries is how often a log is compared with its archive for those who wait for the record.
const keepTries = 3

var errApart = errors.New("log and archive do not follow each other")

// keep archives all that the logs of a group hold, which includes the events that are waited for:
// those were stored before their group departed.
func (a *Archiver) keep(ctx context.Context, group *kept) error {
	ids := make([]session.ID, 0, len(group.ids))
	for id := range group.ids {
		ids = append(ids, id)
	}
	for tries := 0; len(ids) > 0; {
		var b batch
		if err := a.read(ctx, ids, &b); err != nil {
			return err
		}
		ids = ids[:0]
		for _, s := range b.segments {
			if len(s.Events) == readEvents {
				ids = append(ids, s.Session) // there may be more
			}
		}
		b.compare = nil // whoever has nothing new was taken by the group before
		apart, err := a.write(ctx, &b)
		if err != nil {
			return err
		}
		if len(apart) > 0 {
			if tries++; tries == keepTries {
				return errApart
			}
			ids = append(ids, apart...)
		}
	}
	return nil
}
