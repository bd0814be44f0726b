package queue

import (
	"math"
	"time"
)

// minHandles is how many conversations must have been seen before their mean says anything: below
// it the honest answer is "unknown".
const minHandles = 5

// Range is when a turn may come: in half of all cases between From and To. Known is false when that
// cannot be said.
type Range struct {
	From, To time.Duration
	Known    bool
}

// ETA says when the visitor at a position is served, given how many conversations can run at once
// and how long recent ones took. All servers are taken to be busy (else nobody would wait), so the
// k-th in line is served at the k-th departure: the sum of k gaps, each exponential with mean
// handle/servers, which is an Erlang distribution. The range is its 25–75 % quantiles.
func ETA(position, servers int, handles []time.Duration) Range {
	if position < 1 || servers < 1 || len(handles) < minHandles {
		return Range{}
	}
	var sum float64
	for _, h := range handles {
		sum += h.Seconds()
	}
	gap := sum / float64(len(handles)) / float64(servers)
	from, to := erlangQuartiles(position)
	return Range{From: seconds(math.Floor(gap * from)), To: seconds(math.Ceil(gap * to)), Known: true}
}

func seconds(s float64) time.Duration { return time.Duration(s) * time.Second }

const (
	// quartile is the normal deviate of 75 %.
	quartile = 0.6744897501960817
	// exactUpTo is the shape up to which quantiles are searched; beyond it Wilson and Hilferty's cube
	// is right to a thousandth.
	exactUpTo = 30
)

// erlangQuartiles returns the 25 % and 75 % quantiles of the sum of k exponentials with mean 1.
func erlangQuartiles(k int) (lower, upper float64) {
	if k > exactUpTo {
		n := float64(k)
		at := func(z float64) float64 { return n * math.Pow(1-1/(9*n)+z/(3*math.Sqrt(n)), 3) }
		return at(-quartile), at(quartile)
	}
	return erlangQuantile(k, 0.25), erlangQuantile(k, 0.75)
}

func erlangQuantile(k int, p float64) float64 {
	low, high := 0.0, float64(k)+10*math.Sqrt(float64(k))
	for range 60 {
		if mid := (low + high) / 2; erlangCDF(k, mid) < p {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// erlangCDF is P(sum of k exponentials ≤ x): one minus the chance of fewer than k Poisson events.
func erlangCDF(k int, x float64) float64 {
	term, fewer := math.Exp(-x), 0.0
	for i := range k {
		fewer += term
		term *= x / float64(i+1)
	}
	return 1 - fewer
}
