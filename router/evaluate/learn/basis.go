package learn

import (
	"math"
	"math/rand/v2"
)

// Basis is the strongest directions of a matrix of sparse rows: words that are used together point
// the same way, so that two messages can be alike without a word in common.
type Basis struct {
	size  int
	index map[uint64]int
	q     []float64 // a row of size numbers a cell
}

// FitBasis finds the leading right singular vectors by orthogonal iteration. Fewer are found if the
// rows have fewer different cells.
func FitBasis(rows [][]Cell, size int, seed uint64) *Basis {
	b := &Basis{index: map[uint64]int{}}
	for _, row := range rows {
		for _, c := range row {
			if _, ok := b.index[c.At]; !ok {
				b.index[c.At] = len(b.index)
			}
		}
	}
	b.size = min(size, len(b.index))
	b.q = make([]float64, len(b.index)*b.size)
	random := rand.New(rand.NewPCG(seed, 4))
	for i := range b.q {
		b.q[i] = random.NormFloat64()
	}
	b.straighten()
	const rounds = 6 // enough for likenesses; single directions need not have settled
	for range rounds {
		next := make([]float64, len(b.q))
		for _, row := range rows {
			along := b.Project(row)
			for _, c := range row {
				at := b.index[c.At] * b.size
				for k, v := range along {
					next[at+k] += c.Value * v
				}
			}
		}
		b.q = next
		b.straighten()
	}
	return b
}

// Project is where a row lies; cells that training never saw count nothing.
func (b *Basis) Project(row []Cell) []float64 {
	out := make([]float64, b.size)
	for _, c := range row {
		i, ok := b.index[c.At]
		if !ok {
			continue
		}
		for k, v := range b.q[i*b.size : (i+1)*b.size] {
			out[k] += c.Value * v
		}
	}
	return out
}

// straighten makes the directions unit vectors at right angles, by Gram and Schmidt.
func (b *Basis) straighten() {
	dot := func(k, l int) float64 {
		s := 0.0
		for i := 0; i < len(b.q); i += b.size {
			s += b.q[i+k] * b.q[i+l]
		}
		return s
	}
	for k := range b.size {
		for l := range k {
			s := dot(k, l)
			for i := 0; i < len(b.q); i += b.size {
				b.q[i+k] -= s * b.q[i+l]
			}
		}
		n := max(math.Sqrt(dot(k, k)), 1e-12)
		for i := 0; i < len(b.q); i += b.size {
			b.q[i+k] /= n
		}
	}
}
