package queue_test

import (
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// onEveryDoor is onEveryBackend with visitors who are away after the published time.
func onEveryDoor(t *testing.T, test func(b *bench)) {
	t.Helper()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(newBench(t, open(t), queue.Options{AwayAfter: 90 * time.Second}))
		})
	}
}

// looks answers the timers that look for visitors, and returns who is missed.
func (b *bench) looks() (missed []session.ID) {
	b.Helper()
	for _, timer := range b.due() {
		if timer.What != queue.TimerAside {
			continue
		}
		is, err := b.desk.StepAside(b.Context(), site, session.ID(timer.ID))
		b.is(err, nil)
		if is {
			missed = append(missed, session.ID(timer.ID))
		}
	}
	return missed
}

func (b *bench) here(ids ...session.ID) {
	b.Helper()
	b.is(b.desk.Here(b.Context(), site, ids), nil)
}

func TestAVisitorWhoIsAwayIsNeitherOfferedNorCountedAndReturnsInFront(t *testing.T) {
	t.Parallel()
	onEveryDoor(t, func(b *bench) {
		b.join("a")
		b.advance(time.Second)
		b.join("b")
		b.advance(89 * time.Second)
		b.here("b")
		b.advance(time.Second)
		b.looks()
		b.same("the line", b.line("general"), []session.ID{"b"})
		places, err := b.desk.Places(b.Context(), site, []session.ID{"b"})
		b.is(err, nil)
		b.same("the place of who stayed", places[0].Position, 1)

		b.here("a")
		b.same("the line", b.line("general"), []session.ID{"a", "b"})
		b.sit("ann", 1)
		b.same("who is offered first", b.only().Session, session.ID("a"))
	})
}

func TestInvariant5AVisitorWhoIsAwayForADayIsMissedOnceAndKeepsThePlace(t *testing.T) {
	t.Parallel()
	onEveryDoor(t, func(b *bench) {
		b.join("a")
		b.advance(90 * time.Second)
		b.looks()
		b.advance(queue.MissedAfter - 91*time.Second)
		b.same("missed", b.looks(), []session.ID(nil))
		b.advance(time.Second)
		b.same("missed", b.looks(), []session.ID{"a"})
		p := queue.Projection{Session: "a", Epoch: 1, Owner: session.Waiting, Queue: "general", Missed: true}
		b.settle(p)
		b.advance(time.Minute)
		b.same("missed again", b.looks(), []session.ID(nil))
		list, err := b.desk.Callbacks(b.Context(), site, queue.Page{N: 10})
		b.is(err, nil)
		b.same("the list", len(list), 1)
		b.here("a")
		b.same("the line", b.line("general"), []session.ID{"a"})
	})
}

func TestACallbackWaitsForItsTimeAndNeedsNoPage(t *testing.T) {
	t.Parallel()
	onEveryDoor(t, func(b *bench) {
		b.join("a")
		b.advance(time.Second)
		b.join("b")
		at := b.clock().Add(time.Hour)
		p := queue.Projection{
			Session: "a", Epoch: 1, Owner: session.Waiting, Queue: "general", Callback: true, NotBefore: at.UnixMilli(),
		}
		b.settle(p)
		b.same("the line", b.line("general"), []session.ID{"b"})
		b.advance(time.Hour)
		b.here("b")
		b.looks()
		b.same("the line at the time of the call", b.line("general"), []session.ID{"a", "b"})
		b.advance(10 * time.Minute)
		b.here("b")
		b.looks()
		b.sit("ann", 1)
		b.same("who is offered first", b.only().Session, session.ID("a"))
	})
}

func TestAnOfferEndsForWhoWouldRatherBeCalledLater(t *testing.T) {
	t.Parallel()
	onEveryDoor(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		offer := b.only()
		change := b.settle(queue.Projection{
			Session: "a", Epoch: 1, Owner: session.Waiting, Queue: "general",
			Callback: true, NotBefore: b.clock().Add(time.Hour).UnixMilli(),
		})
		b.same("what ended", change.GoneOffer, offer.ID)
		b.same("what the seat carries", b.seat("ann").Load, 0)
	})
}

func TestAnAgentTakesATicketThatWaitsBesideTheLine(t *testing.T) {
	t.Parallel()
	onEveryDoor(t, func(b *bench) {
		b.join("a")
		b.join("b")
		b.advance(2 * time.Minute)
		b.looks()
		_, err := b.desk.Take(b.Context(), site, "ann", "a")
		b.is(err, queue.ErrNoRoom)
		b.sit("ann", 1)
		offer, err := b.desk.Take(b.Context(), site, "ann", "a")
		b.is(err, nil)
		_, err = b.desk.Take(b.Context(), site, "ann", "b")
		b.is(err, queue.ErrNoRoom)
		again, err := b.desk.Take(b.Context(), site, "ann", "a")
		b.is(err, nil)
		b.same("the same offer again", again.ID, offer.ID)
		b.accept(offer)
		_, err = b.desk.Take(b.Context(), site, "ann", "a")
		b.is(err, queue.ErrOfferGone)

		b.sit("bob", 1)
		_, err = b.desk.Take(b.Context(), site, "bob", "b")
		b.is(err, nil)
		b.advance(30 * time.Second)
		b.lapse("b")
		b.looks()
		b.same("the line after nobody accepted", b.line("general"), []session.ID{"a"})
		b.here("b")
		b.same("the line", b.line("general"), []session.ID{"a", "b"})
	})
}
