package evaluate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Interval is a figure with its 95 % bootstrap interval.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// bootstrap draws units with replacement and takes the middle 95 % of the figures.
func bootstrap(units, rounds int, seed uint64, figure func(drawn []int) []float64) []Interval {
	all := make([]int, units)
	for i := range all {
		all[i] = i
	}
	values := figure(all)
	random := rand.New(rand.NewPCG(seed, 3))
	drawn, columns := make([]int, units), make([][]float64, len(values))
	for range rounds {
		for i := range drawn {
			drawn[i] = random.IntN(units)
		}
		for k, v := range figure(drawn) {
			columns[k] = append(columns[k], v)
		}
	}
	out := make([]Interval, len(values))
	for k, v := range values {
		out[k] = Interval{v, v, v}
		if c := columns[k]; len(c) > 0 {
			slices.Sort(c)
			out[k].Low, out[k].High = c[len(c)*25/1000], c[min(len(c)*975/1000, len(c)-1)]
		}
	}
	return out
}

func (c confusion) macroF1() float64 {
	return (harmonic(c.tp, c.fp, c.fn) + harmonic(c.tn, c.fn, c.fp)) / 2
}

// bestF1 is the threshold of greatest F1: a case is predicted if its score is at least that. It lies
// half way to the next score below, as cases to come will not lie exactly where these do.
func bestF1(cases []scored) float64 {
	sorted := slices.SortedFunc(slices.Values(cases), func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	pos := 0
	for _, c := range sorted {
		if c.label {
			pos++
		}
	}
	best, at, tp := -1.0, math.Inf(1), 0
	for i, c := range sorted {
		if c.label {
			tp++
		}
		if i+1 < len(sorted) && sorted[i+1].score == c.score {
			continue
		}
		if f := harmonic(tp, i+1-tp, pos-tp); f > best {
			best, at = f, c.score
			if i+1 < len(sorted) {
				at = (c.score + sorted[i+1].score) / 2
			}
		}
	}
	return at
}
