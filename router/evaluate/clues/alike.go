package clues

import (
	"cmp"
	"slices"
)

// alike finds turns of other conversations that mean alike, in a meaning's own directions: it finds
// what shares no word.
type alike struct {
	n      *Neighbours
	m      *Meaning
	meant  [][]float64 // by turn of n
	before [][]float64 // what the turn before meant, nil if there was none
}

func newAlike(n *Neighbours, m *Meaning) *alike {
	a := &alike{n: n, m: m}
	for i, t := range n.turns {
		a.meant = append(a.meant, m.direction(t.Turn))
		var before []float64
		if i > 0 && n.turns[i-1].talk == t.talk {
			before = a.meant[i-1]
		}
		a.before = append(a.before, before)
	}
	return a
}

// labelled is the share of labels among the turns of a side that mean most alike, many and few.
func (a *alike) labelled(talk Talk, leave int) [][]float64 {
	out := make([][]float64, len(talk))
	var before []float64
	for i, t := range talk {
		now := a.m.direction(t)
		near := a.nearest(now, before, t.side(), leave)
		out[i] = []float64{a.n.labelled(near, t.side(), .5), a.n.labelled(few(near), t.side(), .3)}
		before = now
	}
	return out
}

// nearest weighs likenesses of now and of before, and sharpens them: in few directions much is alike.
func (a *alike) nearest(now, before []float64, side, leave int) []weight {
	const ofBefore = .35
	var out []weight
	for i, t := range a.n.turns {
		if t.talk == leave || t.side() != side {
			continue
		}
		s := (1-ofBefore)*dot(now, a.meant[i]) + ofBefore*dot(before, a.before[i])
		if s > 0 {
			out = append(out, weight{i, s * s})
		}
	}
	slices.SortFunc(out, func(x, y weight) int {
		return cmp.Or(cmp.Compare(y.value, x.value), cmp.Compare(x.at, y.at))
	})
	return out[:min(many, len(out))]
}
