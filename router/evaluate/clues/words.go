package clues

import (
	"math"

	"yijian/router/evaluate/learn"
)

// What a cell of Words stands for.
const (
	word = iota
	pair
	whole
	everSaid
	saidAgain
)

// Words is what is said up to a turn, for a linear model: the words of the last three turns, pairs
// of the last two, whole messages, all that was ever said, and what this side says again. Who speaks
// now is part of every cell.
func Words(talk Talk, i int) []learn.Cell {
	b := bag{seen: map[uint64]bool{}}
	now := talk[i].side()
	for back := 0; back < context && back <= i; back++ {
		t, v := talk[i-back], [context]float64{1, .7, .5}[back]
		before := -1
		for _, w := range t.Words {
			b.add(v, word, now, t.side(), back, w)
			if back < 2 {
				b.add(v, pair, now, t.side(), back, before, w)
			}
			before = w
		}
		b.add(v, append([]int{whole, now, t.side(), back}, t.Words...)...)
	}
	said := map[int]bool{}
	for j, t := range talk[:i+1] {
		for _, w := range t.Words {
			b.add(.5, everSaid, now, t.side(), w)
			if j < i && t.side() == now {
				said[w] = true
			}
		}
	}
	for _, w := range talk[i].Words {
		if said[w] {
			b.add(1, saidAgain, now, w)
		}
	}
	// Rows grow with the conversation; their weight should not.
	n := math.Sqrt(float64(max(len(b.cells), 1)))
	for k := range b.cells {
		b.cells[k].Value *= 3 / n
	}
	return b.cells
}

// bag is different cells in the order in which they were met.
type bag struct {
	seen  map[uint64]bool
	cells []learn.Cell
}

func (b *bag) add(value float64, parts ...int) {
	at := key(parts...)
	if !b.seen[at] {
		b.seen[at] = true
		b.cells = append(b.cells, learn.Cell{At: at, Value: value})
	}
}
