package clues

import (
	"math"

	"yijian/router/evaluate/learn"
)

// Meaning compares messages by which words are used together, learned from conversations without
// labels, so that the same question in other words is alike.
type Meaning struct {
	c     *Corpus
	basis *learn.Basis
}

// The columns of Meaning.Of.
const (
	MeantBefore  = iota // likeness to the most alike earlier message of the same side
	MeantNewest         // to the newest of the same side
	MeantOther          // to the newest of the other side
	MeantLast           // to the turn before
	MeantVisitor        // to what the visitor has said lately
	MeantBot            // to what the bot has said lately
	meanings
)

// directions is how many ways words may point.
const directions = 50

// NewMeaning learns from every turn; words of a single conversation tell nothing.
func NewMeaning(talks []Talk, c *Corpus, seed uint64) *Meaning {
	m := &Meaning{c: c}
	var rows [][]learn.Cell
	for _, talk := range talks {
		for _, t := range talk {
			if row := m.cells(t); len(row) > 0 {
				rows = append(rows, unit(row))
			}
		}
	}
	m.basis = learn.FitBasis(rows, directions, seed)
	return m
}

func (m *Meaning) cells(t Turn) []learn.Cell {
	var row []learn.Cell
	for _, w := range t.distinct() {
		if m.c.found(w) >= 2 {
			row = append(row, learn.Cell{At: key(w), Value: m.c.Rarity(w)})
		}
	}
	return row
}

func unit(row []learn.Cell) []learn.Cell {
	sum := 0.0
	for _, c := range row {
		sum += c.Value * c.Value
	}
	n := max(math.Sqrt(sum), 1e-9)
	for i := range row {
		row[i].Value /= n
	}
	return row
}

// Of tells of each turn how alike its meaning is to what was said before.
func (m *Meaning) Of(talk Talk) [][]float64 {
	at, out := make([][]float64, len(talk)), make([][]float64, len(talk))
	var lately [2][]float64
	for i, t := range talk {
		at[i] = m.direction(t)
		row := make([]float64, meanings)
		own, other := false, false
		for j := i - 1; j >= 0; j-- {
			like := dot(at[i], at[j])
			if j == i-1 {
				row[MeantLast] = like
			}
			if talk[j].Bot == t.Bot {
				if !own {
					row[MeantNewest], own = like, true
				}
				row[MeantBefore] = max(row[MeantBefore], like)
			} else if !other {
				row[MeantOther], other = like, true
			}
		}
		for s, column := range []int{MeantVisitor, MeantBot} {
			row[column] = dot(at[i], lately[s]) / math.Sqrt(dot(lately[s], lately[s])+1e-9)
		}
		lately[t.side()] = fade(lately[t.side()], at[i])
		out[i] = row
	}
	return out
}

// fade is what was said lately: the newest most.
func fade(before, now []float64) []float64 {
	out := append([]float64(nil), now...)
	for k, v := range before {
		out[k] += .8 * v
	}
	return out
}

// direction is a unit vector, or nothing if no word of a turn is known.
func (m *Meaning) direction(t Turn) []float64 {
	v := m.basis.Project(m.cells(t))
	if n := math.Sqrt(dot(v, v)); n > 0 {
		for i := range v {
			v[i] /= n
		}
	}
	return v
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range min(len(a), len(b)) {
		s += a[i] * b[i]
	}
	return s
}
