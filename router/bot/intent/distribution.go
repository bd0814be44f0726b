package intent

import "math"

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
