package simulate_test

import (
	"fmt"
	"testing"
	"time"

	"yijian/router/simulate"
)

// mixed is M/M/c with 30 % of the visitors given a head start.
func mixed(agents int, rho float64, tickets int, head time.Duration) simulate.Config {
	c := steady(agents, rho, tickets)
	boosted := c.Streams[0]
	boosted.Reason, boosted.HeadStart = "needs_time", head
	boosted.PerHour *= 0.3
	c.Streams[0].PerHour *= 0.7
	c.Streams = append(c.Streams, boosted)
	return c
}

// TestS9AHeadStartCostsOthersAtMostATenthOfTheirP95Wait plays the same visitors with and without head
// starts: the largest of the policy, which only its bound by the desk's own waits holds back.
func TestS9AHeadStartCostsOthersAtMostATenthOfTheirP95Wait(t *testing.T) {
	t.Parallel()
	tickets, allowed := max(*long, 20_000), 0.10
	if *long == 0 {
		// The p95 of so few scatters by as much.
		allowed = 0.12
	}
	for _, agents := range []int{10, 50} {
		for _, rho := range []float64{0.8, 0.9, 0.95} {
			t.Run(fmt.Sprintf("c=%d rho=%.2f", agents, rho), func(t *testing.T) {
				t.Parallel()
				plain := run(t, mixed(agents, rho, tickets, 0))
				headed := run(t, mixed(agents, rho, tickets, 10*time.Minute))
				was, is := plain.Streams[0], headed.Streams[0]
				rise := float64(is.P95)/float64(was.P95) - 1
				t.Logf("p95 of the others %v, was %v: %+.1f %%; of the boosted %v, was %v",
					is.P95, was.P95, rise*100, headed.Streams[1].P95, plain.Streams[1].P95)
				if rise > allowed {
					t.Errorf("the others' p95 wait rises by %.1f %%, want at most 10 %%", rise*100)
				}
				if headed.Streams[1].Mean >= plain.Streams[1].Mean {
					t.Errorf("a head start did not help: mean wait %v, was %v", headed.Streams[1].Mean, plain.Streams[1].Mean)
				}
			})
		}
	}
}
