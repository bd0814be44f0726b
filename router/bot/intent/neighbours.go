package intent

// Close calls among the likeliest intents are settled by their nearest examples.
const (
	contenders = 5   // intents whose examples are compared
	nearest    = 3   // examples of each that count
	likeness   = 5.0 // score that full likeness adds
)

// neighbours keeps the examples of each intent for comparison.
type neighbours struct {
	byClass [][][]cell
}

func newNeighbours(samples []sample, classes int) neighbours {
	n := neighbours{byClass: make([][][]cell, classes)}
	for _, s := range samples {
		if !s.hint {
			n.byClass[s.class] = append(n.byClass[s.class], s.x)
		}
	}
	return n
}

// scratch is the memory of one prediction.
type scratch struct {
	x      []cell
	grams  []gram
	scores []float32
	top    []int
	// wide is x written out over all dimensions; all zero between uses.
	wide []float32
}

func newScratch(s shape) *scratch {
	return &scratch{scores: make([]float32, s.classes), wide: make([]float32, s.dims)}
}

// rank scores all intents for x into s.scores and returns the best one and its likeness to x.
func (m *Model) rank(x []cell, s *scratch) (best int, similarity float64) {
	m.softmax.scores(x, s.scores)
	s.top = highest(s.top[:0], s.scores, contenders)
	for _, f := range x {
		s.wide[f.id] = f.weight
	}
	best = -1
	for _, c := range s.top {
		one, few := m.examples.near(c, s.wide)
		s.scores[c] += likeness * few
		if best < 0 || s.scores[c] > s.scores[best] {
			best, similarity = c, float64(one)
		}
	}
	for _, f := range x {
		s.wide[f.id] = 0
	}
	return best, min(max(similarity, 0), 1)
}

// near returns the likeness of the nearest example of a class, and the mean over the few nearest.
func (n neighbours) near(class int, wide []float32) (one, few float32) {
	var top [nearest]float32
	for _, x := range n.byClass[class] {
		var dot float32
		for _, f := range x {
			dot += f.weight * wide[f.id]
		}
		for i := range top {
			if dot > top[i] {
				dot, top[i] = top[i], dot
			}
		}
	}
	count := min(len(n.byClass[class]), nearest)
	for _, v := range top[:count] {
		few += v / float32(max(count, 1))
	}
	return top[0], few
}

// highest appends the indices of the n highest scores to dst, highest first.
func highest(dst []int, scores []float32, n int) []int {
	for i, v := range scores {
		if len(dst) == n && v <= scores[dst[n-1]] {
			continue
		}
		if len(dst) < n {
			dst = append(dst, i)
		} else {
			dst[n-1] = i
		}
		for j := len(dst) - 1; j > 0 && scores[dst[j]] > scores[dst[j-1]]; j-- {
			dst[j], dst[j-1] = dst[j-1], dst[j]
		}
	}
	return dst
}
