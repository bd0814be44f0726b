package learn

import (
	"math"
	"math/rand/v2"
)

// ForestOptions tune extremely randomised trees.
type ForestOptions struct {
	Trees   int
	MinLeaf int
	// Tries is how many random cuts a node may choose from.
	Tries int
	Seed  uint64
}

// Forest is the mean of many trees that were each grown on all rows.
type Forest struct{ trees [][]node }

// FitForest grows extremely randomised trees (Geurts, Ernst and Wehenkel 2006): a node takes the
// best of a few cuts drawn at random. With few rows, what is not fitted closely is not fitted wrongly.
func FitForest(rows [][]float64, labels []bool, o ForestOptions) *Forest {
	m, by := &Forest{}, columns(rows)
	for k := range o.Trees {
		g := grower{columns: by, labels: labels, o: o, random: rand.New(rand.NewPCG(o.Seed, uint64(k)+16))}
		all := make([]int32, len(rows))
		for i := range all {
			all[i] = int32(i)
		}
		g.grow(all)
		m.trees = append(m.trees, g.tree)
	}
	return m
}

// columns turns rows on their side: a cut looks at one number of many rows.
func columns(rows [][]float64) [][]float64 {
	if len(rows) == 0 {
		return nil
	}
	out := make([][]float64, len(rows[0]))
	for j := range out {
		out[j] = make([]float64, len(rows))
		for i, row := range rows {
			out[j][i] = row[j]
		}
	}
	return out
}

// Score is the log-odds of the mean share of the class where a row ends up.
func (m *Forest) Score(row []float64) float64 {
	sum := 0.0
	for _, t := range m.trees {
		sum += leaf(t, row)
	}
	return Logit(sum / float64(max(len(m.trees), 1)))
}

// grower is one tree in the making.
type grower struct {
	columns [][]float64
	labels  []bool
	o       ForestOptions
	random  *rand.Rand
	tree    []node
}

// prior is how much of a row's weight a leaf gives to a fifth of its rows being of the class, so
// that a small pure leaf is not certain.
const prior = .2

// grow makes the node of some rows and all below it, and answers where it is.
func (g *grower) grow(rows []int32) int {
	at, of := len(g.tree), g.count(rows)
	g.tree = append(g.tree, node{value: (of + prior) / (float64(len(rows)) + 1)})
	if of == 0 || int(of) == len(rows) || len(rows) < 2*g.o.MinLeaf {
		return at
	}
	feature, cut, ok := g.draw(rows, of)
	if !ok {
		return at
	}
	left, right := make([]int32, 0, len(rows)), make([]int32, 0, len(rows))
	for _, i := range rows {
		if g.columns[feature][i] <= cut {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	l, r := g.grow(left), g.grow(right)
	n := &g.tree[at]
	n.feature, n.cut, n.left, n.right = feature, cut, l, r
	return at
}

func (g *grower) count(rows []int32) float64 {
	n := 0
	for _, i := range rows {
		if g.labels[i] {
			n++
		}
	}
	return float64(n)
}

// draw is the cut that parts the classes best among those tried.
func (g *grower) draw(rows []int32, of float64) (feature int, cut float64, ok bool) {
	best := 0.0
	for range g.o.Tries {
		f := g.random.IntN(len(g.columns))
		column := g.columns[f]
		low, high := span(column, rows)
		if low == high {
			continue
		}
		c := low + g.random.Float64()*(high-low)
		n, p := 0.0, 0.0
		for _, i := range rows {
			if column[i] <= c {
				n++
				if g.labels[i] {
					p++
				}
			}
		}
		rest := float64(len(rows)) - n
		if n < float64(g.o.MinLeaf) || rest < float64(g.o.MinLeaf) {
			continue
		}
		if gain := p*p/n + (of-p)*(of-p)/rest; gain > best {
			feature, cut, best, ok = f, c, gain, true
		}
	}
	return feature, cut, ok
}

func span(column []float64, rows []int32) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, i := range rows {
		low, high = min(low, column[i]), max(high, column[i])
	}
	return low, high
}
