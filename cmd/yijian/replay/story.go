package replay

import (
	"time"

	"yijian/session"
	"yijian/web/wire"
)

// story is what one visitor sent and was shown. The socket's frames are folded into it; check reads
// it afterwards.
type story struct {
	Session string
	Sent    []sent
	// Seen are all event frames in the order in which they came.
	Seen []seen
	// Held is what the visitor has on the screen: the events in the order of their seq.
	Held []wire.Event
	// Resets counts how often the server said to drop what is held.
	Resets int

	// Finished says that the visitor did all that was planned; Open that the socket was ready and
	// had time to catch up after the transcript was read.
	Finished, Open bool
	// Wanted says that the visitor asked for a person or was put in line for one.
	Wanted bool
	// Unresumed is why the server could not give the session back, if it could not.
	Unresumed string

	// owner is folded from the events alone: what welcome says of it runs ahead of those that are
	// still to come.
	owner session.Owner
	token string
	life  int
}

// sent is one message of the visitor.
type sent struct {
	line
	At time.Time
	// Seq is what the server acknowledged it as; 0 if it has not.
	Seq uint64
	// Refused is the code of an error after which it is not sent again.
	Refused wire.Code
}

// seen is one event frame as it came, on the Life-th connection.
type seen struct {
	Life int
	Seq  uint64
	ID   string
}

// welcome begins a life of the socket.
func (s *story) welcome(w wire.Welcome) {
	s.Session, s.token = w.Session, w.Token
	s.life++
	if w.Reset {
		s.Resets++
		s.Held, s.owner = nil, session.Bot
	}
}

// event takes in one event. Like a page it shows only what comes after all it has: an event that
// comes late or twice is seen but not held.
func (s *story) event(e wire.Event) {
	s.Seen = append(s.Seen, seen{Life: s.life, Seq: e.Seq, ID: e.ID})
	if e.Seq <= s.last().Seq {
		return
	}
	s.Held = append(s.Held, e)
	if e.Kind == string(session.KindMove) {
		s.owner = session.Owner(e.Owner)
	}
	if s.withPeople() {
		s.Wanted = true
	}
}

// withPeople reports whether the session is in line or with an agent.
func (s *story) withPeople() bool { return withPeople(s.owner) }

func withPeople(o session.Owner) bool { return o == session.Waiting || o == session.Human }

func (s *story) owned(o session.Owner) bool { return s.owner == o }

// last is the newest event held, or nothing: the position to resume from.
func (s *story) last() wire.Event {
	if len(s.Held) == 0 {
		return wire.Event{}
	}
	return s.Held[len(s.Held)-1]
}

// ack takes in that a message is stored.
func (s *story) ack(a wire.Ack) {
	if m := s.message(a.ID); m != nil {
		m.Seq = a.Seq
	}
}

func (s *story) message(id string) *sent {
	for i := range s.Sent {
		if s.Sent[i].ID == id {
			return &s.Sent[i]
		}
	}
	return nil
}

// botAnswered reports whether the bot has written after the message with this id.
func (s *story) botAnswered(id string) bool {
	asked := false
	for _, e := range s.Held {
		switch {
		case e.ID == id:
			asked = true
		case asked && isMessage(e, session.FromBot):
			return true
		}
	}
	return false
}

// agentAnswered reports whether an agent has answered the message with this id.
func (s *story) agentAnswered(id string) bool {
	for _, e := range s.Held {
		if isMessage(e, session.FromAgent) && answers(e) == id {
			return true
		}
	}
	return false
}

func (s *story) rated() bool {
	for _, e := range s.Held {
		if e.Kind == string(session.KindRating) {
			return true
		}
	}
	return false
}

func isMessage(e wire.Event, from session.Role) bool {
	return e.Kind == string(session.KindMessage) && e.From == string(from)
}
