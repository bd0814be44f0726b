package session

import (
	"hash/fnv"
	"slices"
	"sync"

	"yijian/session/plant"
)

// room is one open session on one node: where its delivery stands and who listens. Events go to the
// listeners under the lock, because their order is the point; a listener only takes note.
//
//	unknown ──opened──▶ known ──event in order──▶ known
//	                      │ an event too far on: kept early, and read for after a while
//	                      └ an event that contradicts what was delivered: compared with the log at
//	                        once, and reset if the log is another one
type room struct {
	mu sync.Mutex
	// known is false until the first subscriber has read where the log stands.
	known bool
	last  uint64
	tail  string
	// marks are the hashes of the ids of the last events by seq, 0 for one that was not seen: they
	// tell a late hint from an event of another log under a number that was used before.
	marks [markCount]uint32
	subs  []*Subscription
	// early holds events that arrived before the ones between last and them.
	early map[uint64]Event

	// comparing is true while the log is read for this room, and again if it has to be once more.
	comparing, again bool
}

const markCount = 16

// verdict is what an event or a position means for a room.
type verdict int

const (
	inOrder verdict = iota
	gap             // what comes before it may still be on its way
	doubt           // the log has to be asked now
)

func (r *room) add(s *Subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.subs = append(r.subs, s)
}

// remove reports whether nobody is left.
func (r *room) remove(s *Subscription) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.subs = slices.DeleteFunc(r.subs, func(x *Subscription) bool { return x == s })
	return len(r.subs) == 0
}

// opened notes where a new subscriber's snapshot ends. If the room does not stand there for good
// reason, older subscribers need what the log has.
func (r *room) opened(s *Subscription, at State) verdict {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.last, s.tail = at.Seq, at.Tail
	if !r.known {
		r.known = true
		r.moveLocked(at.Seq, at.Tail)
		return r.drainLocked()
	}
	if at.Seq > r.last || at.Seq > 0 && r.contradictsLocked(at.Seq, at.Tail) {
		return doubt
	}
	return inOrder
}

func (r *room) start(s *Subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.started = true
	if s.reset != nil {
		s.listener.Reset(s.id, *s.reset)
	}
	for _, e := range s.early {
		s.takeLocked(e)
	}
	s.early, s.reset = nil, nil
}

// deliver takes the next event, or keeps an early one. What is older is dropped, if it is what was
// delivered then.
func (r *room) deliver(e Event) verdict {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known && e.Seq <= r.last {
		if r.contradictsLocked(e.Seq, e.ID) {
			return doubt
		}
		return inOrder
	}
	if r.early == nil {
		r.early = map[uint64]Event{}
	}
	r.early[e.Seq] = e
	if plant.Inbox {
		r.last, r.tail = e.Seq-1, e.Prev
	}
	if !r.known {
		return inOrder // whoever opens the room will drain it
	}
	return r.drainLocked()
}

// drainLocked delivers what is next, as long as each event follows the one before it.
func (r *room) drainLocked() verdict {
	for {
		e, ok := r.early[r.last+1]
		if !ok {
			break
		}
		delete(r.early, e.Seq)
		if e.Prev != r.tail {
			return doubt
		}
		r.moveLocked(e.Seq, e.ID)
		// Who came last hears first. As a rule the visitor, who sees the own words already, was there
		// before the agent, who waits for them.
		for _, s := range slices.Backward(r.subs) {
			s.takeLocked(e)
		}
	}
	for seq := range r.early {
		if seq <= r.last {
			delete(r.early, seq)
		}
	}
	if len(r.early) > 0 {
		return gap
	}
	r.early = nil
	return inOrder
}

func (r *room) moveLocked(seq uint64, tail string) {
	r.last, r.tail = seq, tail
	r.marks[seq%markCount] = markOf(tail)
}

// contradictsLocked reports whether the event with a seq up to last is not known to be the one that
// was delivered.
func (r *room) contradictsLocked(seq uint64, id string) bool {
	if seq == r.last {
		return id != r.tail
	}
	return r.last-seq >= markCount || r.marks[seq%markCount] != markOf(id)
}

func markOf(id string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return h.Sum32() | 1
}

// reset makes the room stand where another log stands and hands that log's window to everybody who
// is not there yet. It does nothing and reports false if the room has moved since it stood at from.
func (r *room) reset(from Position, now Opened) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last != from.Since || r.tail != from.Tail {
		return false
	}
	r.marks, r.early = [markCount]uint32{}, nil
	r.moveLocked(now.State.Seq, now.State.Tail)
	for _, s := range r.subs {
		s.resetLocked(now)
	}
	return true
}

// lost tells everybody that the session is not there any more.
func (r *room) lost(id ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.subs {
		if s.started {
			s.listener.Lost(id)
		}
	}
}

func (r *room) signal(id ID, sig Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.subs {
		if s.started {
			s.listener.Signal(id, sig)
		}
	}
}

// waits reports whether an early event still waits for the ones before it.
func (r *room) waits() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.early) > 0
}

// position is where the room stands, if it stands anywhere yet.
func (r *room) position() (at Position, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return Position{Since: r.last, Tail: r.tail}, r.known
}

// begin reports whether the caller is to compare the room with the log; if somebody is at it, they
// do so once more.
func (r *room) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.comparing {
		r.again = true
		return false
	}
	r.comparing = true
	return true
}

// end reports whether the caller has to compare once more.
func (r *room) end() (again bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	again, r.again = r.again, false
	r.comparing = again
	return again
}
