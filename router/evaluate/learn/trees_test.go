package learn_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"yijian/router/evaluate/learn"
)

// either is rows of two numbers that are of the class if exactly one is above a half, and a third
// number that says nothing.
func either(n int) (rows [][]float64, labels []bool) {
	random := rand.New(rand.NewPCG(5, 1))
	for range n {
		row := []float64{random.Float64(), random.Float64(), random.Float64()}
		rows, labels = append(rows, row), append(labels, (row[0] > .5) != (row[1] > .5))
	}
	return rows, labels
}

func wrong(score func([]float64) float64, rows [][]float64, labels []bool) int {
	n := 0
	for i, row := range rows {
		if (score(row) > 0) != labels[i] {
			n++
		}
	}
	return n
}

func TestTreesLearnHowTwoNumbersActTogether(t *testing.T) {
	t.Parallel()
	rows, labels := either(600)
	forest := learn.FitForest(rows[:400], labels[:400], learn.ForestOptions{Trees: 50, MinLeaf: 2, Tries: 3})
	boost := learn.FitBoost(rows[:400], labels[:400], learn.BoostOptions{Trees: 60, Depth: 3, Rate: .2, MinLeaf: 5, L2: 1, Rows: .8, Columns: .7})
	for name, score := range map[string]func([]float64) float64{"forest": forest.Score, "boost": boost.Score} {
		if n := wrong(score, rows[400:], labels[400:]); n > 30 {
			t.Errorf("%s: %d of 200 wrong, want at most 30", name, n)
		}
	}
}

func TestOneLeafOfAForestIsTheShareOfTheClass(t *testing.T) {
	t.Parallel()
	rows, labels := either(100)
	positives := 0.0
	for _, l := range labels {
		if l {
			positives++
		}
	}
	m := learn.FitForest(rows, labels, learn.ForestOptions{Trees: 3, MinLeaf: 51, Tries: 3})
	if got, want := m.Score(rows[0]), learn.Logit((positives+.2)/101); math.Abs(got-want) > 1e-9 {
		t.Errorf("got a log-odds of %v, want %v", got, want)
	}
}

func TestOneBoostedStumpIsANewtonStep(t *testing.T) {
	t.Parallel()
	// Four rows on each side of the only cut, three and one of them of the class; half in all.
	var rows [][]float64
	labels := []bool{true, true, true, false, true, false, false, false}
	for i := range labels {
		rows = append(rows, []float64{float64(i / 4)})
	}
	m := learn.FitBoost(rows, labels, learn.BoostOptions{Trees: 1, Depth: 1, Rate: 1, MinLeaf: 1, L2: 2, Rows: 1.1, Columns: 1.1})
	// The slope of a side is 4·½ - 3 = -1, its curvature 4·¼ = 1: a step of 1/(1+2).
	for i, want := range []float64{1. / 3, -1. / 3} {
		if got := m.Score([]float64{float64(i)}); math.Abs(got-want) > 1e-9 {
			t.Errorf("side %d: got a log-odds of %v, want %v", i, got, want)
		}
	}
}

func TestTreesAreTheSameTwice(t *testing.T) {
	t.Parallel()
	rows, labels := either(200)
	fit := func() [2]float64 {
		f := learn.FitForest(rows, labels, learn.ForestOptions{Trees: 5, MinLeaf: 2, Tries: 2, Seed: 3})
		b := learn.FitBoost(rows, labels, learn.BoostOptions{Trees: 5, Depth: 3, Rate: .1, MinLeaf: 2, L2: 1, Rows: .5, Columns: .5, Seed: 3})
		return [2]float64{f.Score(rows[0]), b.Score(rows[0])}
	}
	if a, b := fit(), fit(); a != b {
		t.Errorf("got %v and %v, want the same", a, b)
	}
}

func TestTreesStandNoRows(t *testing.T) {
	t.Parallel()
	learn.FitForest(nil, nil, learn.ForestOptions{Trees: 2, MinLeaf: 1, Tries: 1}).Score(nil)
	learn.FitBoost(nil, nil, learn.BoostOptions{Trees: 2, Depth: 2, Rate: .1, L2: 1, Rows: 1, Columns: 1}).Score(nil)
}
