package evaluate

import (
	"slices"

	"yijian/router/evaluate/clues"
	"yijian/router/evaluate/learn"
)

// grid cuts each number into bins of about equal counts.
type grid [][]float64

func newGrid(rows [][]float64, bins int) grid {
	g := make(grid, len(rows[0]))
	for j := range g {
		column := make([]float64, len(rows))
		for i, r := range rows {
			column[i] = r[j]
		}
		slices.Sort(column)
		for k := 1; k < bins; k++ {
			g[j] = append(g[j], column[k*len(column)/bins])
		}
		g[j] = slices.Compact(g[j])
	}
	return g
}

// cells adds one cell for every cut that a number lies above, apart by who speaks: weights are then
// steps from one bin to the next, and what is pulled towards nothing is a step, not a bin.
func (g grid) cells(to []learn.Cell, row []float64, value float64) []learn.Cell {
	side := uint64(row[clues.Bot])
	for j, v := range row {
		above, _ := slices.BinarySearch(g[j], v)
		for k := range above {
			to = append(to, learn.Cell{At: cut(side, j, k), Value: value})
		}
	}
	return to
}

// cut names a cut. Hashes of words are spread over 64 bits, so the few small numbers here are free.
func cut(side uint64, column, k int) uint64 {
	return side<<32 | uint64(column)<<8 | uint64(k)
}
