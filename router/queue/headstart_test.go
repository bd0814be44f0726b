package queue_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"yijian/router/queue"
)

func TestAHeadStartIsBoundedByTheWaitsOfTheDeskAndSafetyIsNot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		policy, p95 time.Duration
		uncapped    bool
		want        time.Duration
	}{
		"short waits bound it": {2 * time.Minute, 4 * time.Minute, false, time.Minute},
		"long waits do not":    {2 * time.Minute, time.Hour, false, 2 * time.Minute},
		"nobody waits":         {2 * time.Minute, 0, false, 0},
		"safety":               {10 * time.Minute, 0, true, 10 * time.Minute},
		"a mistake":            {-time.Minute, time.Hour, false, 0},
	} {
		if got := queue.HeadStart(c.policy, c.p95, c.uncapped); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestTheP95OfTheDeskIsThatOfTheLastHalfHour(t *testing.T) {
	t.Parallel()
	var w queue.Waits
	if got := w.P95(start); got != 0 {
		t.Errorf("nobody was served: got %v, want 0", got)
	}
	for i := range 100 {
		w.Add(start, time.Duration(i+1)*time.Second)
	}
	near(t, w.P95(start), 95*time.Second)
	near(t, w.P95(start.Add(28*time.Minute)), 95*time.Second)
	w.Add(start.Add(28*time.Minute), 10*time.Minute)
	near(t, w.P95(start.Add(31*time.Minute)), 10*time.Minute)
	if got := w.P95(start.Add(2 * time.Hour)); got != 0 {
		t.Errorf("after two quiet hours: got %v, want 0", got)
	}
	// A clock that steps back loses nothing and counts as now.
	w.Add(start, time.Minute)
	near(t, w.P95(start.Add(2*time.Hour)), time.Minute)
}

// TestTheP95IsThatOfASortedList compares with the exact one over a random hour.
func TestTheP95IsThatOfASortedList(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 6))
	type wait struct{ minute, length time.Duration }
	var w queue.Waits
	var seen []wait
	base := start.Truncate(time.Minute)
	for minute := time.Duration(0); minute < time.Hour; minute += time.Minute {
		for range rng.IntN(20) {
			x := wait{minute, time.Duration(rng.ExpFloat64() * float64(3*time.Minute))}
			seen = append(seen, x)
			w.Add(base.Add(minute), x.length)
		}
		var recent []time.Duration
		for _, x := range seen {
			if x.minute > minute-30*time.Minute {
				recent = append(recent, x.length)
			}
		}
		if len(recent) == 0 {
			continue
		}
		slices.Sort(recent)
		near(t, w.P95(base.Add(minute)), recent[(len(recent)*95+99)/100-1])
	}
}

// near allows what the estimate rounds down by.
func near(t *testing.T, got, want time.Duration) {
	t.Helper()
	if got > want || float64(got) < float64(want)/1.06-float64(time.Second) {
		t.Errorf("got %v, want %v or up to a twentieth less", got, want)
	}
}
