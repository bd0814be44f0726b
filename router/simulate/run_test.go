package simulate_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/queue"
	"yijian/router/simulate"
)

// shop is a day of two queues and two languages, with shifts, a profile, a burst and head starts.
func shop() simulate.Config {
	chat := simulate.Lengths{Shape: simulate.Lognormal, Mean: 6 * time.Minute, CV: 0.9}
	profile := make([]float64, 24)
	for h := 9; h < 18; h++ {
		profile[h] = 40
	}
	return simulate.Config{
		Seed: 7, Open: 8 * time.Hour, For: 12 * time.Hour, ETA: true,
		Streams: []simulate.Stream{
			{Queue: "general", Lang: "zh", Profile: profile, Handle: chat, Patience: simulate.Lengths{Mean: 10 * time.Minute}},
			{Queue: "general", Lang: "en", PerHour: 10, Handle: chat},
			{
				Queue: "appeals", Lang: "zh", Reason: "appeal", PerHour: 8, Handle: chat, HeadStart: 3 * time.Minute,
				Bursts: []simulate.Burst{{At: 10 * time.Hour, N: 30, Over: 5 * time.Minute}},
			},
			{Queue: "general", Lang: "zh", Reason: "safety", PerHour: 2, Handle: chat, HeadStart: 10 * time.Minute, Uncapped: true},
		},
		Shifts: []simulate.Shift{
			{Agents: 2, Capacity: 2, From: 8 * time.Hour, To: 17 * time.Hour, Langs: []string{"zh"}},
			{Agents: 1, Capacity: 2, From: 9 * time.Hour, To: 20 * time.Hour, Skills: []string{"appeals"}},
			{Agents: 1, Capacity: 2, From: 12 * time.Hour, To: 2 * time.Hour},
		},
	}
}

func run(t *testing.T, c simulate.Config) simulate.Report {
	t.Helper()
	got, err := simulate.Run(c)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestADayIsTheSameEveryTimeItIsPlayed(t *testing.T) {
	t.Parallel()
	first := run(t, shop())
	if diff := cmp.Diff(first, run(t, shop())); diff != "" {
		t.Errorf("the same day twice (-first +again):\n%s", diff)
	}
	c := shop()
	c.Seed++
	if cmp.Equal(run(t, c), first) {
		t.Error("another seed gave the same day")
	}
}

func TestMoreAgentsNeverMakeTheSameVisitorsWaitLonger(t *testing.T) {
	t.Parallel()
	last := simulate.Span(math.MaxInt64)
	for agents := 7; agents < 16; agents++ {
		c := steady(agents, 0.9, 1_000)
		c.Streams[0].PerHour = 100
		got := run(t, c)
		if got.All.P95 > last {
			t.Errorf("%d agents: p95 %v, with one fewer %v", agents, got.All.P95, last)
		}
		last = got.All.P95
	}
}

func TestInvariant5NobodyIsDroppedWhateverTheDay(t *testing.T) {
	t.Parallel()
	for name, strategy := range map[string]queue.Strategy{"default": nil, "least loaded": queue.LeastLoaded} {
		c := shop()
		c.Strategy, c.Days = strategy, 5
		got := run(t, c)
		if got.Arrived < 5*400 || got.Served != got.Arrived || got.Left != 0 || got.Utilisation > 1 {
			t.Errorf("%s: %d came, %d were served, %d left, utilisation %.2f", name, got.Arrived, got.Served, got.Left, got.Utilisation)
		}
		if got.Streams[0].Abandoned == 0 {
			t.Errorf("%s: nobody's patience ended in the rush", name)
		}
	}
}

func TestVisitorsLeaveOnlyIfTheDayLetsThem(t *testing.T) {
	t.Parallel()
	c := shop()
	stay := run(t, c)
	c.Leave = true
	got := run(t, c)
	if got.Left == 0 || got.Served+got.Left != got.Arrived || got.Arrived != stay.Arrived {
		t.Errorf("%d came (%d when all stay), %d were served, %d left", got.Arrived, stay.Arrived, got.Served, got.Left)
	}
	if got.All.P95 >= stay.All.P95 {
		t.Errorf("p95 %v although some left, %v when all stay", got.All.P95, stay.All.P95)
	}
}

// TestOneVisitorsWayThroughTheDay replays arrivals whose course is plain.
func TestOneVisitorsWayThroughTheDay(t *testing.T) {
	t.Parallel()
	nine := 9 * time.Hour
	talk := simulate.Lengths{Mean: time.Minute}
	for name, c := range map[string]struct {
		replay []simulate.Arrival
		shift  simulate.Shift
		want   []simulate.Span
	}{
		"a free seat takes the first and then the next": {
			[]simulate.Arrival{{At: nine + time.Minute, Queue: "a", Handle: time.Minute}, {At: nine, Queue: "a", Handle: 5 * time.Minute}},
			simulate.AllDay(1, 1),
			[]simulate.Span{0, simulate.Span(4 * time.Minute)},
		},
		"before the shift begins": {
			[]simulate.Arrival{{At: nine - 10*time.Minute, Queue: "a", Handle: time.Minute}},
			simulate.Shift{Agents: 1, Capacity: 1, From: nine, To: 10 * time.Hour},
			[]simulate.Span{simulate.Span(10 * time.Minute)},
		},
		"after it ended, the next day": {
			[]simulate.Arrival{{At: 22 * time.Hour, Queue: "a", Handle: time.Minute}},
			simulate.Shift{Agents: 1, Capacity: 1, From: nine, To: 10 * time.Hour},
			[]simulate.Span{simulate.Span(11 * time.Hour)},
		},
		"who does not suit waits for the line to widen": {
			[]simulate.Arrival{{At: nine, Queue: "a", Lang: "en", Handle: time.Minute}},
			simulate.Shift{Agents: 1, Capacity: 1, To: 24 * time.Hour, Langs: []string{"zh"}},
			[]simulate.Span{simulate.Span(queue.WidenAfter)},
		},
	} {
		got := run(t, simulate.Config{
			Replay: c.replay, Shifts: []simulate.Shift{c.shift}, Streams: []simulate.Stream{{Queue: "a", Handle: talk}},
		})
		have := []simulate.Span{got.All.P50, got.All.Longest}
		if diff := cmp.Diff(have, []simulate.Span{c.want[0], c.want[len(c.want)-1]}); diff != "" {
			t.Errorf("%s: p50 and longest (-got +want):\n%s", name, diff)
		}
	}
}

func TestTheFrontsOfSeveralLinesAreServedAsOneLineIs(t *testing.T) {
	t.Parallel()
	c := shop()
	for i := range c.Shifts {
		c.Shifts[i].Skills, c.Shifts[i].Langs = nil, nil
	}
	for i := range c.Streams {
		c.Streams[i].HeadStart = 0
	}
	many := run(t, c)
	// The same visitors in one line: with seats that take all, the number of lines changes nothing.
	for i := range c.Streams {
		c.Streams[i].Queue, c.Streams[i].Lang = "one", ""
	}
	one := run(t, c)
	if diff := cmp.Diff(many.All, one.All); diff != "" {
		t.Errorf("several lines and one (-several +one):\n%s", diff)
	}
}

func TestADayThatCannotBePlayedSaysWhatToChange(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*simulate.Config)
		says   string
	}{
		"no agents":             {func(c *simulate.Config) { c.Shifts[0].Agents = 0 }, "at least 1"},
		"negative capacity":     {func(c *simulate.Config) { c.Shifts[0].Capacity = -1 }, "at least 1"},
		"no shift":              {func(c *simulate.Config) { c.Shifts = nil }, "at least one shift"},
		"never opens":           {func(c *simulate.Config) { c.Shifts[0].To = c.Shifts[0].From }, "never opens"},
		"no such time of day":   {func(c *simulate.Config) { c.Shifts[0].From = 25 * time.Hour }, "times of day"},
		"unknown queue":         {func(c *simulate.Config) { c.Shifts[0].Skills = []string{"sales"} }, `unknown queue "sales"`},
		"queue without agents":  {func(c *simulate.Config) { c.Shifts = c.Shifts[1:2] }, `nobody serves the queue "general"`},
		"negative arrivals":     {func(c *simulate.Config) { c.Streams[1].PerHour = -1 }, "arrivals an hour"},
		"arrivals not a number": {func(c *simulate.Config) { c.Streams[1].PerHour = math.NaN() }, "arrivals an hour"},
		"endless arrivals":      {func(c *simulate.Config) { c.Streams[1].PerHour = math.Inf(1) }, "arrivals an hour"},
		"half a profile":        {func(c *simulate.Config) { c.Streams[0].Profile = make([]float64, 12) }, "profile of 12"},
		"nobody comes": {func(c *simulate.Config) {
			c.Streams, c.Shifts = []simulate.Stream{{Queue: "general", Handle: c.Streams[0].Handle}}, c.Shifts[:1]
		}, "nobody comes"},
		"no stream":           {func(c *simulate.Config) { c.Streams = nil }, "nobody comes"},
		"no handle time":      {func(c *simulate.Config) { c.Streams[0].Handle.Mean = 0 }, "a conversation of 0s"},
		"no spread":           {func(c *simulate.Config) { c.Streams[0].Handle.CV = 0 }, "spreads by 0"},
		"unknown shape":       {func(c *simulate.Config) { c.Streams[0].Handle.Shape = "normal" }, "lognormal"},
		"negative patience":   {func(c *simulate.Config) { c.Streams[0].Patience.Mean = -1 }, "a patience"},
		"an empty burst":      {func(c *simulate.Config) { c.Streams[2].Bursts[0].N = 0 }, "a burst of 0"},
		"negative head start": {func(c *simulate.Config) { c.Streams[2].HeadStart = -1 }, "head start"},
		"no end":              {func(c *simulate.Config) { c.For = 0 }, "never ends"},
		"negative length":     {func(c *simulate.Config) { c.For = -time.Hour }, "negative"},
		"opens tomorrow":      {func(c *simulate.Config) { c.Open = 24 * time.Hour }, "time of day"},
		"before time":         {func(c *simulate.Config) { c.Replay = []simulate.Arrival{{At: -1}} }, "visitor 1"},
	} {
		day := shop()
		c.change(&day)
		_, err := simulate.Run(day)
		if !errors.Is(err, simulate.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want ErrInvalid that says %q", name, err, c.says)
		}
	}
}

func BenchmarkAHundredThousandVisitors(b *testing.B) {
	c := steady(20, 0.85, 100_000)
	for b.Loop() {
		if _, err := simulate.Run(c); err != nil {
			b.Fatal(err)
		}
	}
}
