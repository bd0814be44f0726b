package learn_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"yijian/router/evaluate/learn"
)

// sparse makes random rows, and labels that lean on the first cell.
func sparse(seed uint64, n int) (rows [][]learn.Cell, labels []bool) {
	random := rand.New(rand.NewPCG(seed, 1))
	for range n {
		row := []learn.Cell{{At: 0, Value: random.NormFloat64()}}
		for at := uint64(1); at < 6; at++ {
			if random.Float64() < .4 {
				row = append(row, learn.Cell{At: at, Value: random.NormFloat64()})
			}
		}
		rows = append(rows, row)
		labels = append(labels, random.Float64() < learn.Sigmoid(2*row[0].Value-.5))
	}
	return rows, labels
}

func TestTheRegressionEndsWhereTheSlopeOfItsLossIsNothing(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		rows, labels := sparse(seed, 60)
		l2 := .2 + float64(seed)/4
		m := learn.FitLogistic(rows, labels, learn.LogisticOptions{L2: l2, Epochs: 5000, Seed: seed})
		slope, bias := map[uint64]float64{}, l2*m.Bias()
		for i, row := range rows {
			err := learn.Sigmoid(m.Score(row))
			if labels[i] {
				err--
			}
			bias += err
			for _, c := range row {
				slope[c.At] += err * c.Value
			}
		}
		for at, g := range slope {
			if g += l2 * m.Weight(at); math.Abs(g) > .02 {
				t.Errorf("seed %d: slope of weight %d is %.4f, want 0", seed, at, g)
			}
		}
		if math.Abs(bias) > .02 {
			t.Errorf("seed %d: slope of the bias is %.4f, want 0", seed, bias)
		}
	}
}

func TestTheRegressionPulledHardSaysNothing(t *testing.T) {
	t.Parallel()
	rows, labels := sparse(1, 50)
	m := learn.FitLogistic(rows, labels, learn.LogisticOptions{L2: 1e6})
	if z := m.Score(rows[0]); math.Abs(z) > 1e-3 {
		t.Errorf("got a log-odds of %v, want none", z)
	}
}

func TestTheRegressionIsTheSameTwice(t *testing.T) {
	t.Parallel()
	rows, labels := sparse(2, 50)
	a := learn.FitLogistic(rows, labels, learn.LogisticOptions{Seed: 7})
	b := learn.FitLogistic(rows, labels, learn.LogisticOptions{Seed: 7})
	for i, row := range rows {
		if a.Score(row) != b.Score(row) {
			t.Fatalf("row %d: got %v and %v, want the same", i, a.Score(row), b.Score(row))
		}
	}
}

func TestTheRegressionStandsOneClassAndNoRows(t *testing.T) {
	t.Parallel()
	rows, labels := sparse(3, 20)
	clear(labels)
	if z := learn.FitLogistic(rows, labels, learn.LogisticOptions{}).Score(rows[0]); math.IsNaN(z) || z >= 0 {
		t.Errorf("nothing is of the class: got a log-odds of %v, want one below 0", z)
	}
	if z := learn.FitLogistic(nil, nil, learn.LogisticOptions{}).Score(rows[0]); z != 0 {
		t.Errorf("no rows: got a log-odds of %v, want 0", z)
	}
}
