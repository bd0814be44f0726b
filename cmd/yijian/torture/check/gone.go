package check

import (
	"slices"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// What Redis forgot is told by reset to whoever still holds it. Some hold it no more: a tab that was closed,
// and an agent whom the conversation had left, or whose console began anew and was given what it has now.

// toldWithin is how long after a loss the last of those who are connected is told, in µs: servers look
// at every open session every 7 s.
const toldWithin = 8_000_000

// nobodyToTell reports whether a party had let go of what was acknowledged to it when Redis lost that, or did
// before its turn to be told came.
func (t *talk) nobodyToTell(p *party, ack history.Entry) bool {
	left, ok := t.leftAt(p, ack)
	return ok && slices.ContainsFunc(t.Faults, func(f history.Fault) bool {
		return f.What == history.RedisForgot && f.At+aMoment >= ack.At && left <= f.At+toldWithin
	})
}

// leftAt is when a party let go of the conversation after an entry: its connection ended, or an agent learned
// that somebody else answers from then on, or that there is no such conversation.
func (t *talk) leftAt(p *party, after history.Entry) (at int64, ok bool) {
	at, ok = t.ends[socket{p.client, after.Conn}]
	if p.role != session.FromAgent {
		return at, ok
	}
	for _, e := range p.entries {
		left := e.At
		switch {
		case e.At < after.At:
			continue
		case e.What == history.Event && e.Kind == session.KindMove && e.Owner != session.Human:
		case e.What == history.Sent && t.unknown[frame{p.client, e.ID}] > 0:
			left = t.unknown[frame{p.client, e.ID}]
		default:
			continue
		}
		if !ok || left < at {
			at, ok = left, true
		}
	}
	return at, ok
}

// moveForgotten reports whether a ticket left the desk, between two looks, by a move that Redis forgot before
// the record had it: somebody was told of the move, and the log does not have it.
func (t *talk) moveForgotten(ticket history.Ticket, from, to int64) bool {
	forgot := slices.ContainsFunc(t.Faults, func(f history.Fault) bool {
		return f.What == history.RedisForgot && f.At > from && !t.archivedBy(f.At, ticket.Epoch+1)
	})
	return forgot && slices.ContainsFunc(t.parties, func(p *party) bool {
		return slices.ContainsFunc(p.entries, func(e history.Entry) bool {
			stored, ok := t.at[e.Seq]
			return e.What == history.Event && e.Kind == session.KindMove &&
				e.At > from-aMoment && e.At < to+aMoment && !(ok && known(stored, e.ID))
		})
	})
}

// inAnotherTab reports whether an event came to a tab of the same client that is not the one that was
// resumed in the end: that one says where it stands.
func (h *held) inAnotherTab(e history.Entry, r *history.Resume) bool {
	since, ok := h.hellos[socket{h.party.client, r.Conn}]
	return ok && h.Forgets() > 0 && e.Conn != r.Conn && e.Seq > since
}
