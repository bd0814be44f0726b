package session_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

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
