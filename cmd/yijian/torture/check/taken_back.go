package check

import (
	"slices"
	"strings"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// Two things are told even by a safe node before a replica has them: a wish for a person, because nobody
// who asks for one is held up (invariant 4), and what is there when a session is opened, because whoever
// comes is not held up either. So a failover may take them back. What then holds is the second half of
// invariant 1, never silently: whoever was told of it is told by reset that it is void. Acknowledgements
// have no part in this.

// takenBack reports whether an event is one of these, is not in the log, and came to a client that was
// told by reset since. Opened is where the log stood when it was opened for the client's connection.
func (p *party) takenBack(t *talk, e history.Entry, opened uint64) bool {
	stored, ok := t.at[e.Seq]
	gone := !ok || !known(stored, e.ID)
	return gone && (isWish(e) || e.Seq <= opened) && t.Failovers()+t.Forgets() > 0 && p.toldAfter(e.At)
}

// isWish reports whether an event came of the visitor's button, or of a visit that began with it.
func isWish(e history.Entry) bool {
	button := e.Kind == session.KindMove && e.From == session.FromVisitor && e.Owner == session.Waiting && e.Reason != "reopened"
	another := e.Kind == session.KindNotice && strings.HasPrefix(e.ID, "s:another:")
	return button || another
}

// wishWithoutLog reports whether a ticket is of a handoff that a failover took back: nothing in the log
// arrived when it did, a failover came at about that time or Redis forgot what the record did not have, and a
// client was told by reset since.
func (t *talk) wishWithoutLog(ticket history.Ticket) bool {
	if t.Start.IsZero() || slices.ContainsFunc(t.before, func(s session.State) bool { return s.Arrived == ticket.Arrived }) {
		return false
	}
	arrived := ticket.Arrived - t.Start.UnixMicro()
	failed := slices.ContainsFunc(t.Faults, func(f history.Fault) bool {
		if f.What == history.RedisForgot && f.At > arrived && !t.archivedBy(f.At, ticket.Epoch) {
			return true // however late the archiver was
		}
		return lost(f) && f.At > arrived-longestPause && f.At < arrived+aMoment
	})
	return failed && slices.ContainsFunc(t.parties, func(p *party) bool { return p.toldAfter(arrived) })
}

// archivedBy reports whether the record had a session up to an epoch when Redis forgot.
func (t *talk) archivedBy(at, epoch int64) bool {
	var had int64
	for _, a := range t.archives[t.id] {
		if a.At <= at {
			had = a.Epoch
		}
	}
	return had >= epoch
}

// What a failover takes was written up to a moment before it began, or by a master that was paused, at
// the end of its pause. In µs.
const (
	aMoment      = 1_000_000
	longestPause = 8_000_000
)
