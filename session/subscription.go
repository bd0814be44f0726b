package session

import "yijian/session/plant"

// Subscription is one listener's hold on one session.
type Subscription struct {
	node     *Node
	room     *room
	id       ID
	listener Listener

	// Guarded by room.mu.
	started bool
	last    uint64
	tail    string
	early   []Event
	reset   *Opened // came before start
}

// Start lets events through, beginning with those that came since Subscribe.
func (s *Subscription) Start() { s.room.start(s) }

// Close ends the subscription. The session stays open for others.
func (s *Subscription) Close() {
	n := s.node
	n.mu.Lock()
	defer n.mu.Unlock()
	if s.room.remove(s) && n.rooms[s.id] == s.room {
		delete(n.rooms, s.id)
	}
}

// takeLocked hands an event to the listener once, in order. The room's lock is held.
func (s *Subscription) takeLocked(e Event) {
	if !s.started {
		s.early = append(s.early, e)
		return
	}
	if e.Seq == s.last+1 && e.Prev == s.tail || plant.Inbox && e.Seq > s.last {
		s.last, s.tail = e.Seq, e.ID
		s.listener.Deliver(s.id, e)
	}
}

// resetLocked hands over the window of another log, unless the listener has it already: it may have
// subscribed after the log had changed. The room's lock is held.
func (s *Subscription) resetLocked(now Opened) {
	if s.last == now.State.Seq && s.tail == now.State.Tail {
		return
	}
	s.last, s.tail = now.State.Seq, now.State.Tail
	if !s.started {
		s.reset, s.early = &now, nil
		return
	}
	s.listener.Reset(s.id, now)
}
