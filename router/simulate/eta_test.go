package simulate_test

import (
	"math"
	"testing"
	"time"

	"yijian/router/simulate"
)

// etaDays are the desks at which forecasts are held against what came.
func etaDays(tickets int) map[string]simulate.Config {
	lognormal := simulate.Lengths{Shape: simulate.Lognormal, Mean: 5 * time.Minute, CV: 0.8}
	wide := simulate.Lengths{Shape: simulate.Lognormal, Mean: 5 * time.Minute, CV: 1.4}
	out := map[string]simulate.Config{}
	add := func(name string, agents int, rho float64, handle simulate.Lengths) {
		c := steady(agents, rho, tickets)
		c.Streams[0].Handle, c.ETA = handle, true
		out[name] = c
	}
	exponential := steady(1, 0.5, 1).Streams[0].Handle
	add("steady, 1 agent", 1, 0.85, exponential)
	add("steady, 10 agents", 10, 0.9, exponential)
	add("steady, 1 agent, lognormal", 1, 0.85, lognormal)
	add("steady, 10 agents, lognormal", 10, 0.9, lognormal)
	add("steady, 10 agents, long tail", 10, 0.9, wide)
	add("steady, 50 agents, lognormal", 50, 0.95, lognormal)
	for name, handle := range map[string]simulate.Lengths{"exponential": exponential, "lognormal": lognormal, "long tail": wide} {
		c := steady(10, 0.7, 0)
		c.Streams[0].Handle, c.ETA = handle, true
		c.For, c.Days = 10*time.Hour, tickets/900
		c.Streams[0].Bursts = []simulate.Burst{{At: 6 * time.Hour, N: 150, Over: 10 * time.Minute}}
		out["a burst, "+name] = c
	}
	return out
}

// TestHalfOfTheRealWaitsLieInTheRangeThatWasShown holds each tenth of the forecasts, by position. The
// short form holds all of them together: a tenth of it is too few to tell 45 % from 40.
func TestHalfOfTheRealWaitsLieInTheRangeThatWasShown(t *testing.T) {
	t.Parallel()
	for name, c := range etaDays(max(*long, 10_000)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, c).ETA
			t.Logf("%d shown, %.3f inside, width %.2f of the truth", got.Shown, got.Inside, got.WidthRatio)
			if math.Abs(got.Inside-0.5) > 0.05 {
				t.Errorf("%.3f of the waits are inside, want 0.45 to 0.55", got.Inside)
			}
			if got.WidthRatio > 1.3 {
				t.Errorf("the median range is %.2f times the true one, want at most 1.3", got.WidthRatio)
			}
			for _, d := range got.Deciles {
				t.Logf("place %d–%d: %d shown, %.3f inside, width %.2f", d.From, d.To, d.Shown, d.Inside, d.WidthRatio)
				if math.Abs(d.Inside-0.5) > 0.05 && *long > 0 {
					t.Errorf("place %d–%d: %.3f of the waits are inside, want 0.45 to 0.55", d.From, d.To, d.Inside)
				}
			}
		})
	}
}
