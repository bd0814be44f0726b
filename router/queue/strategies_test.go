package queue_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/queue"
)

func TestEachStrategyChoosesItsOwnSeat(t *testing.T) {
	t.Parallel()
	busy := ready("busy", 4, time.Hour)
	busy.Load = 2
	expert := ready("expert", 2, time.Minute)
	expert.Skills, expert.Load = []queue.Skill{{Queue: "general", Level: 5}}, 1
	taiwan := ready("taiwan", 2, 2*time.Minute)
	taiwan.Langs, taiwan.Load = []string{"zh-TW"}, 1
	known := ready("known", 2, time.Second)
	known.Load = 1
	free := ready("free", 4, 0)
	free.Load = 1
	ticket := at("a", time.Second)
	ticket.Lang, ticket.Preferred, ticket.Since = "zh-TW", "known", start.Add(-time.Hour)
	got := map[string]string{}
	for name, strategy := range queue.Strategies() {
		pairs := queue.Match([]queue.Ticket{ticket}, []queue.Seat{busy, expert, taiwan, known, free}, start, strategy)
		got[name] = pairs[0].Seat.Agent
	}
	want := map[string]string{
		"longest_idle": "busy", "least_loaded": "free", "language": "taiwan", "skill": "expert", "sticky": "known",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("chosen (-want +got):\n%s", diff)
	}
}

func TestAQueueMayHaveAStrategyOfItsOwn(t *testing.T) {
	t.Parallel()
	rules := queue.Rules{"general": {}, "appeals": {Strategy: queue.LeastLoaded}}
	idle, free := ready("idle", 4, time.Hour), ready("free", 8, 0)
	idle.Load, free.Load = 1, 1
	for name, want := range map[string]string{"general": "idle", "appeals": "free"} {
		ticket := at("a", time.Second)
		ticket.Queue = name
		pairs := queue.Match([]queue.Ticket{ticket}, []queue.Seat{idle, free}, start, rules.ByQueue(queue.LongestIdle))
		if pairs[0].Seat.Agent != want {
			t.Errorf("%s: %s, want %s", name, pairs[0].Seat.Agent, want)
		}
	}
	if err := rules.Known("refunds"); err == nil || !slices.Contains(slices.Collect(maps.Keys(rules)), "appeals") {
		t.Error("a queue that is not there is known")
	}
}
