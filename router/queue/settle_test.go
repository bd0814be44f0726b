package queue_test

import (
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

func waiting(id session.ID, epoch uint64, arrived time.Time) queue.Projection {
	return queue.Projection{
		Session: id, Epoch: epoch, Owner: session.Waiting, Queue: "general", Arrived: arrived.UnixMicro(),
	}
}

func human(id session.ID, epoch uint64, agent string) queue.Projection {
	return queue.Projection{Session: id, Epoch: epoch, Owner: session.Human, Agent: agent, Queue: "general"}
}

func TestInvariant6SettlingAgainNeverChangesTheArrival(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.same("first", b.settle(waiting("a", 3, start)).Outcome, queue.Joined)
		b.join("b")
		b.advance(time.Minute)
		later := waiting("a", 3, b.clock())
		b.same("second", b.settle(later).Outcome, queue.Unchanged)
		later.Arrived = 0
		b.same("third", b.settle(later), queue.Change{
			Outcome: queue.Unchanged, Epoch: 3, Version: 2, Position: 1, State: queue.InLine,
		})
		b.same("arrival", b.ticket("a").Arrived, start)
	})
}

func TestInvariant6AReleasedTicketReturnsToItsRank(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.advance(time.Second)
		b.join("b")
		b.sit("ann", 1)
		b.accept(b.only())
		held := b.settle(human("a", 2, "ann"))
		b.same("held", held, queue.Change{
			Outcome: queue.TookHold, Epoch: 2, Version: held.Version, State: queue.Held, Agent: "ann",
		})
		b.same("line while held", b.line("general"), []session.ID{"b"})
		b.advance(time.Minute)
		back := b.settle(waiting("a", 3, start))
		b.same("back", back, queue.Change{
			Outcome: queue.Joined, Epoch: 3, Version: back.Version, Position: 1, State: queue.InLine, Freed: "ann",
		})
		b.same("line", b.line("general"), []session.ID{"a", "b"})
		b.same("excluded", b.ticket("a").Excluded, []string{"ann"})
	})
}

func TestAnOlderEpochIsRefusedEvenAfterTheTicketIsGone(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.settle(waiting("a", 5, start))
		older := b.settle(human("a", 4, "ann"))
		b.same("waiting", older, queue.Change{
			Outcome: queue.Older, Epoch: 5, Version: 1, Position: 1, State: queue.InLine,
		})
		closed := queue.Projection{Session: "a", Epoch: 7, Owner: session.Closed}
		b.same("closed", b.settle(closed), queue.Change{
			Outcome: queue.Left, Epoch: 7, Version: 2, State: queue.Gone,
		})
		b.same("closed again", b.settle(closed).Outcome, queue.Unchanged)
		b.same("after", b.settle(waiting("a", 6, start)), queue.Change{
			Outcome: queue.Older, Epoch: 7, Version: 2, State: queue.Gone,
		})
		b.same("revived", b.settle(waiting("a", 8, start)).Outcome, queue.Joined)
	})
}

func TestAReopenedSessionArrivesAnewEvenIfTheCloseWasNeverSettled(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.advance(time.Second)
		b.join("b")
		b.advance(time.Second)
		c := b.settle(waiting("a", 4, b.clock()))
		b.same("outcome", c.Outcome, queue.Moved)
		b.same("line", b.line("general"), []session.ID{"b", "a"})
	})
}

func TestInvariant9AHeadStartOnlyRisesWhileWaiting(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.advance(time.Second)
		p := waiting("b", 1, b.clock())
		b.settle(p)
		for _, step := range []struct {
			give, want time.Duration
			outcome    queue.Outcome
		}{{30 * time.Second, 30 * time.Second, queue.Moved}, {0, 30 * time.Second, queue.Unchanged}} {
			p.HeadStart = step.give
			c := b.settle(p)
			b.same("outcome", c.Outcome, step.outcome)
			b.same("position", c.Position, 1)
			b.same("head start", b.ticket("b").HeadStart, step.want)
		}
	})
}

func TestATransferToAnotherQueueKeepsTheArrivalAndLeavesTheOldLine(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		p := waiting("a", 2, start)
		p.Queue = "appeals"
		b.same("outcome", b.settle(p).Outcome, queue.Moved)
		b.same("old line", b.line("general"), []session.ID{})
		b.same("new line", b.line("appeals"), []session.ID{"a"})
		b.advance(9 * time.Second)
		lines, err := b.desk.Lines(b.Context(), site)
		b.is(err, nil)
		b.same("lines", lines, []queue.Line{{Queue: "appeals", Waiting: 1, Longest: 9 * time.Second}})
	})
}

func TestAnOfferDiesWithItsTicketAndTheAgentIsNamed(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		offer := b.only()
		c := b.settle(queue.Projection{Session: "a", Epoch: 2, Owner: session.Closed, Queue: "general"})
		b.same("change", c, queue.Change{
			Outcome: queue.Left, Epoch: 2, Version: c.Version, State: queue.Gone,
			GoneOffer: offer.ID, GoneAgent: "ann",
		})
		_, err := b.desk.Accept(b.Context(), site, "ann", offer.ID)
		b.is(err, queue.ErrOfferGone)
		b.same("load", b.seat("ann").Load, 0)
		b.advance(time.Minute)
		b.same("timers of the ticket", ticketTimers(b.due()), 0)
	})
}

func TestAnOfferStandsThroughASettleOfTheSameState(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		offer := b.only()
		b.same("settle", b.settle(waiting("a", 1, start)).Outcome, queue.Unchanged)
		b.accept(offer)
		b.same("settle while accepting", b.settle(waiting("a", 1, start)).State, queue.Accepting)
	})
}

func TestAnAcceptThatANewerMoveOvertookIsOverAtOnce(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		offer := b.only()
		b.accept(offer)
		c := b.settle(waiting("a", 3, start))
		b.same("change", c, queue.Change{
			Outcome: queue.Moved, Epoch: 3, Version: c.Version, Position: 1, State: queue.InLine,
			GoneOffer: offer.ID, GoneAgent: "ann",
		})
		b.same("load", b.seat("ann").Load, 0)
	})
}

func TestAnotherPersonWhoTakesTheConversationEndsTheOffer(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		offer := b.only()
		c := b.settle(human("a", 2, "bob"))
		b.same("gone", []string{c.GoneOffer, c.GoneAgent, c.Agent}, []string{offer.ID, "ann", "bob"})
		c = b.settle(human("a", 3, "cy"))
		b.same("freed", []string{c.GoneOffer, c.Freed, c.Agent}, []string{"", "bob", "cy"})
	})
}

func TestHandleTimesAreKeptPerQueueAndBounded(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		for i := range 410 {
			b.settle(human(sid(i), 1, "ann"))
			b.advance(time.Duration(i) * time.Second)
			b.settle(queue.Projection{Session: sid(i), Epoch: 2, Owner: session.Closed, Queue: "general"})
		}
		got, err := b.desk.Handles(b.Context(), site, "general")
		b.is(err, nil)
		b.same("kept", len(got), 400)
		b.same("newest", got[0], 409*time.Second)
	})
}

func TestABadProjectionIsRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		for name, p := range map[string]queue.Projection{
			"no session":     {Owner: session.Bot},
			"no queue":       {Session: "a", Owner: session.Waiting},
			"no agent":       {Session: "a", Owner: session.Human},
			"unknown owner":  {Session: "a", Owner: "nobody"},
			"brace in queue": {Session: "a", Owner: session.Waiting, Queue: "{x}"},
			"bar in agent":   {Session: "a", Owner: session.Human, Agent: "x|y"},
			"before 1970":    {Session: "a", Owner: session.Bot, Arrived: -1},
			"negative head":  {Session: "a", Owner: session.Bot, HeadStart: -1},
		} {
			_, err := b.desk.Settle(b.Context(), site, p)
			b.is(err, queue.ErrInvalid)
			if err == nil {
				b.Errorf("%s: got no error", name)
			}
		}
	})
}

func ticketTimers(timers []queue.Timer) int {
	n := 0
	for _, timer := range timers {
		if timer.What != queue.TimerSeat {
			n++
		}
	}
	return n
}
