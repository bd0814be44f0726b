package clues

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Neighbours finds, for what was said, the most alike turns of other conversations.
type Neighbours struct {
	c     *Corpus
	turns []neighbour
	alone index // by the turn's own words
	deep  index // by its words and those of the two turns before
	share [2]float64
}

// neighbour is a turn of a conversation that was learned from.
type neighbour struct {
	Turn
	talk  int
	reply *message // the bot's next answer, if it gave one
}

// index is where a term is found, and how much of it there is.
type index map[int][]weight

type weight struct {
	at    int
	value float64
}

// NewNeighbours remembers conversations.
func NewNeighbours(talks []Talk, c *Corpus) *Neighbours {
	n := &Neighbours{c: c, alone: index{}, deep: index{}}
	var labels, all [2]float64
	for i, talk := range talks {
		for j, t := range talk {
			n.alone.add(len(n.turns), n.terms(talk, j, 1))
			n.deep.add(len(n.turns), n.terms(talk, j, context))
			n.turns = append(n.turns, neighbour{t, i, n.answer(talk, j)})
			if all[t.side()]++; t.Label {
				labels[t.side()]++
			}
		}
	}
	for s := range all {
		n.share[s] = labels[s] / max(all[s], 1)
	}
	return n
}

func (x index) add(at int, terms []weight) {
	for _, t := range terms {
		x[t.at] = append(x[t.at], weight{at, t.value})
	}
}

func (n *Neighbours) answer(talk Talk, i int) *message {
	for _, t := range talk[i+1:] {
		if t.Bot {
			m := newMessage(t, n.c)
			return &m
		}
	}
	return nil
}

// context is how many turns tell what a turn was about, and fades how much each counts.
const context = 3

var fades = [context]float64{1, .7, .4}

// terms is a unit vector of the words of a turn and of those before it.
func (n *Neighbours) terms(talk Talk, i, back int) []weight {
	sums := map[int]float64{}
	for b := 0; b < back && b <= i; b++ {
		m := newMessage(talk[i-b], n.c)
		for w, f := range m.set {
			sums[(w*2+m.side())*context+b] += f * fades[b] / (m.length + 1e-9)
		}
	}
	var out []weight
	square := 0.0
	for _, at := range slices.Sorted(maps.Keys(sums)) {
		square += sums[at] * sums[at]
		out = append(out, weight{at, sums[at]})
	}
	for k := range out {
		out[k].value /= math.Sqrt(square) + 1e-9
	}
	return out
}

// nearest is the most alike turns of a side, at most some, the best first. One conversation is left
// out: the one that is asked about, if it was learned from.
func (n *Neighbours) nearest(x index, terms []weight, side, leave, most int) []weight {
	const least = .02
	scores := make([]float64, len(n.turns))
	for _, t := range terms {
		for _, p := range x[t.at] {
			scores[p.at] += t.value * p.value
		}
	}
	var out []weight
	for i, s := range scores {
		if s > least && n.turns[i].talk != leave && n.turns[i].side() == side {
			out = append(out, weight{i, s})
		}
	}
	slices.SortFunc(out, func(a, b weight) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.at, b.at))
	})
	return out[:min(most, len(out))]
}
