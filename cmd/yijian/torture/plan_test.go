package torture

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
	"yijian/web/wire"
)

func TestOneSeedIsOnePlan(t *testing.T) {
	t.Parallel()
	seed, seen := rand.Uint64(), map[manner]bool{}
	for n := range 500 {
		p := newPlan(seed, n)
		if diff := cmp.Diff(p, newPlan(seed, n), cmp.AllowUnexported(plan{})); diff != "" {
			t.Fatalf("seed %d, visitor %d (-first +second):\n%s", seed, n, diff)
		}
		seen[p.manner] = true
	}
	if len(seen) != 5 {
		t.Errorf("seed %d: 500 visitors came for %d kinds of things, want 5", seed, len(seen))
	}
}

func TestEveryMistakeInTheSettingsIsToldWithTheNextStep(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		cfg  Config
		want string
	}{
		"too short":      {Config{Duration: time.Millisecond}, "at least 1s"},
		"no nodes":       {Config{Nodes: -1}, "1 to 16"},
		"unknown redis":  {Config{Redis: "both"}, "single or cluster"},
		"unknown words":  {Config{Durability: "sure"}, "fast or safe"},
		"safe alone":     {Config{Redis: Single, Durability: history.Safe}, "--redis cluster"},
		"no sessions":    {Config{Sessions: -1}, "at least 1"},
		"huge agents":    {Config{Capacity: 51}, "1 to 50"},
		"faults at once": {Config{Every: time.Millisecond}, "at least 100ms"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.cfg.Bin = "yijian"
			if _, err := c.cfg.withDefaults(); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestARoomKnowsWhatIsUnansweredFromItsEventsAlone(t *testing.T) {
	t.Parallel()
	r, now := &room{}, time.Now()
	events := []wire.Event{
		{Seq: 1, Kind: "message", From: "visitor", ID: "v:q1", Text: "?"},
		{Seq: 2, Kind: "move", Owner: string(session.Waiting)},
		{Seq: 3, Kind: "move", Owner: string(session.Human), Agent: "mei"},
		{Seq: 4, Kind: "message", From: "visitor", ID: "v:t1", Text: "?"},
		{Seq: 5, Kind: "message", From: "agent", ID: "re-q1"},
		{Seq: 6, Kind: "message", From: "visitor", ID: "v:t2", Text: farewell},
	}
	for _, e := range events {
		r.event(e, "mei", now)
		r.event(e, "mei", now) // what comes twice counts once
	}
	want := &room{mine: true, last: 6, touched: now, bye: "t2", open: []question{{"t1", "?", now}, {"t2", farewell, now}}}
	if diff := cmp.Diff(want, r, cmp.AllowUnexported(room{}, question{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
