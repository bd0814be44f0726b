package web_test

import (
	"sync/atomic"
	"testing"
	"time"

	"yijian/router"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// idleWorld is a world whose quiet conversations end after 20 min, on a clock that runs faster than
// any other and that the test moves besides. The timers run as ever and look at that clock.
type idleWorld struct {
	*world
	began time.Time
	moved atomic.Int64 // ms
}

// faster is by how much. A minute under a warning is then time enough for a busy machine to answer it.
const faster = 20

func (w *idleWorld) now() time.Time {
	return w.began.Add(faster*time.Since(w.began) + time.Duration(w.moved.Load())*time.Millisecond)
}

func newIdleWorld(t *testing.T) *idleWorld {
	t.Helper()
	rule, err := router.NewIdle(router.MinIdleEnd, router.MinIdleWarning)
	if err != nil {
		t.Fatal(err)
	}
	w := &idleWorld{began: time.Now()}
	db := rdbtest.Memory(t)
	w.world = newWorldWith(t, session.NewLog(db, func() int64 { return w.now().UnixMilli() }), db, setting{
		idle: map[string]router.Idle{"demo": rule},
		now:  w.now,
	})
	return w
}

func (w *idleWorld) pass(d time.Duration) { w.moved.Add(d.Milliseconds()) }

// asked is a visitor whom the bot has answered.
func (w *idleWorld) asked(t *testing.T) (*client, session.ID) {
	t.Helper()
	c, welcome := w.visitor(t, "")
	c.says("How do I return something I bought?")
	c.hears("bot", "")
	return c, sid(welcome)
}

// warned waits for the warning, which has to leave at least its minute.
func (c *client) warned() {
	c.t.Helper()
	f := c.until(func(f frame) bool {
		if f.str("owner") == "closed" {
			c.t.Fatalf("it ended without a warning: %v", f)
		}
		return f.str("t") == "idle" && f.yes("warn")
	})
	if left := f.num("left_ms"); left <= 0 || left > int(router.MinIdleWarning.Milliseconds()) {
		c.t.Errorf("a warning with %d ms left", left)
	}
}

// stays waits until the warning is taken back, which has to give the whole time anew.
func (c *client) stays() {
	c.t.Helper()
	f := c.until(func(f frame) bool { return f.str("t") == "idle" && !f.yes("warn") })
	if left := f.num("left_ms"); left != int(router.MinIdleEnd.Milliseconds()) {
		c.t.Errorf("taken back with %d ms left, want the whole %s", left, router.MinIdleEnd)
	}
}

const untilWarning = router.MinIdleEnd - router.MinIdleWarning

func TestW16TheWarningComesToEveryTabAndOneTapOrTypingTakesItBackAsOftenAsOneLikes(t *testing.T) {
	t.Parallel()
	w := newIdleWorld(t)
	c, welcome := w.visitor(t, "")
	c.says("How do I return something I bought?")
	c.hears("bot", "")
	tab, _ := w.visitor(t, welcome.str("token"))
	tab.hears("bot", "")
	for n := range 12 {
		w.pass(untilWarning + time.Second)
		c.warned()
		tab.warned()
		c.send(frame{"t": "shown"})
		if n%2 == 0 {
			c.send(frame{"t": "extend"})
		} else {
			c.send(frame{"t": "typing"})
		}
		c.stays()
		tab.stays()
	}
}

func TestInvariant8ASeenWarningEndsAConversationAndWritingGoesOnInIt(t *testing.T) {
	t.Parallel()
	w := newIdleWorld(t)
	c, id := w.asked(t)
	w.pass(untilWarning + time.Second)
	c.warned()
	c.send(frame{"t": "shown"})
	w.noted(t, id, func(s session.State) bool { return !s.Quiet.SeenAt.IsZero() })
	w.pass(router.MinIdleWarning + time.Second)
	if end := c.moved("closed"); end.str("reason") != router.ReasonIdle {
		t.Errorf("ended by %v, want %s", end, router.ReasonIdle)
	}
	c.says("One more question about my refund")
	c.moved("bot")
	c.hears("visitor", "One more question about my refund")
}

func TestInvariant8AWarningThatIsOnNoScreenEndsNothing(t *testing.T) {
	t.Parallel()
	w := newIdleWorld(t)
	c, id := w.asked(t)
	w.pass(untilWarning + time.Second)
	c.warned() // and the page is hidden: it says nothing
	for hours := time.NewTicker(20 * time.Millisecond); w.moved.Load() < (10 * time.Hour).Milliseconds(); <-hours.C {
		w.pass(2 * time.Minute)
	}
	c.warned() // still
	if s, err := w.node.State(t.Context(), id); err != nil || s.Owner != session.Bot {
		t.Errorf("owner %s (%v), want the bot still", s.Owner, err)
	}
}

func TestInvariant5NobodyInLineIsWarnedOrEnded(t *testing.T) {
	t.Parallel()
	w := newIdleWorld(t)
	waiting, id := w.asked(t)
	waiting.send(frame{"t": "human"})
	waiting.moved("waiting")
	waiting.send(frame{"t": "shown"}) // of no warning, and means nothing
	quiet, _ := w.asked(t)
	for range 3 {
		w.pass(untilWarning + time.Second)
		quiet.warned() // the timers have been run
		quiet.send(frame{"t": "extend"})
		quiet.stays()
	}
	s, err := w.node.State(t.Context(), id)
	if err != nil || s.Owner != session.Waiting || !s.Quiet.WarnedAt.IsZero() {
		t.Errorf("owner %s, warned at %s (%v), want it in line and not warned", s.Owner, s.Quiet.WarnedAt, err)
	}
}

// noted waits until the store says so.
func (w *idleWorld) noted(t *testing.T, id session.ID, holds func(session.State) bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for tick := time.NewTicker(5 * time.Millisecond); ; <-tick.C {
		s, err := w.node.State(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if holds(s) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("it never came to that: %+v", s)
		}
	}
}
