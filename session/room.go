package session

import (
	"slices"
	"sync"

	"yijian/session/plant"
)

// room is one open session on one node: where its delivery stands and who listens. Events go to the
// listeners under the lock, because their order is the point; a listener only takes note.
type room struct {
	mu   sync.Mutex
	last uint64
	tail string
	subs []*Subscription
	// early holds events that arrived before the ones between last and them.
	early map[uint64]Event
}

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

// opened notes where a new subscriber's snapshot ends. It reports whether the room itself is behind
// that, which older subscribers then need read from the log.
func (r *room) opened(s *Subscription, at State) (behind bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.last = at.Seq
	if r.last < at.Seq {
		behind = len(r.subs) > 1
		if !behind {
			r.last, r.tail = at.Seq, at.Tail
			r.drainLocked()
		}
	}
	return behind
}

func (r *room) start(s *Subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.started = true
	for _, e := range s.early {
		s.takeLocked(e)
	}
	s.early = nil
}

// deliver takes the next event, or keeps an early one and reports the gap. What is older is dropped.
func (r *room) deliver(e Event) (gap bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e.Seq <= r.last {
		return false
	}
	if r.early == nil {
		r.early = map[uint64]Event{}
	}
	r.early[e.Seq] = e
	if plant.Inbox {
		r.last = e.Seq - 1
	}
	r.drainLocked()
	return len(r.early) > 0
}

func (r *room) drainLocked() {
	for {
		e, ok := r.early[r.last+1]
		if !ok {
			break
		}
		delete(r.early, e.Seq)
		r.last, r.tail = e.Seq, e.ID
		for _, s := range r.subs {
			s.takeLocked(e)
		}
	}
	for seq := range r.early {
		if seq <= r.last {
			delete(r.early, seq)
		}
	}
	if len(r.early) == 0 {
		r.early = nil
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

// missing returns the first seq the room lacks, if there is reason to think it lacks one.
func (r *room) missing(force bool) (from uint64, yes bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last + 1, force || len(r.early) > 0
}

func (r *room) position() (last uint64, tail string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last, r.tail
}

// takeLocked hands an event to the listener once, in order. The room's lock is held.
func (s *Subscription) takeLocked(e Event) {
	if !s.started {
		s.early = append(s.early, e)
		return
	}
	if e.Seq == s.last+1 || plant.Inbox && e.Seq > s.last {
		s.last = e.Seq
		s.listener.Deliver(s.id, e)
	}
}
