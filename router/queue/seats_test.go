package queue_test

import (
	"strings"
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

func TestASeatShowsWhatItHoldsAndLastsAsLongAsANodeRenewsIt(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.settle(human("a", 1, "ann"))
		taken := b.sit("ann", 3)
		b.same("held", taken.Held, []session.ID{"a"})
		b.same("seat", b.seat("ann"), taken.Seat)
		b.same("load", taken.Seat.Load, 1)
		second := sitting("ann", 3)
		second.Node = "n2"
		b.advance(10 * time.Second)
		_, err := b.desk.Renew(b.Context(), site, second)
		b.is(err, nil)
		stays, err := b.desk.Leave(b.Context(), site, "ann", "n1")
		b.is(err, nil)
		b.same("stays", stays, true)
		nodes, err := b.desk.Nodes(b.Context(), site, "ann")
		b.is(err, nil)
		b.same("nodes", nodes, []string{"n2"})
		b.join("w")
		b.advance(29 * time.Second)
		b.same("offers", len(b.dispatch()), 1)
	})
}

func TestALeftSeatIsOfferedNothingAndKeepsItsConversationsForTheGrace(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.sit("ann", 2)
		b.settle(human("a", 1, "ann"))
		b.join("w")
		stays, err := b.desk.Leave(b.Context(), site, "ann", "n1")
		b.is(err, nil)
		b.same("stays", stays, false)
		b.same("offers", len(b.dispatch()), 0)
		b.advance(59 * time.Second)
		b.same("not lost yet", b.due(), []queue.Timer{})
		lost, err := b.desk.Lose(b.Context(), site, "ann")
		b.is(err, nil)
		b.same("asked early", lost, queue.Lost{Back: true})
		b.advance(time.Second)
		b.same("due", b.due(), []queue.Timer{{What: queue.TimerSeat, ID: "ann", At: b.clock()}})
		lost, err = b.desk.Lose(b.Context(), site, "ann")
		b.is(err, nil)
		b.same("lost", lost, queue.Lost{Held: []session.ID{"a"}})
		b.settle(waiting("a", 2, start.Add(-time.Hour)))
		b.same("back in front", b.line("general"), []session.ID{"a", "w"})
		b.advance(5 * time.Second)
		b.same("due again", len(b.due()), 1)
		lost, err = b.desk.Lose(b.Context(), site, "ann")
		b.is(err, nil)
		b.same("empty", lost, queue.Lost{})
		b.same("forgotten", b.seat("ann"), queue.Seat{})
		b.same("no timer", b.due(), []queue.Timer{})
	})
}

func TestAnAgentBackWithinTheGraceKeepsTheConversations(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.sit("ann", 1)
		b.settle(human("a", 1, "ann"))
		b.advance(80 * time.Second) // no renewal: lease 30 s over, grace 60 s not
		taken, err := b.desk.Renew(b.Context(), site, sitting("ann", 1))
		b.is(err, nil)
		b.same("held", taken.Held, []session.ID{"a"})
		b.advance(20 * time.Second)
		b.same("no timer", b.due(), []queue.Timer{})
	})
}

func TestAConversationWhoseAgentNeverSatDownIsFoundByATimer(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.settle(human("a", 1, "ghost"))
		b.advance(90 * time.Second)
		b.same("due", b.due(), []queue.Timer{{What: queue.TimerSeat, ID: "ghost", At: b.clock()}})
		lost, err := b.desk.Lose(b.Context(), site, "ghost")
		b.is(err, nil)
		b.same("lost", lost, queue.Lost{Held: []session.ID{"a"}})
	})
}

func TestATimerIsRemovedOnlyIfItIsStillTheOneSeen(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.sit("ann", 1)
		b.advance(90 * time.Second)
		seen := b.due()[0]
		b.sit("ann", 1)
		removed, err := b.desk.Remove(b.Context(), site, seen)
		b.is(err, nil)
		b.same("armed anew", removed, false)
		b.advance(90 * time.Second)
		removed, err = b.desk.Remove(b.Context(), site, b.due()[0])
		b.is(err, nil)
		b.same("removed", removed, true)
	})
}

func TestABadSeatIsRefusedWithWhatToDo(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		for name, change := range map[string]func(s *queue.Sitting){
			"capacity 0":        func(s *queue.Sitting) { s.Capacity = 0 },
			"negative capacity": func(s *queue.Sitting) { s.Capacity = -1 },
			"unknown status":    func(s *queue.Sitting) { s.Status = "asleep" },
			"no agent":          func(s *queue.Sitting) { s.Agent = "" },
			"bar in agent":      func(s *queue.Sitting) { s.Agent = "a|b" },
			"long agent":        func(s *queue.Sitting) { s.Agent = strings.Repeat("a", 129) },
			"huge capacity":     func(s *queue.Sitting) { s.Capacity = queue.MaxCapacity + 1 },
			"level 0":           func(s *queue.Sitting) { s.Skills = []queue.Skill{{Queue: "appeals"}} },
			"level 6":           func(s *queue.Sitting) { s.Skills = []queue.Skill{{Queue: "appeals", Level: 6}} },
			"no node":           func(s *queue.Sitting) { s.Node = "" },
			"empty skill":       func(s *queue.Sitting) { s.Skills = []queue.Skill{{}} },
		} {
			s := sitting("ann", 1)
			change(&s)
			if _, err := b.desk.Sit(b.Context(), site, s); err == nil {
				b.Errorf("%s: got no error", name)
			} else {
				b.is(err, queue.ErrInvalid)
			}
		}
	})
}

func TestPlacesAreRanksInTheOwnQueueWithAnHonestRange(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		for i := range 4 {
			b.join(sid(i))
			b.advance(time.Millisecond)
		}
		other := waiting("x", 1, b.clock())
		other.Queue = "appeals"
		b.settle(other)
		asked := []session.ID{sid(2), "x", "nobody"}
		places, err := b.desk.Places(b.Context(), site, asked)
		b.is(err, nil)
		b.same("places", places, []queue.Place{
			{Session: sid(2), Queue: "general", Position: 3, State: queue.InLine},
			{Session: "x", Queue: "appeals", Position: 1, State: queue.InLine},
			{Session: "nobody", State: queue.Gone},
		})
		for i := range 5 {
			b.settle(human(sid(50+i), 1, "ann"))
		}
		b.advance(100 * time.Second)
		for i := range 5 {
			b.settle(queue.Projection{Session: sid(50 + i), Epoch: 2, Owner: session.Closed, Queue: "general"})
		}
		b.sit("ann", 2)
		places, err = b.desk.Places(b.Context(), site, asked[:2])
		b.is(err, nil)
		b.same("known", places[0].ETA, queue.Range{From: 107 * time.Second, To: 147 * time.Second, Known: true})
		b.same("no data", places[1].ETA, queue.Range{})
	})
}
