package learn_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"yijian/router/evaluate/learn"
)

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

func TestABasisKeepsAllOfRowsThatLieInFewDirections(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(2, 2))
	two := [2][]float64{}
	for k := range two {
		for range 12 {
			two[k] = append(two[k], random.NormFloat64())
		}
	}
	var rows [][]learn.Cell
	var squares []float64
	for range 40 {
		a, b, square := random.NormFloat64(), random.NormFloat64(), 0.0
		var row []learn.Cell
		for at := range 12 {
			v := a*two[0][at] + b*two[1][at]
			square += v * v
			row = append(row, learn.Cell{At: uint64(at), Value: v})
		}
		rows, squares = append(rows, row), append(squares, square)
	}
	b := learn.FitBasis(rows, 2, 1)
	for i, row := range rows {
		if p := b.Project(row); math.Abs(dot(p, p)/squares[i]-1) > 1e-6 {
			t.Errorf("row %d: %.6f of its length is kept, want all", i, math.Sqrt(dot(p, p)/squares[i]))
		}
	}
}

func TestWordsOfTheSameCompanyPointTheSameWay(t *testing.T) {
	t.Parallel()
	cells := func(words ...uint64) (row []learn.Cell) {
		for _, w := range words {
			row = append(row, learn.Cell{At: w, Value: 1})
		}
		return row
	}
	// 1 and 2 are never together, but both stand with 10 and 11; 3 stands with others.
	rows := [][]learn.Cell{cells(1, 10, 11), cells(2, 10, 11), cells(3, 20, 21), cells(4, 20, 21)}
	b := learn.FitBasis(rows, 2, 1)
	one, two, three := b.Project(cells(1)), b.Project(cells(2)), b.Project(cells(3))
	if dot(one, two) <= 0 || math.Abs(dot(one, three)) > .01 {
		t.Errorf("got likenesses of %.3f and %.3f, want one above 0 and 0", dot(one, two), dot(one, three))
	}
}

func TestABasisStandsNoRows(t *testing.T) {
	t.Parallel()
	if p := learn.FitBasis(nil, 5, 1).Project([]learn.Cell{{At: 1, Value: 1}}); len(p) != 0 {
		t.Errorf("got %v, want no direction", p)
	}
}
