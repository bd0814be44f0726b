package evaluate

import (
	"context"
	"math"
	"slices"

	"yijian/router/evaluate/clues"
	"yijian/router/evaluate/learn"
)

// wordModels are the first level: what the words alone say, and what they say beside the behaviour.
// Without words there is only the behaviour.
type wordModels struct {
	grid  grid
	alone *learn.Logistic
	both  *learn.Logistic
}

// fitWords learns from turns of which notes have told.
func fitWords(train []clues.Talk, known [][][]float64, o HandoffOptions) *wordModels {
	flat, labels := flatten(known, train)
	m := &wordModels{grid: newGrid(flat, 8)}
	var alone, both [][]learn.Cell
	for i, talk := range train {
		for t := range talk {
			w := m.cells(talk, t, o)
			alone, both = append(alone, w), append(both, m.beside(w, known[i][t]))
		}
	}
	if !o.BehaviourOnly {
		m.alone = learn.FitLogistic(alone, labels, learn.LogisticOptions{Seed: o.Seed})
	}
	m.both = learn.FitLogistic(both, labels, learn.LogisticOptions{Seed: o.Seed})
	return m
}

func (m *wordModels) cells(talk clues.Talk, t int, o HandoffOptions) []learn.Cell {
	if o.BehaviourOnly {
		return nil
	}
	return clues.Words(talk, t)
}

// beside adds the bins of what is known to the cells of words.
func (m *wordModels) beside(words []learn.Cell, row []float64) []learn.Cell {
	const each = .15 // there are many bins, and they are alike
	return m.grid.cells(slices.Clip(words), row, each)
}

// say is what the models say of each turn of a conversation: words alone, then both.
func (m *wordModels) say(talk clues.Talk, known [][]float64) [][]float64 {
	out := make([][]float64, len(talk))
	for t := range talk {
		if m.alone == nil {
			out[t] = []float64{m.both.Score(m.beside(nil, known[t]))}
			continue
		}
		w := clues.Words(talk, t)
		out[t] = []float64{m.alone.Score(w), m.both.Score(m.beside(w, known[t]))}
	}
	return out
}

// words learns word models, and answers what such models say of conversations that they have not
// seen.
func (l *lesson) words(ctx context.Context) (*wordModels, [][][]float64) {
	said := make([][][]float64, len(l.talks))
	var all *wordModels
	each(ctx, folds+1, func(k int) {
		part, _ := apart(l.talks, l.fold, k)
		known, _ := apart(l.known, l.fold, k)
		m := fitWords(part, known, l.o)
		if k == folds {
			all = m
		}
		for i, talk := range l.talks {
			if l.fold[i] == k {
				said[i] = m.say(talk, l.known[i])
			}
		}
		l.step()
	})
	return all, said
}

// The columns that widen adds of each word model.
const (
	saysNow  = iota
	saidMost // the most so far
	saidSum  // the chances so far, added up
	saidNone // the chance that no turn so far was one
	saidLast // at the turn before
	saidByVisitor
	saidByBot
	saidLately
	sayings
)

// nothing is what a word model says before anything was said.
const nothing = -6

// widen adds what the word models say of a turn and said of those before it.
func widen(talk clues.Talk, known, said [][]float64) [][]float64 {
	out := make([][]float64, len(known))
	for t, row := range known {
		out[t] = append([]float64(nil), row...)
	}
	if len(said) == 0 {
		return out
	}
	for m := range said[0] {
		past := []float64{saidMost: nothing, saidNone: 1, saidLast: nothing, saidByVisitor: nothing, saidByBot: nothing, saidLately: 0}
		for t, turn := range talk {
			v := said[t][m]
			past[saysNow] = v
			out[t] = append(out[t], past...)
			p := learn.Sigmoid(v)
			past[saidMost] = math.Max(past[saidMost], v)
			past[saidSum] += p
			past[saidNone] *= 1 - p
			past[saidLast] = v
			past[saidLately] = .5*past[saidLately] + .5*p
			if turn.Bot {
				past[saidByBot] = v
			} else {
				past[saidByVisitor] = v
			}
		}
	}
	return out
}
