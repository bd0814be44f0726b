package router

import (
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// TestNodesWhoseClocksAreMinutesApartKeepOneLine lets two nodes take turns at every step of a session's
// day, one of them a quarter of an hour ahead and one behind. All times that decide anything are those
// of Redis.
func TestNodesWhoseClocksAreMinutesApartKeepOneLine(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		nodes := []*house{h, newNode(h.T, h.db, h.ms)}
		for i, off := range []time.Duration{15 * time.Minute, -15 * time.Minute} {
			now := nodes[i].router.now
			nodes[i].router.now = func() time.Time { return now().Add(off) }
		}
		id := h.begin()
		var arrived int64
		for i, s := range steps() {
			node := nodes[i%2]
			before := h.ms.Load()
			s.do(node, id)
			if i == 0 {
				continue // the desk hears of a session with its first move
			}
			node.agree(id, s.owner, s.state)
			now, err := h.node.State(h.Context(), id)
			h.must(err)
			switch {
			case now.Arrived == 0:
				arrived = 0
			case arrived == 0:
				arrived = now.Arrived
				if got := now.Arrived / 1000; got < before || got > h.ms.Load() {
					h.Errorf("after %s: arrived at %d, the line's clock says %d", s.name, got, before)
				}
			case now.Arrived != arrived:
				h.Errorf("after %s: arrived at %d, was %d (invariant 6)", s.name, now.Arrived, arrived)
			}
			h.pass(6 * time.Second)
			node.agree(id, s.owner, s.state)
		}
	})
}

// TestAnOfferStandsAsLongOnANodeWhoseClockIsWrong: the deadline is Redis', on whichever node it is met.
func TestAnOfferStandsAsLongOnANodeWhoseClockIsWrong(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		ahead := newNode(h.T, h.db, h.ms)
		now := ahead.router.now
		ahead.router.now = func() time.Time { return now().Add(15 * time.Minute) }
		offer := h.offered()
		h.ms.Add(24_000)
		h.must(ahead.router.answerTimers(h.Context(), "demo"))
		ahead.agree(offer.Session, session.Waiting, queue.Offered)
		_, err := ahead.router.Accept(h.Context(), ann, offer.ID)
		h.must(err)
		ahead.agree(offer.Session, session.Human, queue.Held)
	})
}
