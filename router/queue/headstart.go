package queue

import (
	"math"
	"time"
)

// HeadStartShare is how much of the desk's p95 wait a head start may take, so that those without one
// wait little longer (DESIGN §5).
const HeadStartShare = 0.25

// HeadStart is what a policy's head start comes to at a desk whose p95 wait is p95. An incident of
// safety is uncapped: money may be leaving an account while its owner waits.
func HeadStart(policy, p95 time.Duration, uncapped bool) time.Duration {
	if uncapped {
		return max(0, policy)
	}
	return max(0, min(policy, time.Duration(HeadStartShare*float64(p95))))
}

const (
	// waitWindow is how far back Waits looks, in steps of waitStep.
	waitWindow = 30
	waitStep   = time.Minute
	// waitBins are the sizes of waits that are told apart, each waitGrowth times the one before; the
	// first ends at a second and the last is open.
	waitBins   = 256
	waitGrowth = 1.05
)

// Waits knows the p95 wait of a desk over the last 30 minutes, to within one part in twenty and never
// above the truth, in a fixed amount of memory. The zero value has seen nothing. It is a value: two
// desks that add the same waits know the same.
type Waits struct {
	bins  [waitWindow][waitBins]uint32
	total [waitBins]uint32
	count uint32
	// step is the minute that was added to last, counted from 1970.
	step int64
}

// Add notes that somebody who waited so long was served now. Time does not run backwards: what comes
// late counts as now.
func (w *Waits) Add(now time.Time, wait time.Duration) {
	w.forget(now)
	bin := waitBin(wait)
	w.bins[w.step%waitWindow][bin]++
	w.total[bin]++
	w.count++
}

// P95 is the wait that 95 % did not exceed; 0 if nobody was served in the window.
func (w *Waits) P95(now time.Time) time.Duration {
	w.forget(now)
	if w.count == 0 {
		return 0
	}
	above := w.count - uint32(math.Ceil(0.95*float64(w.count)))
	bin := waitBins - 1
	for seen := w.total[bin]; seen <= above && bin > 0; seen += w.total[bin] {
		bin--
	}
	return waitOf(bin)
}

// forget drops the minutes that have left the window.
func (w *Waits) forget(now time.Time) {
	step := max(0, now.Unix()/int64(waitStep.Seconds()))
	for s := max(w.step+1, step-waitWindow+1); s <= step; s++ {
		old := &w.bins[s%waitWindow]
		for bin, n := range old {
			w.total[bin] -= n
			w.count -= n
		}
		*old = [waitBins]uint32{}
	}
	w.step = max(w.step, step)
}

func waitBin(wait time.Duration) int {
	if wait < time.Second {
		return 0
	}
	return min(waitBins-1, 1+int(math.Log(wait.Seconds())/math.Log(waitGrowth)))
}

// waitOf is the shortest wait of a bin.
func waitOf(bin int) time.Duration {
	if bin == 0 {
		return 0
	}
	return time.Duration(math.Pow(waitGrowth, float64(bin-1)) * float64(time.Second))
}
