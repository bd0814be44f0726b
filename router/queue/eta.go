package queue

import (
	"math"
	"slices"
	"time"
)

// minHandles is how many conversations must have been seen before they say anything: below it the
// honest answer is "unknown".
const minHandles = 5

// Range is when a turn may come: in half of all cases between From and To, in a quarter before and in
// a quarter after. Known is false when that cannot be said.
type Range struct {
	From, To time.Duration
	Known    bool
}

// Forecast says when the k-th of several running conversations ends, from how long recent ones took.
// It assumes no distribution. The zero value knows nothing. Making one costs tens of microseconds,
// asking it a few.
//
// All servers are taken to be busy (else nobody would wait), each at a random moment of its
// conversation, so the ends of one server's are a renewal process in its steady state. The number of
// ends up to t has the mean c·t/m and a variance that follows from the observed lengths; a line of k
// is served at the k-th end, whose mean and variance follow from those. The range is the quartiles of
// the gamma distribution that has them: exact for exponential lengths, where it is Erlang's.
type Forecast struct {
	// lengths are in means, in order; tails[i] is the sum of those from i on.
	lengths, tails []float64
	mean           float64
	spread         float64
	// variance is that of one server's number of ends up to i·gridStep means.
	variance [gridSize + 1]float64
}

// The grid on which the ends of one server are followed: 8 mean lengths in sixteenths. Beyond it the
// variance grows evenly.
const (
	gridStep = 1.0 / 16
	gridSize = 128
)

// NewForecast learns from recent handle times, in any order.
func NewForecast(handles []time.Duration) *Forecast {
	f := &Forecast{lengths: make([]float64, len(handles)), tails: make([]float64, len(handles)+1)}
	if len(handles) < minHandles {
		return f
	}
	for i, h := range handles {
		f.lengths[i] = max(0, h.Seconds())
		f.mean += f.lengths[i] / float64(len(handles))
	}
	if f.mean <= 0 {
		return f
	}
	slices.Sort(f.lengths)
	for i := len(f.lengths) - 1; i >= 0; i-- {
		f.lengths[i] /= f.mean
		f.tails[i] = f.tails[i+1] + f.lengths[i]
		f.spread += (f.lengths[i] - 1) * (f.lengths[i] - 1) / float64(len(f.lengths)-1)
	}
	f.follow()
	return f
}

// follow computes the variance of one server's ends over time. With h the mean number of ends at each
// step after one that has just begun, and H their sum, it is 2∫H + t − t² for a server that is seen
// at a random moment.
func (f *Forecast) follow() {
	var mass, h [gridSize + 1]float64
	for _, x := range f.lengths {
		// Shared between two steps so that the mean stays what it is.
		at, part := math.Modf(x / gridStep)
		if i := int(at); i < gridSize {
			mass[i] += (1 - part) / float64(len(f.lengths))
			mass[i+1] += part / float64(len(f.lengths))
		}
	}
	var exact [gridSize + 1]float64
	sum, area, last := 0.0, 0.0, 0.0
	for i := range h {
		h[i] = mass[i]
		for j := 1; j <= i; j++ {
			h[i] += mass[j] * h[i-j]
		}
		// Conversations too short for the grid end at once, and others after them.
		h[i] /= max(1-mass[0], gridStep)
		sum += h[i]
		if i > 0 {
			// What lies on a step is spread around it, so half of it is yet to come.
			now := sum - h[i]/2
			area += (last + now) / 2 * gridStep
			t := float64(i) * gridStep
			exact[i], last = 2*area+t-t*t, now
		}
	}
	f.smooth(exact[:])
}

// smooth keeps the variance as its mean over up to one mean length around each moment: that of equal
// conversations swings with every round of them, which the time of the k-th end does not. It never
// sinks, which would put a later place before an earlier one.
func (f *Forecast) smooth(exact []float64) {
	const half = 1 / gridStep / 2
	for i := 1; i <= gridSize; i++ {
		reach := min(i, gridSize-i, half)
		mean := 0.0
		for _, v := range exact[i-reach : i+reach+1] {
			mean += v / float64(2*reach+1)
		}
		f.variance[i] = max(mean, f.variance[i-1], leastDispersion*float64(i)*gridStep)
	}
}

// leastDispersion keeps a forecast from equal conversations from being surer than anybody is.
const leastDispersion = 0.05

// ETA says when the visitor at a position from 1 is served, given how many conversations can run at
// once.
func (f *Forecast) ETA(position, servers int) Range {
	if position < 1 || servers < 1 || f.mean <= 0 {
		return Range{}
	}
	lower, upper := f.first(0.75, servers), f.first(0.25, servers)
	if position > 1 {
		// No end comes before the first, however odd the lengths.
		l, u := f.quartiles(position, servers)
		lower, upper = max(lower, l), max(upper, u)
	}
	from := whole(lower * f.mean)
	return Range{From: from, To: max(whole(upper*f.mean), from, time.Second), Known: true}
}

// whole is what is shown. The nearest second, not the one outside: at a quick desk a second more on
// either side would be half of the range.
func whole(s float64) time.Duration { return time.Duration(math.Round(s)) * time.Second }

// first is by when, in means, the first conversation of c has ended with the chance 1-p: each goes on
// for at least t with the chance E(length-t)+ / m.
func (f *Forecast) first(p float64, servers int) float64 {
	goesOn := math.Pow(p, 1/float64(servers)) * float64(len(f.lengths))
	low, high := 0.0, f.lengths[len(f.lengths)-1]
	for range 40 {
		t := (low + high) / 2
		i, _ := slices.BinarySearch(f.lengths, t)
		if f.tails[i]-t*float64(len(f.lengths)-i) > goesOn {
			low = t
		} else {
			high = t
		}
	}
	return low
}

// quartiles of the k-th end of c conversations, in means.
func (f *Forecast) quartiles(position, servers int) (lower, upper float64) {
	k, c := float64(position), float64(servers)
	ends := c * f.varianceAt(k/c)
	mean := (k + (ends/k-1)/2) / c
	// What is not known about the mean length itself moves all ends alike.
	unsure := f.spread / float64(len(f.lengths))
	variance := ends/(c*c) + mean*mean*unsure
	shape := mean * mean / variance
	// Wilson and Hilferty's cube is right to a hundredth of the distribution for any shape seen here.
	at := func(z float64) float64 {
		return mean * math.Pow(max(0, 1-1/(9*shape)+z/(3*math.Sqrt(shape))), 3)
	}
	return at(-quartile), at(quartile)
}

// quartile is the normal deviate of 75 %.
const quartile = 0.6744897501960817

// varianceAt reads the variance of one server's ends up to t means.
func (f *Forecast) varianceAt(t float64) float64 {
	const end = gridSize * gridStep
	if t >= end {
		return f.variance[gridSize] + max(f.spread, leastDispersion)*(t-end)
	}
	at, part := math.Modf(t / gridStep)
	i := int(at)
	return f.variance[i] + part*(f.variance[i+1]-f.variance[i])
}
