package session_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// ear collects what a listener hears.
type ear struct {
	mu      sync.Mutex
	seqs    []uint64
	signals []session.Signal
	// history is what a client that follows resets ends with.
	history []session.Event
	resets  int
	lost    bool
	heard   chan struct{}
}

func newEar() *ear { return &ear{heard: make(chan struct{}, 1)} }

func (e *ear) Deliver(_ session.ID, ev session.Event) {
	e.mu.Lock()
	e.seqs = append(e.seqs, ev.Seq)
	e.history = append(e.history, ev)
	e.mu.Unlock()
	e.nudge()
}

func (e *ear) Reset(_ session.ID, now session.Opened) {
	e.mu.Lock()
	e.resets++
	e.history = slices.Clone(now.Events)
	e.mu.Unlock()
	e.nudge()
}

func (e *ear) Lost(session.ID) {
	e.mu.Lock()
	e.lost = true
	e.mu.Unlock()
	e.nudge()
}

func (e *ear) Signal(_ session.ID, s session.Signal) {
	e.mu.Lock()
	e.signals = append(e.signals, s)
	e.mu.Unlock()
	e.nudge()
}

func (e *ear) nudge() {
	select {
	case e.heard <- struct{}{}:
	default:
	}
}

// until waits for a condition on what was heard.
func (e *ear) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	timeout := time.After(15 * time.Second)
	for {
		e.mu.Lock()
		done := ok()
		e.mu.Unlock()
		if done {
			return
		}
		select {
		case <-e.heard:
		case <-timeout:
			t.Fatalf("waited in vain for %s; heard %v", what, e.seqs)
		}
	}
}

func runNode(t *testing.T, l *session.Log) *session.Node {
	t.Helper()
	n := session.NewNode(l, zerolog.Nop())
	keepRunning(t, n)
	return n
}

func listen(t *testing.T, n *session.Node, id session.ID, e *ear) *session.Subscription {
	t.Helper()
	sub, opened, err := n.Subscribe(t.Context(), id, session.Position{}, e)
	if err != nil {
		t.Fatal(err)
	}
	for _, ev := range opened.Events {
		e.Deliver(id, ev)
	}
	sub.Start()
	t.Cleanup(sub.Close)
	return sub
}

func TestTwoNodesHearTheSameEventsInOrderAndOnce(t *testing.T) {
	t.Parallel()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t)
			a, b := runNode(t, session.NewLog(db, nil)), runNode(t, session.NewLog(db, nil))
			id := born(t, a.Log)
			atA, atB := newEar(), newEar()
			listen(t, a, id, atA)
			listen(t, b, id, atB)
			const each = 50
			var wg sync.WaitGroup
			for i, n := range []*session.Node{a, b} {
				wg.Go(func() { talk(t, n, id, i, each) })
			}
			wg.Wait()
			want := make([]uint64, 2*each)
			for i := range want {
				want[i] = uint64(i + 1)
			}
			for _, e := range []*ear{atA, atB} {
				e.until(t, "all events", func() bool { return slices.Equal(e.seqs, want) })
			}
		})
	}
}

func talk(t *testing.T, n *session.Node, id session.ID, who, count int) {
	t.Helper()
	for i := range count {
		d := says(fmt.Sprintf("%d-%d", who, i), "hello")
		if _, err := n.Append(context.Background(), id, session.Append{Drafts: []session.Draft{d}}); err != nil {
			t.Error(err)
		}
	}
}

func TestARenewalFindsWhatEveryHintLost(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		n := runNode(t, l)
		id := born(t, l)
		e := newEar()
		listen(t, n, id, e)
		// Written past the node: no hint is sent at all.
		write(t, l, id, says("quiet", "hello"))
		if err := n.Renew(t.Context()); err != nil {
			t.Fatal(err)
		}
		e.until(t, "the event", func() bool { return slices.Equal(e.seqs, []uint64{1}) })
	})
}

func TestTypingReachesTheOtherNodeAndIsNotStored(t *testing.T) {
	t.Parallel()
	db := rdbtest.Memory(t)
	a, b := runNode(t, session.NewLog(db, nil)), runNode(t, session.NewLog(db, nil))
	id := born(t, a.Log)
	e := newEar()
	listen(t, b, id, e)
	// A node that is only starting may miss one: people type on.
	for timeout := time.After(15 * time.Second); ; {
		if err := a.Signal(t.Context(), id, session.Signal{What: "typing", From: session.FromAgent}); err != nil {
			t.Fatal(err)
		}
		select {
		case <-e.heard:
		case <-time.After(50 * time.Millisecond):
			continue
		case <-timeout:
			t.Fatal("waited in vain for typing")
		}
		break
	}
	if s, _ := a.State(t.Context(), id); s.Seq != 0 {
		t.Errorf("typing was stored: seq %d", s.Seq)
	}
}

func TestAGrowingAnswerReachesOtherNodesWhileItIsShort(t *testing.T) {
	t.Parallel()
	db := rdbtest.Memory(t)
	a, b := runNode(t, session.NewLog(db, nil)), runNode(t, session.NewLog(db, nil))
	id := born(t, a.Log)
	e := newEar()
	listen(t, b, id, e)
	grow := func(text string) {
		told := session.Signal{What: "delta", From: session.FromBot, Stream: "s1", Text: text}
		if err := a.Signal(t.Context(), id, told); err != nil {
			t.Fatal(err)
		}
	}
	heard := func() (text string) {
		e.mu.Lock()
		defer e.mu.Unlock()
		if len(e.signals) > 0 {
			text = e.signals[len(e.signals)-1].Text
		}
		return text
	}
	for timeout := time.After(15 * time.Second); heard() != "a short one"; {
		grow(strings.Repeat("x", 3<<10)) // stays here: inboxes are for what is small
		grow("a short one")
		select {
		case <-e.heard:
		case <-time.After(50 * time.Millisecond):
		case <-timeout:
			t.Fatal("waited in vain for the answer")
		}
		if len(heard()) > 2<<10 {
			t.Fatal("a long text went through an inbox")
		}
	}
}

// all returns the seqs heard so far.
func (e *ear) all() []uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.seqs)
}
