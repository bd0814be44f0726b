package agents

import (
	"errors"
	"fmt"
)

// Status says whether an agent is there for visitors.
type Status string

// The statuses; the package comment draws how they follow each other.
const (
	Available Status = "available"
	Busy      Status = "busy"
	Away      Status = "away"
	WrapUp    Status = "wrap_up"
	Offline   Status = "offline"
)

// MissedOffers is how many offers in a row an agent may leave unanswered before being set away.
const MissedOffers = 2

// Presence is one agent's state at a desk. The zero value is an agent who never came.
type Presence struct {
	Status Status
	// Load and Capacity are the sessions held and the most that may be held.
	Load, Capacity int
	// Missed counts the offers missed in a row.
	Missed int
	// ChoseBusy tells a busy that the agent chose, which lasts, from one that follows from the load.
	ChoseBusy bool
	// Resume is the status a lost connection returns to; empty unless the agent is within the grace.
	Resume Status
}

// EventKind says what happened to an agent.
type EventKind string

// The events. A connection is lost by accident and may return; who leaves on purpose sets offline.
const (
	SignedOn           EventKind = "signed_on"
	StatusSet          EventKind = "status_set"
	Assigned           EventKind = "assigned"
	Released           EventKind = "released"
	OfferMissed        EventKind = "offer_missed"
	OfferAnswered      EventKind = "offer_answered"
	WrapUpDone         EventKind = "wrap_up_done"
	ConnectionLost     EventKind = "connection_lost"
	ConnectionReturned EventKind = "connection_returned"
	GraceOver          EventKind = "grace_over"
)

// Event is one thing that happened to an agent.
type Event struct {
	Kind EventKind
	// Status is what StatusSet asks for.
	Status Status
	// Load and Capacity come with SignedOn, Assigned and Released. They are what the desk counted, not
	// a step up or down, so an event that is told twice does no harm.
	Load, Capacity int
	// WrapUp comes with Released: the queue gives time to finish notes.
	WrapUp bool
}

// ErrBadStatus says that an agent asked for a status that cannot be chosen, or not now.
var ErrBadStatus = errors.New("this status cannot be set now")

// Next returns the state after an event. Only a choice of the agent can be refused, with
// ErrBadStatus and the state unchanged; every other event is a fact and is taken in.
func Next(p Presence, e Event) (Presence, error) {
	if p.Status == "" {
		p.Status = Offline
	}
	switch e.Kind {
	case StatusSet:
		return choose(p, e.Status)
	case SignedOn:
		return signOn(p, e), nil
	case Assigned:
		p.Load, p.Capacity = e.Load, e.Capacity
	case Released:
		p = release(p, e)
	case OfferMissed:
		p = miss(p)
	case OfferAnswered:
		p.Missed = 0
	case WrapUpDone:
		if p.Status == WrapUp {
			p.Status = Available
		}
	case ConnectionLost, ConnectionReturned, GraceOver:
		p = connection(p, e.Kind)
	}
	return byLoad(p), nil
}

// byLoad tells available and busy apart, unless the agent chose to be busy.
func byLoad(p Presence) Presence {
	if p.Status != Available && p.Status != Busy || p.ChoseBusy {
		return p
	}
	p.Status = Available
	if p.Load >= p.Capacity {
		p.Status = Busy
	}
	return p
}

// signOn makes a newcomer available. A further tab of somebody who is here changes nothing else than
// the numbers, and somebody within the grace returns to what they were.
func signOn(p Presence, e Event) Presence {
	p.Load, p.Capacity = e.Load, e.Capacity
	switch {
	case p.Status != Offline:
	case p.Resume != "":
		p.Status, p.Resume = p.Resume, ""
	default:
		p.Status, p.Missed, p.ChoseBusy = Available, 0, false
	}
	return byLoad(p)
}

func choose(p Presence, want Status) (Presence, error) {
	switch want {
	case Available, Busy, Away, WrapUp:
		if p.Status == Offline {
			return p, fmt.Errorf("%w: you are offline; connect first", ErrBadStatus)
		}
	case Offline:
		p.Resume = ""
	default:
		return p, fmt.Errorf("%w: choose available, busy, away, wrap_up or offline", ErrBadStatus)
	}
	p.Status, p.Missed, p.ChoseBusy = want, 0, want == Busy
	return byLoad(p), nil
}

// release takes in the end of a session. Who is away or offline stays so; the others get their time
// to wrap up where the queue gives any.
func release(p Presence, e Event) Presence {
	p.Load, p.Capacity = e.Load, e.Capacity
	if e.WrapUp && !p.ChoseBusy && (p.Status == Available || p.Status == Busy) {
		p.Status = WrapUp
	}
	return p
}

// miss counts only for who is offered anything at all.
func miss(p Presence) Presence {
	if p.Status == Away || p.Status == Offline || p.ChoseBusy {
		return p
	}
	p.Missed++
	if p.Missed >= MissedOffers {
		p.Status, p.Missed = Away, 0
	}
	return p
}

func connection(p Presence, kind EventKind) Presence {
	switch {
	case kind == ConnectionLost && p.Status != Offline:
		p.Status, p.Resume = Offline, p.Status
	case kind == ConnectionReturned && p.Resume != "":
		p.Status, p.Resume = p.Resume, ""
	case kind == GraceOver:
		p.Resume = ""
	}
	return p
}
