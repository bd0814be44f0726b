package intent

import (
	"cmp"
	"math"
	"slices"
)

// Distribution is the calibrated chance of every intent for one sentence; nil for a sentence
// without letters or numbers.
type Distribution []float64

// Overlap is the chance in 0..1 that two sentences ask the same intent.
func (d Distribution) Overlap(of Distribution) float64 {
	sum := 0.0
	for i := range min(len(d), len(of)) {
		sum += d[i] * of[i]
	}
	return min(sum, 1)
}

// Likeliest is the index of the likeliest intent, -1 for none.
func (d Distribution) Likeliest() int {
	best := -1
	for i, p := range d {
		if best < 0 || p > d[best] {
			best = i
		}
	}
	return best
}

// Distribution is what Predict chooses from.
func (m *Model) Distribution(text string) Distribution {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	text = Normalise(text)
	d := make(Distribution, len(m.intents))
	if class, ok := m.exact[text]; ok && class != ambiguous {
		d[class] = 1
		return d
	}
	s.x = m.space.vector(s.x[:0], text, &s.grams)
	if len(s.grams) == 0 {
		return nil
	}
	best, _ := m.rank(s.x, s)
	sum := 0.0
	for i, v := range s.scores {
		d[i] = math.Exp(float64(v-s.scores[best]) / m.temperature)
		sum += d[i]
	}
	for i := range d {
		d[i] /= sum
	}
	return d
}

// Nearest lists at most n intents that a sentence may ask, the likeliest first; none less likely than
// floor in 0..1, and never the empty intent.
func (m *Model) Nearest(text string, n int, floor float64) []string {
	d := m.Distribution(text)
	order := make([]int, 0, len(d))
	for i, p := range d {
		if p >= floor && m.intents[i] != "" {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(d[b], d[a]) })
	var out []string
	for _, i := range order[:min(n, len(order))] {
		out = append(out, m.intents[i])
	}
	return out
}
