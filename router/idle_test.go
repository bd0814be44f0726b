package router_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"yijian/router"
)

func TestW16TheFloorsOfAnIdleEndAreToldByName(t *testing.T) {
	t.Parallel()
	cases := []struct {
		end, warning time.Duration
		want         string // in the error; empty is allowed
	}{
		{0, 0, ""},
		{0, time.Second, ""},
		{20 * time.Minute, time.Minute, ""},
		{24 * time.Hour, 10 * time.Minute, ""},
		{20*time.Minute - 1, time.Minute, "at least 20m0s"},
		{time.Millisecond, time.Minute, "at least 20m0s"},
		{-time.Hour, time.Minute, "at least 20m0s"},
		{time.Hour, time.Minute - 1, "at least 1m0s"},
		{time.Hour, 0, "at least 1m0s"},
		{time.Hour, -time.Hour, "at least 1m0s"},
		{20 * time.Minute, 11 * time.Minute, "make it shorter"},
	}
	for _, c := range cases {
		rule, err := router.NewIdle(c.end, c.warning)
		switch {
		case c.want == "" && (err != nil || rule.On() != (c.end > 0)):
			t.Errorf("end %s, warning %s: %v, on %v", c.end, c.warning, err, rule.On())
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || rule.On()):
			t.Errorf("end %s, warning %s: %v, want an error that says %q", c.end, c.warning, err, c.want)
		}
	}
}

func TestInvariant8NoSettingUndercutsTheFloors(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 8))
	near := func(at time.Duration) time.Duration { return time.Duration(rng.Int64N(int64(2*at))) - at/8 }
	for range 20_000 {
		end, warning := near(router.MinIdleEnd), near(router.MinIdleWarning)
		rule, err := router.NewIdle(end, warning)
		if err == nil && rule.On() && (end < router.MinIdleEnd || warning < router.MinIdleWarning) {
			t.Fatalf("an idle end of %s after a warning of %s was taken", end, warning)
		}
	}
}
