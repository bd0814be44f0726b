package learn

import (
	"math"
	"math/rand/v2"
	"slices"
)

// BoostOptions tune boosted trees. Depth 1 gives a model that is a sum of bins of single numbers,
// which people can read as points.
type BoostOptions struct {
	Trees   int
	Depth   int
	Rate    float64
	MinLeaf int
	L2      float64
	// Rows and Columns are the shares that each tree sees.
	Rows, Columns float64
	Seed          uint64
}

// Boost is a sum of trees in log-odds.
type Boost struct {
	trees [][]node
	bias  float64
	rate  float64
}

// maxBins is how finely a number is cut.
const maxBins = 64

// booster is training in progress.
type booster struct {
	o      BoostOptions
	cuts   [][]float64
	binned [][]uint8 // by feature, then row
	grad   []float64
	hess   []float64
	random *rand.Rand
}

// FitBoost learns by the second-order method on histograms.
func FitBoost(rows [][]float64, labels []bool, o BoostOptions) *Boost {
	f := newBooster(rows, o)
	n := len(rows)
	positives := 0.0
	for _, l := range labels {
		if l {
			positives++
		}
	}
	m := &Boost{bias: Logit(positives / float64(max(n, 1))), rate: o.Rate}
	scores := make([]float64, n)
	for i := range scores {
		scores[i] = m.bias
	}
	for range o.Trees {
		for i, z := range scores {
			p := Sigmoid(z)
			f.grad[i], f.hess[i] = p, p*(1-p)
			if labels[i] {
				f.grad[i]--
			}
		}
		tree := f.grow()
		m.trees = append(m.trees, tree)
		for i, row := range rows {
			scores[i] += o.Rate * leaf(tree, row)
		}
	}
	return m
}

// Score is the log-odds of a row.
func (m *Boost) Score(row []float64) float64 {
	z := m.bias
	for _, t := range m.trees {
		z += m.rate * leaf(t, row)
	}
	return z
}

func newBooster(rows [][]float64, o BoostOptions) *booster {
	f := &booster{o: o, grad: make([]float64, len(rows)), hess: make([]float64, len(rows))}
	f.random = rand.New(rand.NewPCG(o.Seed, 2))
	width := 0
	if len(rows) > 0 {
		width = len(rows[0])
	}
	for j := range width {
		column := make([]float64, len(rows))
		for i, r := range rows {
			column[i] = r[j]
		}
		cuts := quantiles(column)
		binned := make([]uint8, len(rows))
		for i, v := range column {
			at, _ := slices.BinarySearch(cuts, v)
			binned[i] = uint8(at)
		}
		f.cuts, f.binned = append(f.cuts, cuts), append(f.binned, binned)
	}
	return f
}

// quantiles are at most maxBins-1 different cuts of a column; a value goes left of a cut it equals.
func quantiles(column []float64) []float64 {
	sorted := slices.Sorted(slices.Values(column))
	distinct := slices.Compact(slices.Clone(sorted))
	if len(distinct) <= maxBins {
		return distinct[:max(len(distinct)-1, 0)]
	}
	var cuts []float64
	for k := 1; k < maxBins; k++ {
		cuts = append(cuts, sorted[k*len(sorted)/maxBins])
	}
	return slices.Compact(cuts)
}

// grow makes one tree on a sample of rows and columns.
func (f *booster) grow() []node {
	var rows []int32
	for i := range f.grad {
		if f.random.Float64() < f.o.Rows {
			rows = append(rows, int32(i))
		}
	}
	var columns []int
	for j := range f.cuts {
		if f.random.Float64() < f.o.Columns {
			columns = append(columns, j)
		}
	}
	tree := []node{{}}
	f.split(&tree, 0, rows, columns, f.o.Depth)
	return tree
}

// split makes the node at a leaf, or cuts it where most is gained and goes on below.
func (f *booster) split(tree *[]node, at int, rows []int32, columns []int, depth int) {
	g, h := 0.0, 0.0
	for _, i := range rows {
		g, h = g+f.grad[i], h+f.hess[i]
	}
	(*tree)[at].value = -g / (h + f.o.L2)
	if depth == 0 {
		return
	}
	feature, bin := f.best(rows, columns, g, h)
	if feature < 0 {
		return
	}
	var left, right []int32
	for _, i := range rows {
		if int(f.binned[feature][i]) <= bin {
			left = append(left, i)
		} else {
			right = append(right, i)
		}
	}
	l := len(*tree)
	*tree = append(*tree, node{}, node{})
	n := &(*tree)[at]
	n.feature, n.cut, n.left, n.right = feature, f.cuts[feature][bin], l, l+1
	f.split(tree, l, left, columns, depth-1)
	f.split(tree, l+1, right, columns, depth-1)
}

// best is the column and bin that gain most, or -1 if none gains.
func (f *booster) best(rows []int32, columns []int, g, h float64) (feature, bin int) {
	feature, gain := -1, 1e-9
	whole := g * g / (h + f.o.L2)
	for _, j := range columns {
		var hg, hh [maxBins]float64
		var count [maxBins]int
		for _, i := range rows {
			b := f.binned[j][i]
			hg[b] += f.grad[i]
			hh[b] += f.hess[i]
			count[b]++
		}
		lg, lh, n := 0.0, 0.0, 0
		for b := range f.cuts[j] {
			lg, lh, n = lg+hg[b], lh+hh[b], n+count[b]
			if n < f.o.MinLeaf || len(rows)-n < f.o.MinLeaf {
				continue
			}
			rg, rh := g-lg, h-lh
			if v := lg*lg/(lh+f.o.L2) + rg*rg/(rh+f.o.L2) - whole; v > gain && !math.IsNaN(v) {
				feature, bin, gain = j, b, v
			}
		}
	}
	return feature, bin
}
