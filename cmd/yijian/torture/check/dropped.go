package check

import (
	"fmt"
	"slices"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// nobodyIsDropped is invariant 5 at the end of a run: who waits has a ticket, who has a ticket waits,
// and who talks to an agent is held by that agent's seat and no other.
func nobodyIsDropped(v *view, found deskReport) {
	if len(v.Final) == 0 {
		return
	}
	tickets := map[session.ID]history.Ticket{}
	for _, s := range v.Final {
		for _, t := range s.Tickets {
			tickets[t.Session] = t
		}
	}
	for _, t := range v.talks {
		ticket, has := tickets[t.id]
		v.judgeTicket(t, ticket, has, found)
	}
}

func (v *view) judgeTicket(t *talk, ticket history.Ticket, has bool, found deskReport) {
	end := t.end()
	held := ticket.State == "held"
	switch {
	case end.Owner == session.Waiting && !has:
		found(t.id, "the session waits, and the desk has no ticket for it.")
	case end.Owner == session.Waiting && held:
		found(t.id, fmt.Sprintf("the session waits, and the desk believes that %s has it.", ticket.Agent), ticket)
	case end.Owner == session.Human && (!has || !held || ticket.Agent != end.Agent):
		found(t.id, fmt.Sprintf("%s answers the session, and the desk does not know.", end.Agent), ticket)
	case has && end.Owner != session.Waiting && end.Owner != session.Human:
		found(t.id, fmt.Sprintf("the desk has a ticket, and the owner is %s.", end.Owner), ticket)
	}
}

// ticketsLeaveForAReason is invariant 5 along the way: a ticket that was there and is gone left by a
// move of its session, which its log must have; but for the ticket of a wish that a failover took back.
func ticketsLeaveForAReason(v *view, found deskReport) {
	before := map[string]history.DeskSample{}
	for _, s := range v.looks {
		last := before[s.Site]
		before[s.Site] = s
		here := map[session.ID]bool{}
		for _, t := range s.Tickets {
			here[t.Session] = true
		}
		if v.deskForgot(last.At, s.At) {
			continue // it is told of its tickets again; the end shows whether of all
		}
		for _, t := range last.Tickets {
			talk := v.byID[t.Session]
			if !here[t.Session] && talk != nil && talk.end().Epoch <= t.Epoch && !talk.wishWithoutLog(t) && !talk.moveForgotten(t, last.At, s.At) {
				found(t.Session, fmt.Sprintf("its ticket left the desk of %s without a move.", s.Site), t)
			}
		}
	}
}

// deskForgot reports whether Redis lost its memory between two looks at a desk. A look takes a while.
func (v *view) deskForgot(from, to int64) bool {
	return slices.ContainsFunc(v.Faults, func(f history.Fault) bool {
		return f.What == history.RedisForgot && f.At > from-aMoment && f.At < to+lookWithin
	})
}

// lookWithin is how long a look at a desk may take, in µs.
const lookWithin = 5_000_000
