package learn

import (
	"math"
	"math/rand/v2"
)

// Cell is one number of a sparse row.
type Cell struct {
	At    uint64
	Value float64
}

// Logistic is a trained logistic regression.
type Logistic struct {
	weights map[uint64]float64
	bias    float64
}

// LogisticOptions tune training. The zero value is good.
type LogisticOptions struct {
	// L2 pulls every weight towards nothing; 0 chooses 1.
	L2 float64
	// Epochs is how often each row is seen at most; 0 chooses 30.
	Epochs int
	Seed   uint64
}

// FitLogistic minimises Σ log(1+exp(-yz)) + L2/2 · Σ w² by coordinate descent in the dual (Yu,
// Huang and Lin 2011): one number a row, each step exact, so that nothing like a step size can be
// wrong. The bias is a weight like the others.
func FitLogistic(rows [][]Cell, labels []bool, o LogisticOptions) *Logistic {
	if o.L2 == 0 {
		o.L2 = 1
	}
	if o.Epochs == 0 {
		o.Epochs = 30
	}
	d, keys := newDual(rows, labels, 1/o.L2)
	random := rand.New(rand.NewPCG(o.Seed, 1))
	for range o.Epochs {
		worst := 0.0
		for _, i := range random.Perm(len(rows)) {
			worst = max(worst, d.step(i))
		}
		if worst < settled {
			break
		}
	}
	m := &Logistic{weights: make(map[uint64]float64, len(keys)), bias: d.w[len(keys)]}
	for i, k := range keys {
		m.weights[k] = d.w[i]
	}
	return m
}

// settled is the slope of the dual below which a row is left alone, and all of them are done.
const settled = 1e-3

// dual is training in progress: rows side by side in memory, each with its number alpha in (0, c).
type dual struct {
	c      float64
	start  []int
	at     []int32
	value  []float64
	sign   []float64 // +1 for the class, -1 for the others
	square []float64 // of a row's length
	alpha  []float64
	w      []float64 // the last is the bias
}

func newDual(rows [][]Cell, labels []bool, c float64) (d *dual, keys []uint64) {
	d = &dual{c: c, alpha: make([]float64, len(rows)), square: make([]float64, len(rows)), start: []int{0}}
	index := map[uint64]int32{}
	for i, row := range rows {
		for _, cell := range row {
			at, ok := index[cell.At]
			if !ok {
				at = int32(len(keys))
				index[cell.At], keys = at, append(keys, cell.At)
			}
			d.at, d.value = append(d.at, at), append(d.value, cell.Value)
			d.square[i] += cell.Value * cell.Value
		}
		d.square[i]++
		d.start = append(d.start, len(d.at))
		d.sign = append(d.sign, -1)
		if labels[i] {
			d.sign[i] = 1
		}
	}
	d.w = make([]float64, len(keys)+1)
	for i := range rows {
		d.alpha[i] = min(1e-8, c/1e3)
		d.move(i, d.alpha[i]*d.sign[i])
	}
	return d, keys
}

// move adds a multiple of a row to the weights.
func (d *dual) move(i int, by float64) {
	for k := d.start[i]; k < d.start[i+1]; k++ {
		d.w[d.at[k]] += by * d.value[k]
	}
	d.w[len(d.w)-1] += by
}

// margin is a row's log-odds, positive on the side of its label.
func (d *dual) margin(i int) float64 {
	z := d.w[len(d.w)-1]
	for k := d.start[i]; k < d.start[i+1]; k++ {
		z += d.w[d.at[k]] * d.value[k]
	}
	return z * d.sign[i]
}

// step finds the best alpha of one row with the others held, by Newton steps that stay inside, and
// answers how steep it was.
func (d *dual) step(i int) (slope float64) {
	const most = 30
	z, was := d.margin(i), d.alpha[i]
	a := was
	for n := range most {
		g := math.Log(a/(d.c-a)) + d.square[i]*(a-was) + z
		if n == 0 {
			slope = math.Abs(g)
		}
		if math.Abs(g) < settled {
			break
		}
		switch next := a - g/(d.square[i]+d.c/(a*(d.c-a))); {
		case next <= 0:
			a /= 10
		case next >= d.c:
			a += .9 * (d.c - a)
		default:
			a = next
		}
	}
	if a != was && a > 0 && a < d.c {
		d.alpha[i] = a
		d.move(i, (a-was)*d.sign[i])
	}
	return slope
}

// Score is the log-odds of a row; cells that training never saw count nothing.
func (m *Logistic) Score(row []Cell) float64 {
	z := m.bias
	for _, c := range row {
		z += m.weights[c.At] * c.Value
	}
	return z
}

// Weight is what a cell of value 1 adds to the log-odds.
func (m *Logistic) Weight(at uint64) float64 { return m.weights[at] }

// Bias is the log-odds of an empty row.
func (m *Logistic) Bias() float64 { return m.bias }
