package learn

import (
	"math"
	"math/rand/v2"
)

// Cell is one number of a sparse row.
type Cell struct {
	At    uint32
	Value float64
}

// Logistic is a trained logistic regression.
type Logistic struct {
	weights map[uint32]float64
	bias    float64
}

// LogisticOptions tune training. The zero value is good.
type LogisticOptions struct {
	// L2 pulls every weight towards nothing; 0 chooses 1.
	L2 float64
	// Epochs is how often each row is seen; 0 chooses 30.
	Epochs int
	Seed   uint64
}

// FitLogistic minimises the L2-penalised log-loss by AdaGrad in a seeded order.
func FitLogistic(rows [][]Cell, labels []bool, o LogisticOptions) *Logistic {
	if o.L2 == 0 {
		o.L2 = 1
	}
	if o.Epochs == 0 {
		o.Epochs = 30
	}
	index, seen := map[uint32]int{}, []float64(nil)
	dense := make([][]int32, len(rows))
	for i, row := range rows {
		for _, c := range row {
			at, ok := index[c.At]
			if !ok {
				at = len(seen)
				index[c.At], seen = at, append(seen, 0)
			}
			seen[at]++
			dense[i] = append(dense[i], int32(at))
		}
	}
	m := &Logistic{weights: make(map[uint32]float64, len(index))}
	w := m.descend(dense, rows, labels, seen, o)
	for at, i := range index {
		m.weights[at] = w[i]
	}
	return m
}

// rate is the first step of AdaGrad.
const rate = 0.1

// descend walks down the loss. The penalty of a weight is shared among the rows that hold it, so
// that a row costs no more than its cells.
func (m *Logistic) descend(at [][]int32, rows [][]Cell, labels []bool, seen []float64, o LogisticOptions) []float64 {
	w, g := make([]float64, len(seen)), make([]float64, len(seen))
	biasG := 1e-8
	random := rand.New(rand.NewPCG(o.Seed, 1))
	for range o.Epochs {
		for _, i := range random.Perm(len(rows)) {
			z := m.bias
			for k, c := range rows[i] {
				z += w[at[i][k]] * c.Value
			}
			err := Sigmoid(z)
			if labels[i] {
				err--
			}
			biasG += err * err
			m.bias -= rate * err / math.Sqrt(biasG)
			for k, c := range rows[i] {
				j := at[i][k]
				slope := err*c.Value + o.L2*w[j]/seen[j]
				g[j] += slope * slope
				w[j] -= rate * slope / math.Sqrt(g[j]+1e-8)
			}
		}
	}
	return w
}

// Score is the log-odds of a row; cells that training never saw count nothing.
func (m *Logistic) Score(row []Cell) float64 {
	z := m.bias
	for _, c := range row {
		z += m.weights[c.At] * c.Value
	}
	return z
}
