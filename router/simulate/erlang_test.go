package simulate_test

import (
	"flag"
	"fmt"
	"math"
	"testing"
	"time"

	"yijian/router/simulate"
)

// long asks for the full number of visitors: make erlang and make fairness.
var long = flag.Int("tickets", 0, "visitors of each case of the long forms of these tests; 0 for the short form")

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

// steady is M/M/c.
func steady(agents int, rho float64, tickets int) simulate.Config {
	return simulate.Config{
		Seed: 20260302, Tickets: tickets, WarmUp: tickets / 50, Shifts: []simulate.Shift{simulate.AllDay(agents, 1)},
		Streams: []simulate.Stream{{
			Queue: "general", PerHour: float64(agents) * rho * 12, Handle: simulate.Lengths{Mean: 5 * time.Minute},
		}},
	}
}

// TestTheMeanWaitIsThatOfErlangC allows 2 % or three standard errors, and 1 % from ten million on,
// but for a desk where so few wait that chance alone moves their mean by more than that.
func TestTheMeanWaitIsThatOfErlangC(t *testing.T) {
	t.Parallel()
	tickets := max(*long, 30_000)
	allowed := 0.02
	if tickets >= 10_000_000 {
		allowed = 0.01
	}
	for _, c := range []int{1, 5, 20} {
		for _, rho := range []float64{0.5, 0.7, 0.85} {
			t.Run(fmt.Sprintf("c=%d rho=%.2f", c, rho), func(t *testing.T) {
				t.Parallel()
				begun := time.Now()
				got := run(t, steady(c, rho, tickets))
				want := erlangC(c, rho) * 300
				mean, sigma := time.Duration(got.All.Mean).Seconds(), time.Duration(got.MeanError).Seconds()
				off := mean/want - 1
				t.Logf("mean wait %.3f s, theory %.3f s: %+.2f %%, %+.1f standard errors, %.1f s of work",
					mean, want, off*100, (mean-want)/sigma, time.Since(begun).Seconds())
				blind := tickets < 10_000_000 || sigma > 0.01*want
				if math.Abs(off) > allowed && !(blind && math.Abs(mean-want) <= 3*sigma) {
					t.Errorf("got a mean wait of %.3f s, want %.3f s", mean, want)
				}
				if math.Abs(got.Utilisation-rho) > 0.03 {
					t.Errorf("got utilisation %.3f, want %.2f", got.Utilisation, rho)
				}
			})
		}
	}
}
