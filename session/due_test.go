package session_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"yijian/session"
)

func armed(t *testing.T, l *session.Log, id session.ID, after time.Duration) {
	t.Helper()
	_, err := l.Append(t.Context(), id, session.Append{
		Drafts: []session.Draft{says("arm", "hello")},
		Timers: []session.Timer{{What: "look", After: after}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestATimerRunsWhenItIsDueAndNotAgainWhenItIsDone(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		var ran atomic.Int32
		timers := session.NewTimers(l, map[string]session.Handler{
			"look": func(context.Context, session.ID) (time.Duration, error) { ran.Add(1); return 0, nil },
		}, zerolog.Nop())
		armed(t, l, born(t, l), time.Minute)
		for i, want := range []int32{0, 1, 1} {
			if err := timers.RunOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := ran.Load(); got != want {
				t.Errorf("look %d: ran %d times, want %d", i, got, want)
			}
			c.pass(2 * time.Minute)
		}
	})
}

func TestATimerWhoseHandlerFailedOrDiedRunsAgain(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		var ran atomic.Int32
		timers := session.NewTimers(l, map[string]session.Handler{
			"look": func(context.Context, session.ID) (time.Duration, error) {
				if ran.Add(1) == 1 {
					return 0, errors.New("the bot is away")
				}
				return 0, nil
			},
		}, zerolog.Nop())
		armed(t, l, born(t, l), 0)
		for range 3 {
			if err := timers.RunOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			c.pass(time.Minute)
		}
		if got := ran.Load(); got != 2 {
			t.Errorf("ran %d times, want 2", got)
		}
	})
}

func TestAHandlerThatWantsToRunAgainDoesSoAtItsTime(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		var ran atomic.Int32
		timers := session.NewTimers(l, map[string]session.Handler{
			"look": func(context.Context, session.ID) (time.Duration, error) { ran.Add(1); return 30 * time.Second, nil },
		}, zerolog.Nop())
		armed(t, l, born(t, l), 0)
		for i, want := range []int32{1, 1, 2} {
			if err := timers.RunOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := ran.Load(); got != want {
				t.Errorf("look %d: ran %d times, want %d", i, got, want)
			}
			c.pass(20 * time.Second)
		}
	})
}

func TestAFailingTimerBacksOffAndIsCountedAsPoisonOnce(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		var runs []int64
		start := c.ms
		timers := session.NewTimers(l, map[string]session.Handler{
			"look": func(context.Context, session.ID) (time.Duration, error) {
				runs = append(runs, c.ms-start)
				return 0, errors.New("never works")
			},
		}, zerolog.Nop())
		reg := prometheus.NewPedanticRegistry()
		timers.Register(reg)
		armed(t, l, born(t, l), 0)
		const look = 4 * time.Second
		for range 450 {
			if err := timers.RunOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			c.pass(look)
		}
		var last int64
		for i, at := range runs[1:] {
			wait := time.Duration(at-runs[i]) * time.Millisecond
			least := min(5*time.Minute, 2*time.Second<<min(i, 10))
			if wait < least || wait > least+least/4+look {
				t.Errorf("try %d came %s after the one before, want %s and a quarter at the most", i+2, wait, least)
			}
			last = at
		}
		if len(runs) < 9 || last < (20*time.Minute).Milliseconds() {
			t.Errorf("%d tries until %d ms, want it never given up", len(runs), last)
		}
		want := map[string]float64{"yijian_timer_failures_total": float64(len(runs)), "yijian_timer_poison_total": 1, "yijian_sessions_revived_total": 0}
		if diff := cmp.Diff(want, counters(t, reg)); diff != "" {
			t.Errorf("metrics (-want +got):\n%s", diff)
		}
	})
}

func TestATimerThatWorksAgainStartsItsBackOffAnew(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		ran := 0
		timers := session.NewTimers(l, map[string]session.Handler{
			"look": func(context.Context, session.ID) (time.Duration, error) {
				if ran++; ran%4 == 0 {
					return time.Second, nil
				}
				return 0, errors.New("away")
			},
		}, zerolog.Nop())
		armed(t, l, born(t, l), 0)
		for range 120 {
			if err := timers.RunOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
			c.pass(time.Second)
		}
		// Four tries take at most 2+4+8 s and their quarters, 20 s with the looks a second apart.
		if ran < 20 {
			t.Errorf("ran %d times in two minutes, want at least 20", ran)
		}
	})
}

func TestAPanicOrAnErrorStopsNoOtherTimer(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		var ran atomic.Int32
		bad := map[session.ID]func() error{}
		timers := session.NewTimers(l, map[string]session.Handler{
			"look": func(_ context.Context, id session.ID) (time.Duration, error) {
				if f := bad[id]; f != nil {
					return 0, f()
				}
				ran.Add(1)
				return 0, nil
			},
		}, zerolog.Nop())
		const good = 40
		for i := range good {
			armed(t, l, born(t, l), 0)
			if i%4 == 0 {
				id := born(t, l)
				bad[id] = func() error { panic("a mistake") }
				armed(t, l, id, 0)
			}
		}
		if err := timers.RunOnce(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := ran.Load(); got != good {
			t.Errorf("%d of %d timers ran beside those that panicked", got, good)
		}
	})
}

// counters sums each metric over its labels.
func counters(t *testing.T, reg *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			out[f.GetName()] += m.GetCounter().GetValue()
		}
	}
	return out
}
