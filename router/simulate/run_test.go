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

// erlangC is the mean wait of M/M/c, in units of the mean handle time.
func erlangC(c int, rho float64) float64 {
	a := float64(c) * rho
	blocking := 1.0
	for k := 1; k <= c; k++ {
		blocking = a * blocking / (float64(k) + a*blocking)
	}
	mustWait := blocking / (1 - rho*(1-blocking))
	return mustWait / (float64(c) * (1 - rho))
}

func steady(agents int, rho float64) simulate.Config {
	return simulate.Config{
		Seed: 20260302, Agents: agents, Capacity: 1, PerHour: float64(agents) * rho * 12,
		Handle: 5 * time.Minute, Tickets: 200_000, WarmUp: 5_000,
	}
}

func TestTheMeanWaitIsThatOfErlangC(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		agents int
		rho    float64
	}{{1, 0.5}, {5, 0.7}, {20, 0.85}} {
		got, err := simulate.Run(steady(c.agents, c.rho))
		if err != nil {
			t.Fatal(err)
		}
		want := erlangC(c.agents, c.rho) * (5 * time.Minute).Seconds()
		off := got.Mean.Seconds()/want - 1
		t.Logf("c=%d rho=%.2f: mean wait %.2f s, theory %.2f s, %+.1f %%", c.agents, c.rho, got.Mean.Seconds(), want, off*100)
		if math.Abs(off) > 0.05 {
			t.Errorf("c=%d rho=%.2f: got %.2f s, want %.2f s ± 5 %%", c.agents, c.rho, got.Mean.Seconds(), want)
		}
		if math.Abs(got.Utilisation-c.rho) > 0.02 {
			t.Errorf("c=%d: got utilisation %.3f, want %.2f", c.agents, got.Utilisation, c.rho)
		}
	}
}

func TestADayIsTheSameEveryTimeItIsPlayed(t *testing.T) {
	t.Parallel()
	c := simulate.Config{Seed: 7, Agents: 4, Capacity: 2, PerHour: 80, Handle: 6 * time.Minute, For: 8 * time.Hour}
	first, err := simulate.Run(c)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := simulate.Run(c)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the same day twice (-first +again):\n%s", diff)
	}
	c.Seed++
	if other, _ := simulate.Run(c); other == first {
		t.Error("another seed gave the same day")
	}
}

func TestMoreAgentsNeverMakeTheSameVisitorsWaitLonger(t *testing.T) {
	t.Parallel()
	c := simulate.Config{Seed: 7, Capacity: 1, PerHour: 100, Handle: 5 * time.Minute, For: 8 * time.Hour}
	last := simulate.Report{P95: math.MaxInt64}
	for c.Agents = 7; c.Agents < 16; c.Agents++ {
		got, err := simulate.Run(c)
		if err != nil {
			t.Fatal(err)
		}
		if got.P95 > last.P95 {
			t.Errorf("%d agents: p95 %v, with one fewer %v", c.Agents, got.P95, last.P95)
		}
		last = got
	}
}

func TestEverybodyIsServedWhateverTheStrategy(t *testing.T) {
	t.Parallel()
	for name, strategy := range map[string]queue.Strategy{"default": nil, "least loaded": queue.LeastLoaded} {
		c := simulate.Config{Seed: 3, Agents: 3, Capacity: 3, PerHour: 400, Handle: 2 * time.Minute, Tickets: 3_000, Strategy: strategy}
		got, err := simulate.Run(c)
		if err != nil {
			t.Fatal(err)
		}
		if got.Served != 3_000 || got.Utilisation > 1 {
			t.Errorf("%s: got %+v, want 3000 served and a utilisation of at most 1", name, got)
		}
	}
}

func TestADayThatCannotBePlayedSaysWhatToChange(t *testing.T) {
	t.Parallel()
	good := steady(1, 0.5)
	for name, change := range map[string]func(*simulate.Config){
		"no agents":             func(c *simulate.Config) { c.Agents = 0 },
		"negative capacity":     func(c *simulate.Config) { c.Capacity = -1 },
		"no arrivals":           func(c *simulate.Config) { c.PerHour = 0 },
		"arrivals not a number": func(c *simulate.Config) { c.PerHour = math.NaN() },
		"endless arrivals":      func(c *simulate.Config) { c.PerHour = math.Inf(1) },
		"no handle time":        func(c *simulate.Config) { c.Handle = 0 },
		"no end":                func(c *simulate.Config) { c.Tickets = 0 },
		"negative length":       func(c *simulate.Config) { c.For = -time.Hour },
	} {
		c := good
		change(&c)
		if _, err := simulate.Run(c); !errors.Is(err, simulate.ErrInvalid) {
			t.Errorf("%s: got %v, want ErrInvalid", name, err)
		}
	}
}

func TestTheReportIsReadable(t *testing.T) {
	t.Parallel()
	r := simulate.Report{
		Served: 812, Measured: 800, Mean: 42 * time.Second, P50: 31 * time.Second, P95: 125 * time.Second,
		P99: 201500 * time.Millisecond, Longest: 5 * time.Minute, Waited: 0.613, Utilisation: 0.874, Length: 8 * time.Hour,
	}
	var out strings.Builder
	if err := r.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	want := `served        812 (800 measured)
wait p50      31.0 s
wait p95      125.0 s
wait p99      201.5 s
wait longest  300.0 s
wait mean     42.0 s
had to wait   61.3 %
utilisation   87.4 %
day           8h0m0s
`
	if diff := cmp.Diff(out.String(), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func BenchmarkAVirtualDay(b *testing.B) {
	c := steady(20, 0.85)
	for b.Loop() {
		if _, err := simulate.Run(c); err != nil {
			b.Fatal(err)
		}
	}
}
