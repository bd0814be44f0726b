package check

import (
	"fmt"
	"slices"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// acksAreKept is the promise of invariant 1: what was acknowledged is in the log, at the seq that the
// ack named, with the text that was sent. Where Redis may forget, a client that lost something must
// have been told by reset.
func acksAreKept(t *talk, found report) {
	for _, p := range t.parties {
		sent := map[string]history.Entry{}
		for _, e := range p.entries {
			switch e.What {
			case history.Sent:
				sent[e.ID] = e
			case history.Acked:
				t.judgeAck(p, e, sent[e.ID], found)
			}
		}
	}
}

func (t *talk) judgeAck(p *party, ack, sent history.Entry, found report) {
	if t.forgets && p.shownAfter(ack.At) || t.nobodyToTell(p, ack) {
		return
	}
	stored, ok := t.at[ack.Seq]
	if t.Forgets() > 0 && !(ok && known(stored, ack.ID)) && t.has(ack.ID, p.role) {
		return // it was said again, and has another number now
	}
	switch {
	case !ok:
		found(fmt.Sprintf("%s of %s was acknowledged at %d, and the log ends at %d.",
			ack.ID, p.client, ack.Seq, len(t.log.Events)), ack)
	case !known(stored, ack.ID) || stored.From != p.role:
		found(fmt.Sprintf("%s of %s was acknowledged at %d, where the log has %s.",
			ack.ID, p.client, ack.Seq, stored.ID), ack, stored)
	case sent.Hash != 0 && stored.Hash != 0 && sent.Hash != stored.Hash:
		found(fmt.Sprintf("%s of %s is stored with another text than it was sent with.", ack.ID, p.client), sent, stored)
	}
}

// has reports whether the log has what a client calls an event, under whatever number.
func (t *talk) has(id string, from session.Role) bool {
	return slices.ContainsFunc(t.log.Events, func(e history.Stored) bool { return known(e, id) && e.From == from })
}
