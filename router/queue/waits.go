package queue

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"
)

const (
	// waitsFor is how far back the waits of a desk bound its head starts (DESIGN §5).
	waitsFor = 30 * time.Minute
	// waitsKept bounds how many are kept: a 95th percentile does not get better with more.
	waitsKept = 2000
)

// P95 is the wait that 95 % of those who reached a person in the last 30 minutes did not exceed; 0 if
// nobody did. A wait counts from when the desk learned of it: somebody given back waits anew.
func (d *Desk) P95(ctx context.Context, site string) (time.Duration, error) {
	if err := checkName("site", site); err != nil {
		return 0, fmt.Errorf("reading the waits: %w", err)
	}
	r, err := d.run(ctx, waitsScript, []string{keysOf(site).waits()}, waitsFor.Milliseconds())
	if err != nil {
		return 0, fmt.Errorf("reading the waits of %s: %w", site, err)
	}
	waits := make([]time.Duration, len(r))
	for i, ms := range r {
		waits[i] = time.Duration(toInt(ms)) * time.Millisecond
	}
	return p95(waits), nil
}

// p95 is the nearest rank: a wait that somebody really had.
func p95(waits []time.Duration) time.Duration {
	if len(waits) == 0 {
		return 0
	}
	slices.Sort(waits)
	return waits[int(math.Ceil(0.95*float64(len(waits))))-1]
}
