package session

import (
	"context"
	"errors"
	"time"

	"yijian/session/rdb"
)

const (
	// gapPatience is how long an early event waits for the ones before it to arrive by themselves.
	gapPatience = 30 * time.Millisecond
	// compareTimeout bounds one reading of what is missing.
	compareTimeout = 5 * time.Second
	// comparesAtOnce keeps many rooms with one trouble from taking all connections.
	comparesAtOnce = 32
)

// ctx is what work that nobody waits for runs under: gaps are filled by timers, which outlive the
// call that noticed the gap and end with their own timeout.
func (n *Node) ctx() context.Context { return context.Background() } //nolint:forbidigo // see above

// follow does what a verdict asks for.
func (n *Node) follow(id ID, r *room, v verdict) {
	switch v {
	case gap:
		time.AfterFunc(gapPatience, func() {
			if r.waits() {
				n.compare(id, r)
			}
		})
	case doubt:
		n.compareSoon(id, r)
	}
}

// compareSoon compares a room with its log, off the caller's path.
func (n *Node) compareSoon(id ID, r *room) { time.AfterFunc(0, func() { n.compare(id, r) }) }

// compare brings a room to where its log stands: it reads what is missing or, if the log is another
// one than was delivered, resets the room. One room is compared by one at a time.
func (n *Node) compare(id ID, r *room) {
	if n.room(id) != r || !r.begin() {
		return
	}
	n.comparing <- struct{}{}
	defer func() { <-n.comparing }()
	for {
		ctx, cancel := context.WithTimeout(n.ctx(), compareTimeout)
		err := n.compareOnce(ctx, id, r)
		cancel()
		switch {
		case errors.Is(err, rdb.ErrUnconfirmed), errors.Is(err, rdb.ErrNoReplica):
			time.AfterFunc(secureEvery, func() { n.compare(id, r) })
		case err != nil:
			n.log.Warn().Err(err).Str("session", string(id)).Msg("session not compared with its log")
			n.sweep(id)
		}
		if !r.end() {
			return
		}
	}
}

func (n *Node) compareOnce(ctx context.Context, id ID, r *room) error {
	from, known := r.position()
	if !known {
		return nil // being opened right now
	}
	now, confirmed, err := n.openSafely(ctx, id, visit{n.id, leaseFor, from})
	if errors.Is(err, ErrGone) {
		r.lost(id)
		return nil
	}
	if err != nil {
		return err
	}
	if now.Reset || len(now.Events) > 0 && now.Events[0].Seq != from.Since+1 {
		now.Reset = true
		if !r.reset(from, now) {
			n.compareSoon(id, r)
		}
		return nil
	}
	if !confirmed && len(now.Events) > 0 {
		// They are told of once a replica has them: one that was cut off may yet be promoted without. A
		// reset is told at once all the same, because what everybody holds is void already.
		return rdb.ErrNoReplica
	}
	for _, e := range now.Events {
		if r.deliver(e) == doubt {
			n.compareSoon(id, r)
		}
	}
	return nil
}
