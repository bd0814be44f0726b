package check

import (
	"fmt"
	"slices"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// movesKeepTheArrival is invariant 6 in the log: a handoff arrives when it happens, and from then on
// the arrival is carried through accepts, releases and lost agents. A repair brings its own, which the
// log has lost.
func movesKeepTheArrival(t *talk, found report) {
	for i, e := range t.log.Events {
		if e.Kind != session.KindMove || e.Epoch > 0 || (e.To != session.Waiting && e.To != session.Human) {
			continue
		}
		s := t.before[i]
		handoff := s.Owner == session.Bot || s.Owner == session.Closed
		switch {
		case handoff && e.Arrived/1000 != e.At:
			found(fmt.Sprintf("event %d hands off at %d ms, with the arrival %d µs.", e.Seq, e.At, e.Arrived), e)
		case !handoff && e.Arrived != s.Arrived:
			found(fmt.Sprintf("event %d changes the arrival from %d to %d.", e.Seq, s.Arrived, e.Arrived), e)
		}
	}
}

// ticketsKeepTheArrival is invariant 6 at the desk: whenever a ticket was looked at, it had the
// arrival that the log gives the session at that epoch.
func ticketsKeepTheArrival(v *view, found deskReport) {
	told := map[session.ID]bool{}
	for _, s := range v.looks {
		for _, ticket := range s.Tickets {
			t := v.byID[ticket.Session]
			if t == nil || told[t.id] {
				continue
			}
			if want, ok := t.arrivedAt(ticket.Epoch); ok && want != ticket.Arrived && !v.keptOverFailover(ticket.Arrived, want) {
				found(t.id, fmt.Sprintf("the desk has the arrival %d, the log %d.", ticket.Arrived, want), ticket)
				told[t.id] = true
			}
		}
	}
}

// arrivedAt is the arrival while a session had an epoch, if the log knows that epoch: one that a
// failover took back it does not.
func (t *talk) arrivedAt(epoch int64) (int64, bool) {
	for _, s := range slices.Backward(t.before) {
		if s.Epoch == epoch {
			return s.Arrived, s.Arrived != 0
		}
	}
	return 0, false
}

// keptOverFailover reports whether a desk may have an earlier arrival than the log. A wish for a person
// waits for no replica (invariant 4), so a failover may take the handoff; the wish is then stored again,
// and its ticket rightly keeps the place of the first time.
func (v *view) keptOverFailover(desk, log int64) bool {
	start := v.Start.UnixMicro()
	return desk < log && !v.Start.IsZero() && slices.ContainsFunc(v.Faults, func(f history.Fault) bool {
		return lost(f) && start+f.At < log && start+f.At > desk-5_000_000
	})
}
