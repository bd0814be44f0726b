package router

import (
	"context"
	"sync"
	"testing"
	"time"

	"yijian/router/bot"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// thinking asks a bot that answers when it is let, and returns once it thinks.
func thinking(t *testing.T) (h *house, id session.ID, let chan struct{}) {
	t.Helper()
	h = newHouse(t, rdbtest.Memory(t))
	let = make(chan struct{})
	asked := make(chan struct{})
	h.router.bot = fakeBot{func(ctx context.Context, _ bot.Turn) (bot.Reply, error) {
		close(asked)
		select {
		case <-let:
			return bot.Reply{Text: "Within 24 hours.", Intent: "shipping", Confidence: 0.9}, nil
		case <-ctx.Done():
			return bot.Reply{}, ctx.Err()
		}
	}}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	turns := h.router.turns
	wg.Go(func() { _ = turns.run(ctx) })
	t.Cleanup(func() { stop(); wg.Wait() })
	id = h.begin()
	_, err := h.router.VisitorMessage(t.Context(), id, Message{ClientID: "one", Text: "When is it sent?"})
	h.must(err)
	<-asked
	return h, id, let
}

func TestAStopWaitsForTheBotThatThinksAndLetsNoOtherBegin(t *testing.T) {
	t.Parallel()
	h, id, let := thinking(t)
	finished := make(chan struct{})
	go func() { defer close(finished); h.router.Finish(t.Context()) }()
	select {
	case <-finished:
		t.Fatal("it did not wait for the bot")
	case <-time.After(50 * time.Millisecond):
	}
	late := h.begin()
	_, err := h.router.VisitorMessage(t.Context(), late, Message{ClientID: "two", Text: "And mine?"})
	h.must(err) // stored, with a timer that brings the turn to another node
	close(let)
	<-finished
	if s := h.state(id); s.Ask != "" || s.Seq != 2 {
		t.Errorf("got %+v, want the question and its answer", s)
	}
	if s := h.state(late); s.Ask == "" || s.Seq != 1 {
		t.Errorf("got %+v, want a question that waits for another node", s)
	}
}

func TestAStopWaitsForABotThatHangsNoLongerThanItMay(t *testing.T) {
	t.Parallel()
	h, _, _ := thinking(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	h.router.Finish(ctx)
	if ctx.Err() == nil {
		t.Error("it did not wait at all")
	}
}

func (h *house) state(id session.ID) session.State {
	h.Helper()
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	return s
}

// A visitor's own message must not stop the very turn that it asks for: the bot would be asked twice.
func TestATurnIsNotStoppedByTheMessageThatAsksForIt(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	stopped := make(chan error)
	turns := newTurns(func(ctx context.Context, _ session.ID) {
		select {
		case <-asked:
			stopped <- ctx.Err()
		case <-t.Context().Done():
		}
	})
	ctx, end := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { _ = turns.run(ctx) })
	t.Cleanup(func() { end(); wg.Wait() })
	for range 20_000 {
		turns.anew(session.NewID())
		select {
		case asked <- struct{}{}:
		case <-time.After(15 * time.Second):
			t.Fatal("no turn was taken")
		}
		if err := <-stopped; err != nil {
			t.Fatalf("the turn was stopped: %v", err)
		}
	}
}
