package queue

import (
	"time"

	"yijian/agents"
	"yijian/session"
	"yijian/session/plant"
)

// State says where a ticket is between the line and an agent.
type State string

// The states of a ticket; doc.go draws how they follow each other.
const (
	InLine    State = "waiting"
	Offered   State = "offered"
	Accepting State = "accepting"
	Held      State = "held"
	Gone      State = "gone"
)

// Aside says why a ticket waits beside the line. It keeps its rank and goes back to it.
type Aside string

// The reasons to wait beside the line; none is in it.
const (
	AsideAway  Aside = "away"  // no page of the visitor is there
	AsideLater Aside = "later" // the visitor is to be called later
)

// Ticket is a session's place in line.
type Ticket struct {
	Session session.ID
	// Epoch is the session's at the move that the ticket was last settled to.
	Epoch uint64
	// Since is when the desk learned of that move, on the desk's clock.
	Since   time.Time
	State   State
	Queue   string
	Lang    string
	Reason  string
	Summary string
	// Preferred is the agent who knows the visitor: Match waits a little for that one.
	Preferred string
	// Weight is the room that the ticket takes of a seat's capacity.
	Weight int
	// Arrived is the time of the handoff move. It never changes while the visitor waits
	// (invariant 6).
	Arrived time.Time
	// HeadStart is by how much the ticket is treated as having arrived earlier; it only rises.
	HeadStart time.Duration
	// Aside says why the ticket is neither offered nor counted, and Seen when a page of the visitor was
	// last there.
	Aside Aside
	Seen  time.Time
	// Callback says that the visitor is to be called, which needs no page, and Missed that nobody was
	// there for a day.
	Callback bool
	Missed   bool
	// NotBefore is the earliest time of a call; zero is as soon as possible.
	NotBefore time.Time
	// Agent has the ticket, from the offer on; Offer, Number and Deadline describe the offer.
	Agent    string
	Offer    string
	Number   uint64
	Deadline time.Time
	// Excluded are the seats that had the ticket in this cycle and gave it back, last at ExcludedAt.
	Excluded   []string
	ExcludedAt time.Time
	Version    uint64
	// Left is who answered when the ticket was removed: the bot, or nobody.
	Left session.Owner
}

// Owner is who answers the session, as the desk was last told.
func (t *Ticket) Owner() session.Owner {
	switch t.State {
	case Held:
		return session.Human
	case InLine, Offered, Accepting:
		return session.Waiting
	}
	if t.Left == session.Bot {
		return session.Bot
	}
	return session.Closed
}

// Score is what the line is ordered by: the arrival minus the head start, in µs since 1970.
func (t *Ticket) Score() int64 { return t.Arrived.UnixMicro() - t.HeadStart.Microseconds() }

// room is how much of a seat the ticket takes. One that is heavier than the whole seat takes all of
// it: it must not wait for ever.
func (t *Ticket) room(s *Seat) int { return min(max(1, t.Weight), max(1, s.Capacity)) }

// Status says what an agent is ready for.
type Status = agents.Status

// The statuses of a seat. Only an available seat is offered tickets.
const (
	Available = agents.Available
	Busy      = agents.Busy
	Away      = agents.Away
	WrapUp    = agents.WrapUp
	Offline   = agents.Offline
)

var statuses = []Status{Available, Busy, Away, WrapUp, Offline}

// Seat is a connected agent at the desk of one site.
type Seat struct {
	Agent string
	// Name is the agent's as visitors read it.
	Name string
	// Status is the agent's choice, or what missed offers or notes to write made of it; Shown says
	// what people see.
	Status Status
	// Capacity is how much the seat takes at once, in weights of tickets. Load is what it has: offers,
	// accepts on their way, and conversations.
	Capacity int
	Load     int
	// Langs and Skills are the languages spoken and the queues served; empty means all.
	Langs  []string
	Skills []Skill
	// Lease ends unless some node renews it.
	Lease time.Time
	// IdleSince is when the seat last became available or finished a conversation.
	IdleSince time.Time
	// NotesLeft is how long a seat that wraps up has left; only its own agent is told.
	NotesLeft time.Duration
	Version   uint64
}

// OnDuty reports whether the seat may be offered tickets if it has room.
func (s *Seat) OnDuty(now time.Time) bool { return s.Status == Available && s.Lease.After(now) }

// Free reports how many more tickets the seat can take.
func (s *Seat) Free() int { return max(0, s.Capacity+plant.Capacity-s.Load) }

// Shown is the status that people see: a full seat is busy, and one without a lease is offline.
func (s *Seat) Shown(now time.Time) Status {
	switch {
	case !s.Lease.After(now):
		return Offline
	case s.Status == Available && s.Free() == 0:
		return Busy
	}
	return s.Status
}

// Skill is a queue that an agent serves, and how well.
type Skill = agents.Skill

// Level is how well the seat serves a queue: 0 is not at all. A seat without skills serves all of
// them, at the lowest level.
func (s *Seat) Level(queue string) int {
	if len(s.Skills) == 0 {
		return agents.MinLevel
	}
	for _, skill := range s.Skills {
		if skill.Queue == queue {
			return skill.Level
		}
	}
	return 0
}

// Serves reports whether the seat takes tickets of the queue.
func (s *Seat) Serves(queue string) bool { return s.Level(queue) > 0 }

// Offer is a ticket held for one seat until a deadline.
type Offer struct {
	// ID is the token that accepts or declines it; it names the session too, see SessionOf.
	ID      string
	Session session.ID
	Agent   string
	// Number fences the accept in the session's log: it grows with every offer of the ticket.
	Number uint64
	// Waited and Left are durations on the desk's clock, so that no other clock matters.
	Waited  time.Duration
	Left    time.Duration
	Queue   string
	Lang    string
	Reason  string
	Summary string
	// Auto says that the ticket is to be taken for the agent, without asking.
	Auto bool
	// Name is the agent's as visitors read it.
	Name string
}

func (t *Ticket) offer(now time.Time) Offer {
	return Offer{
		ID: t.Offer, Session: t.Session, Agent: t.Agent, Number: t.Number,
		Waited: max(0, now.Sub(t.Arrived)), Left: max(0, t.Deadline.Sub(now)),
		Queue: t.Queue, Lang: t.Lang, Reason: t.Reason, Summary: t.Summary,
	}
}

// Line is the state of one queue.
type Line struct {
	Queue   string
	Waiting int
	// Longest is the wait of the first in line.
	Longest time.Duration
}
