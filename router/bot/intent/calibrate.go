package intent

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Calibration holds out one example in heldOut of each intent, at least one where two exist.
const heldOut = 6

// minHeldOut is the number of held-out examples below which a temperature would be a guess.
const minHeldOut = 20

// calibrate trains on a part of the examples and returns the temperature with which the scores of
// the rest become honest chances. The space is shared: it knows no intents.
func (m *Model) calibrate(samples []sample, s shape, seed uint64) float64 {
	train, held := split(samples, s.classes, seed)
	if len(held) < minHeldOut {
		return 1
	}
	part := &Model{intents: m.intents, space: m.space}
	part.learn(train, s, seed)
	work := newScratch(s)
	scores := make([][]float32, len(held))
	for i, h := range held {
		part.rank(h.x, work)
		scores[i] = slices.Clone(work.scores)
	}
	return coolest(scores, held)
}

// split divides the questions of each class at random; hints are for training only.
func split(samples []sample, classes int, seed uint64) (train, held []sample) {
	byClass := make([][]sample, classes)
	for _, s := range samples {
		if s.hint {
			train = append(train, s)
			continue
		}
		byClass[s.class] = append(byClass[s.class], s)
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	for _, ks := range byClass {
		rng.Shuffle(len(ks), func(i, j int) { ks[i], ks[j] = ks[j], ks[i] })
		n := 0
		if len(ks) > 1 {
			n = max(1, len(ks)/heldOut)
		}
		held = append(held, ks[:n]...)
		train = append(train, ks[n:]...)
	}
	return train, held
}

// coolest returns the temperature with the least log-loss, searched on a fine geometric grid.
func coolest(scores [][]float32, held []sample) float64 {
	best, least := 1.0, math.Inf(1)
	for t := 0.25; t < 8; t *= 1.1 {
		var loss float64
		for i, s := range scores {
			loss -= math.Log(max(confidence(s, int(held[i].class), t), 1e-9))
		}
		if loss < least {
			best, least = t, loss
		}
	}
	return best
}

// confidence is the chance of one class under the scores at a temperature.
func confidence(scores []float32, class int, temperature float64) float64 {
	var sum float64
	for _, v := range scores {
		sum += math.Exp(float64(v-scores[class]) / temperature)
	}
	return 1 / sum
}
