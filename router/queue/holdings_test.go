package queue_test

import (
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

func TestWhatASeatHoldsIsListedInTheOrderItWasTakenAndOffersAreNot(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.sit("ann", 4)
		b.sit("bob", 1)
		b.settle(human("z", 1, "ann"))
		b.advance(20 * time.Second)
		b.settle(human("a", 1, "ann"))
		b.settle(human("c", 1, "bob"))
		b.join("w")
		b.same("offered", len(b.dispatch()), 1)
		b.advance(time.Second)
		held, err := b.desk.Holdings(b.Context(), site)
		b.is(err, nil)
		type line struct {
			Session session.ID
			For     time.Duration
		}
		got := map[string][]line{}
		for agent, list := range held {
			for _, h := range list {
				got[agent] = append(got[agent], line{h.Session, h.For})
			}
		}
		b.same("holdings", got, map[string][]line{
			"ann": {{"z", 21 * time.Second}, {"a", time.Second}},
			"bob": {{"c", time.Second}},
		})
	})
}

func TestTheTimeForNotesIsToldToItsSeat(t *testing.T) {
	t.Parallel()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, open(t), queue.Options{Queues: queue.Rules{"general": {WrapUp: 30 * time.Second}}})
			b.sit("ann", 2)
			b.settle(human("a", 1, "ann"))
			b.settle(queue.Projection{Session: "a", Epoch: 2, Owner: session.Closed, Queue: "general"})
			b.advance(10 * time.Second)
			left := func() time.Duration {
				taken, err := b.desk.Renew(b.Context(), site, sitting("ann", 2))
				b.is(err, nil)
				return taken.Seat.NotesLeft
			}
			b.same("left", left(), 20*time.Second)
			b.advance(21 * time.Second)
			b.same("after it", left(), time.Duration(0))
		})
	}
}

func TestAnAgentTakesWhatTheLineWasQuickerToOfferToTheSameAgent(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.sit("ann", 1)
		b.join("w")
		offer := b.only()
		taken, err := b.desk.Take(b.Context(), site, "ann", "w")
		b.is(err, nil)
		b.same("offer", taken.ID, offer.ID)
		b.sit("bob", 1)
		_, err = b.desk.Take(b.Context(), site, "bob", "w")
		b.is(err, queue.ErrOfferGone)
		b.same("accepted", b.accept(taken).Session, session.ID("w"))
	})
}
