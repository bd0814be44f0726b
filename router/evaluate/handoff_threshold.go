package evaluate

import (
	"math"
	"math/rand/v2"

	"yijian/router/evaluate/clues"
)

// steadyF1 is the mean of the best thresholds of bootstrap samples of conversations: the best of one
// sample alone hangs on a few turns.
func steadyF1(all []clues.Talk, scores [][]float64, seed uint64) float64 {
	const samples = 40
	random, sum, found := rand.New(rand.NewPCG(seed, 12)), 0.0, 0.0
	for range samples {
		var cases []scored
		for range all {
			i := random.IntN(len(all))
			cases = append(cases, pair(all[i:i+1], scores[i:i+1])...)
		}
		if at := bestF1(cases); !math.IsInf(at, 0) { // a sample without a label has none
			sum, found = sum+at, found+1
		}
	}
	if found == 0 {
		return math.Inf(1)
	}
	return sum / found
}

// pair puts scores beside labels.
func pair(all []clues.Talk, scores [][]float64) []scored {
	var out []scored
	for i, talk := range all {
		for t, turn := range talk {
			out = append(out, scored{scores[i][t], turn.Label})
		}
	}
	return out
}
