package evaluate

import "math"

// rounds is how many bootstrap samples of conversations make an interval.
const rounds = 500

// measure takes the figures over conversations, drawn again for the intervals.
func (r *HandoffReport) measure(all [][]found, seed uint64) {
	values := bootstrap(len(all), rounds, seed, func(drawn []int) []float64 {
		var c confusion
		var cases []scored
		var gt [3]float64
		for _, i := range drawn {
			for _, f := range all[i] {
				c.add(f.predicted, f.label)
				cases = append(cases, f.scored)
			}
			for k := range gt {
				gt[k] += golden(all[i], float64(k+1)) / float64(len(drawn))
			}
		}
		return []float64{c.f1(), c.macroF1(), gt[0], gt[1], gt[2], auc(cases)}
	})
	r.F1, r.MacroF1, r.GT1, r.GT2, r.GT3, r.AUC = values[0], values[1], values[2], values[3], values[4], values[5]
	for _, d := range all {
		r.Turns += len(d)
		for _, f := range d {
			if f.label {
				r.Labels++
			}
		}
	}
}

// golden is the golden transfer within tolerance: how near predicted turns are to labelled ones.
func golden(turns []found, tolerance float64) float64 {
	sum, predicted, labelled := 0.0, 0, 0
	for q := range turns {
		if turns[q].label {
			labelled++
		}
	}
	for p := range turns {
		if !turns[p].predicted {
			continue
		}
		predicted++
		best := 0.0
		for q := range turns {
			if turns[q].label {
				best = max(best, math.Exp(-float64((p-q)*(p-q))/(2*tolerance*tolerance)))
			}
		}
		sum += best
	}
	switch {
	case predicted == 0 && labelled == 0:
		return 1
	case predicted == 0 || labelled == 0:
		return 0
	}
	return sum / float64(predicted)
}
