package router

import (
	"context"
	"errors"
	"testing"
	"time"

	"yijian/router/bot"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// running runs the turn workers of a house as its node does; the clock is the test's.
func (h *house) running() {
	h.Helper()
	ctx, cancel := context.WithCancel(h.Context())
	done := make(chan error, 1)
	go func() { done <- h.router.turns.run(ctx) }()
	h.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			h.Error(err)
		}
	})
}

// until waits in real time for what a worker does, and keeps the timers running meanwhile.
func (h *house) until(what string, holds func() bool) {
	h.Helper()
	deadline := time.After(30 * time.Second)
	for tick := time.NewTicker(2 * time.Millisecond); !holds(); {
		select {
		case <-tick.C:
		case <-deadline:
			h.Fatalf("waited in vain for %s", what)
		}
	}
}

// outage is a house whose Redis can be made to answer no command.
func outage(t *testing.T) (*house, *killer) {
	t.Helper()
	h := newHouse(t, rdbtest.Real(t))
	var k killer
	h.db.Client.AddHook(&k)
	return h, &k
}

func (h *house) answered(id session.ID) func() bool {
	return func() bool {
		s, err := h.node.State(h.Context(), id)
		h.must(err)
		return s.Owner == session.Bot && s.Ask == "" && s.Spoke == session.FromBot
	}
}

// Many more sessions than workers wait for the bot when Redis goes away. Every worker fails many
// times, the timers fail too, and when Redis is back every visitor is answered, none by hand.
func TestTurnsThatFailWhileRedisIsAwayAreTakenWhenItIsBack(t *testing.T) {
	t.Parallel()
	h, k := outage(t)
	ids := make([]session.ID, 3*turnsAtOnce)
	for i := range ids {
		ids[i] = h.begin()
		_, err := h.router.VisitorMessage(h.Context(), ids[i], Message{ClientID: "q", Text: "When is it sent?"})
		h.must(err)
	}
	k.arm(0, dies)
	h.running()
	h.until("the workers to have failed at every turn", func() bool {
		h.router.turns.mu.Lock()
		defer h.router.turns.mu.Unlock()
		return len(h.router.turns.pending) == 0
	})
	for range 3 {
		h.ms.Add(askLook.Milliseconds() + 1)
		if err := h.timers.RunOnce(h.Context()); !errors.Is(err, errKilled) {
			t.Fatalf("timers without Redis: got %v, want its error", err)
		}
	}
	k.disarm()
	h.must(h.timers.RunOnce(h.Context()))
	for i, id := range ids {
		h.until("an answer", h.answered(id))
		s, err := h.node.State(h.Context(), id)
		h.must(err)
		if s.Seq != 3 {
			t.Errorf("session %d is at %d, want one question, the offer of a person after 15 s, and one answer", i, s.Seq)
		}
	}
}

// Redis goes away while a bot thinks, and fails under its answer.
func TestAnAnswerThatCouldNotBeStoredIsGivenAgainOrAPersonComes(t *testing.T) {
	t.Parallel()
	for _, back := range []time.Duration{6 * time.Second, 2 * time.Minute} {
		t.Run(back.String(), func(t *testing.T) {
			t.Parallel()
			h, k := outage(t)
			thinking, think := make(chan struct{}), make(chan struct{})
			first := true
			h.router.bot = fakeBot{func(context.Context, bot.Turn) (bot.Reply, error) {
				if first {
					first = false
					close(thinking)
					<-think
				}
				return bot.Reply{Text: "Within 24 hours.", Intent: "shipping", Confidence: 0.9}, nil
			}}
			id := h.begin()
			_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: "When is it sent?"})
			h.must(err)
			h.running()
			<-thinking
			k.arm(0, dies)
			close(think)
			h.until("the turn to have failed", func() bool {
				h.router.turns.mu.Lock()
				defer h.router.turns.mu.Unlock()
				return len(h.router.turns.pending) == 0
			})
			h.ms.Add(back.Milliseconds())
			k.disarm()
			h.must(h.timers.RunOnce(h.Context()))
			if back > time.Minute {
				h.answers(id, session.Waiting, ReasonBotSilent)
				return
			}
			h.until("the answer", h.answered(id))
		})
	}
}

// A handler that is under way when Redis goes is put off, or its claim runs out; either way the timer
// comes again.
func TestATimerThatWasClaimedWhenRedisWentAwayComesAgain(t *testing.T) {
	t.Parallel()
	h, k := outage(t)
	h.must(h.timers.RunOnce(h.Context())) // the partitions are known
	id := h.begin()
	h.append(id, session.Append{Drafts: []session.Draft{handoff("m:tap", session.FromVisitor, ReasonButton)}})
	h.ms.Add(3000)
	part := 1
	for struck := true; struck; part++ {
		k.arm(part, dies)
		_ = h.timers.RunOnce(h.Context())
		struck = k.disarm()
		h.ms.Add(16_000)
		if part > 400 {
			t.Fatal("the timer never got through")
		}
	}
	h.agree(id, session.Waiting, "waiting")
}
