package router

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// page is a visitor's page: it keeps what it was told, and may show warnings on a visible screen.
type page struct {
	last    session.Signal
	told    int
	warned  time.Time // when the standing warning was first told
	events  []session.Event
	now     func() time.Time
	visible bool
}

func (p *page) Deliver(_ session.ID, e session.Event) { p.events = append(p.events, e) }

// Lost and Reset tell of a log that a failover changed; no page here meets one.
func (p *page) Lost(session.ID) {}

func (p *page) Reset(session.ID, session.Opened) {}

func (p *page) Signal(_ session.ID, s session.Signal) {
	if s.What != signalIdle {
		return
	}
	if s.Warn && !p.last.Warn {
		p.warned = p.now()
	}
	p.last, p.told = s, p.told+1
}

// quietHouse ends conversations after 20 minutes, with a warning of one. Its hours are thousands of looks
// at every partition: a real Redis is a tenth of the wait under the race detector.
func quietHouse(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, rdbtest.Real(t))
	rule, err := NewIdle(MinIdleEnd, MinIdleWarning)
	h.must(err)
	h.router.idle = map[string]Idle{"demo": rule}
	return h
}

// open opens a page on a session, as the socket does.
func (h *house) open(id session.ID, visible bool) *page {
	h.Helper()
	p := &page{now: h.router.now, visible: visible}
	sub, _, err := h.node.Subscribe(h.Context(), id, session.Position{}, p)
	h.must(err)
	h.Cleanup(sub.Close)
	sub.Start()
	h.must(h.router.Active(h.Context(), "demo", id))
	return p
}

// wait lets time pass from one timer to the next; a visible page says that it shows a warning.
func (h *house) wait(d time.Duration, id session.ID, pages ...*page) {
	h.Helper()
	due := "yj:" + rdb.Tag(rdb.PartitionOf(string(id))) + ":due"
	for end := h.ms.Load() + d.Milliseconds(); h.ms.Load() < end; {
		// The first member is the mark of a partition that lives.
		next, err := h.db.Client.ZRangeWithScores(h.Context(), due, 1, 1).Result()
		h.must(err)
		at := end
		if len(next) > 0 {
			at = min(end, max(int64(next[0].Score), h.ms.Load()+1))
		}
		h.ms.Store(at)
		if h.anyDue() {
			h.must(h.timers.RunOnce(h.Context()))
		}
		for _, p := range pages {
			if p.visible && p.last.Warn {
				h.must(h.router.WarningSeen(h.Context(), "demo", id))
			}
		}
	}
}

func (h *house) says(id session.ID, client string) {
	h.Helper()
	_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: client, Text: "When is it sent?"})
	h.must(err)
	h.must(h.router.turn(h.Context(), id))
}

func (h *house) ownedBy(id session.ID, want session.Owner) {
	h.Helper()
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	if s.Owner != want {
		h.Errorf("after %s of quiet it is %s, want %s", h.router.now().Sub(s.Since()), s.Owner, want)
	}
}

func TestInvariant8NoSessionEndsForSilenceByDefault(t *testing.T) {
	t.Parallel()
	h := newHouse(t, rdbtest.Memory(t))
	id := h.begin()
	p := h.open(id, true)
	h.says(id, "q")
	h.wait(3*time.Hour, id, p)
	h.ownedBy(id, session.Bot)
	if p.told > 0 {
		t.Errorf("the page was told %+v", p.last)
	}
	h.must(h.router.Extend(h.Context(), "demo", id))
	if p.last.Warn || p.last.Left != 0 {
		t.Errorf("extend was answered with %+v, want never", p.last)
	}
}

func TestW16AQuietSessionIsWarnedAndEndsAfterTwentyMinutesAndNotBefore(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	id := h.begin()
	p, hidden := h.open(id, true), h.open(id, false)
	h.says(id, "q")
	said := h.router.now()
	h.wait(19*time.Minute-5*time.Second, id, p)
	if p.told > 0 {
		t.Errorf("warned after %s: %+v", p.warned.Sub(said), p.last)
	}
	h.wait(40*time.Second, id, p)
	if !p.last.Warn || p.last.Left <= 0 || p.last.Left > MinIdleWarning || !hidden.last.Warn {
		t.Errorf("told %+v and %+v, want a warning on every page", p.last, hidden.last)
	}
	h.ownedBy(id, session.Bot)
	h.wait(2*time.Minute, id, p)
	h.ownedBy(id, session.Closed)
	end := p.events[len(p.events)-1]
	if end.Body.Reason != ReasonIdle || end.At.Sub(said) < MinIdleEnd || end.At.Sub(p.warned) < MinIdleWarning {
		t.Errorf("%s for %q %s after the last word and %s after the warning", end.Kind, end.Body.Reason,
			end.At.Sub(said), end.At.Sub(p.warned))
	}
	h.says(id, "again")
	h.ownedBy(id, session.Bot)
}

func TestW16OneTapExtendsAsOftenAsTheVisitorLikes(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	id := h.begin()
	p := h.open(id, true)
	h.says(id, "q")
	for n := range 12 {
		h.wait(19*time.Minute+30*time.Second, id, p)
		if !p.last.Warn {
			t.Fatalf("no warning before extension %d", n+1)
		}
		h.must(h.router.Extend(h.Context(), "demo", id))
		if p.last.Warn || p.last.Left != MinIdleEnd {
			t.Fatalf("extension %d was answered with %+v", n+1, p.last)
		}
	}
	h.ownedBy(id, session.Bot)
	h.wait(21*time.Minute, id, p)
	h.ownedBy(id, session.Closed)
}

func TestInvariant8TypingAndComposingCountAsActivity(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	id := h.begin()
	p := h.open(id, true)
	h.says(id, "q")
	for range 20 { // one long message, five hours of it
		h.wait(15*time.Minute, id, p)
		h.must(h.router.Active(h.Context(), "demo", id))
	}
	h.ownedBy(id, session.Bot)
	if p.told > 0 {
		t.Errorf("a typing visitor was told %+v", p.last)
	}
	h.wait(19*time.Minute+30*time.Second, id, p)
	h.must(h.router.Active(h.Context(), "demo", id)) // typing again, under the warning
	if p.last.Warn {
		t.Error("the warning stands although the visitor types")
	}
	h.wait(18*time.Minute, id, p)
	h.ownedBy(id, session.Bot)
}

func TestInvariant8ASessionWhoseWarningNobodyCouldSeeDoesNotEnd(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	id := h.begin()
	hidden := h.open(id, false)
	h.says(id, "q")
	h.wait(5*time.Hour, id, hidden)
	h.ownedBy(id, session.Bot)
	hidden.visible = true // the visitor looks: the whole warning is still to come
	looked := h.router.now()
	h.wait(55*time.Second, id, hidden)
	h.ownedBy(id, session.Bot)
	h.wait(6*time.Minute, id, hidden)
	h.ownedBy(id, session.Closed)
	if end := hidden.events[len(hidden.events)-1].At; end.Sub(looked) < MinIdleWarning {
		t.Errorf("it ended %s after the visitor looked", end.Sub(looked))
	}

	away := h.begin()
	h.says(away, "q")
	h.wait(23*time.Hour, away)
	h.ownedBy(away, session.Bot)
	h.wait(2*time.Hour, away)
	h.ownedBy(away, session.Closed)
}

func TestInvariant5SilenceEndsNoPlaceInLine(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	id := h.begin()
	p := h.open(id, true)
	h.says(id, "q")
	h.wait(19*time.Minute+20*time.Second, id, p)
	h.must(h.router.Human(h.Context(), id, "tap")) // under the warning
	if p.last.Warn {
		t.Error("the warning stands in line")
	}
	h.wait(45*time.Minute, id, p)
	h.ownedBy(id, session.Waiting)
}

func TestInvariant8WithAPersonOnlyTheVisitorsSilenceCounts(t *testing.T) {
	t.Parallel()
	h := quietHouse(t)
	id, err := h.router.Accept(h.Context(), ann, h.offered().ID)
	h.must(err)
	p := h.open(id, true)
	h.wait(45*time.Minute, id, p)
	h.ownedBy(id, session.Human) // nobody has said anything
	_, err = h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: "Are you there?"})
	h.must(err)
	h.wait(45*time.Minute, id, p)
	h.ownedBy(id, session.Human) // the visitor waits for an answer
	_, err = h.router.AgentMessage(h.Context(), id, ann, "a", "Yes.")
	h.must(err)
	h.wait(22*time.Minute, id, p)
	h.ownedBy(id, session.Closed)
}

// TestInvariant8HoldsThroughRandomQuiet plays random pages against random rules and judges every end:
// never within 10 min of input (W16), never in less than the rule's time, never without its warning.
func TestInvariant8HoldsThroughRandomQuiet(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 16))
	ends := 0
	for run := range 5 {
		h := quietHouse(t)
		end := MinIdleEnd + time.Duration(rng.IntN(20))*time.Minute
		rule, err := NewIdle(end, MinIdleWarning+time.Duration(rng.IntN(180))*time.Second)
		h.must(err)
		h.router.idle["demo"] = rule
		ends += randomQuiet(h, rng, rule, fmt.Sprint("q", run))
	}
	if ends == 0 {
		t.Error("nothing ended in any run: the test proves nothing")
	}
}

func randomQuiet(h *house, rng *rand.Rand, rule Idle, client string) (ends int) {
	h.Helper()
	id := h.begin()
	p := h.open(id, true)
	h.says(id, client)
	input := h.router.now()
	for step := range 12 {
		p.visible = rng.IntN(4) > 0
		h.wait(time.Duration(rng.IntN(int(2*rule.end))), id, p)
		if n := len(p.events); n > 0 && p.events[n-1].Body.Reason == ReasonIdle {
			at := p.events[n-1].At
			if at.Sub(input) < rule.end || at.Sub(p.warned) < rule.warning {
				h.Fatalf("rule %+v: ended %s after input, %s after the warning", rule, at.Sub(input), at.Sub(p.warned))
			}
			return 1
		}
		switch rng.IntN(4) {
		case 0:
			h.must(h.router.Extend(h.Context(), "demo", id))
		case 1:
			h.must(h.router.Active(h.Context(), "demo", id))
		case 2:
			h.says(id, fmt.Sprint(client, "-", step))
		case 3:
			continue
		}
		input = h.router.now()
	}
	return 0
}
