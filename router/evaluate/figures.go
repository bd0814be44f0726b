package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Share is a part of a whole with its 95 % Wilson interval.
type Share struct {
	Hits  int     `json:"hits"`
	Of    int     `json:"of"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// z95 is how many standard deviations hold 95 %.
const z95 = 1.959964

// NewShare counts hits among a number of trials.
func NewShare(hits, of int) Share {
	s := Share{Hits: hits, Of: of}
	if of == 0 {
		return s
	}
	n, p := float64(of), float64(hits)/float64(of)
	middle := (p + z95*z95/(2*n)) / (1 + z95*z95/n)
	half := z95 / (1 + z95*z95/n) * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	s.Value, s.Low, s.High = p, max(0, middle-half), min(1, middle+half)
	return s
}

// scored is one case with what a model gave it.
type scored struct {
	score float64
	label bool
}

// auc is the chance that a case of the class scores above one that is not, ties counting half.
func auc(cases []scored) float64 {
	sorted := slices.SortedFunc(slices.Values(cases), func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	var wins, pos, neg float64
	for i := 0; i < len(sorted); {
		var p, n float64
		j := i
		for ; j < len(sorted) && sorted[j].score == sorted[i].score; j++ {
			if sorted[j].label {
				p++
			} else {
				n++
			}
		}
		wins += p*neg + p*n/2
		pos, neg, i = pos+p, neg+n, j
	}
	if pos == 0 || neg == 0 {
		return 0.5
	}
	return wins / (pos * neg)
}

// recallAt is the greatest recall of a threshold with no more false alarms than a share of the others.
func recallAt(cases []scored, alarms float64) float64 {
	sorted := slices.SortedFunc(slices.Values(cases), func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var pos, neg int
	for _, c := range sorted {
		if c.label {
			pos++
		} else {
			neg++
		}
	}
	best, p, n := 0.0, 0, 0
	for i, c := range sorted {
		if c.label {
			p++
		} else {
			n++
		}
		last := i+1 == len(sorted) || sorted[i+1].score != c.score
		if last && float64(n) <= alarms*float64(neg) {
			best = float64(p) / float64(max(pos, 1))
		}
	}
	return best
}

// confusion counts what was predicted against what was so.
type confusion struct{ tp, fp, fn, tn int }

func (c *confusion) add(predicted, label bool) {
	switch {
	case predicted && label:
		c.tp++
	case predicted:
		c.fp++
	case label:
		c.fn++
	default:
		c.tn++
	}
}

func (c confusion) f1() float64 { return harmonic(c.tp, c.fp, c.fn) }

func harmonic(tp, fp, fn int) float64 {
	if tp == 0 {
		return 0
	}
	return 2 * float64(tp) / float64(2*tp+fp+fn)
}
