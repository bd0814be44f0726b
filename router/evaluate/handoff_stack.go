package evaluate

import (
	"yijian/router/evaluate/clues"
	"yijian/router/evaluate/learn"
)

// stack weighs three views of a turn: random trees, boosted trees, and the linear model of words
// beside behaviour, which the trees have heard as well.
type stack struct {
	forest *learn.Forest
	boost  *learn.Boost
	linear int // the column of the linear model
}

func fitStack(rows [][]float64, labels []bool, o HandoffOptions) *stack {
	s := &stack{linear: clues.LabelledAt}
	if !o.BehaviourOnly {
		s.linear = len(rows[0]) - sayings
	}
	s.forest = learn.FitForest(rows, labels, learn.ForestOptions{Trees: 200, MinLeaf: 4, Tries: 20, Seed: o.Seed})
	s.boost = learn.FitBoost(rows, labels, learn.BoostOptions{
		Trees: 150, Depth: 4, Rate: .05, MinLeaf: 15, L2: 5, Rows: .8, Columns: .3, Seed: o.Seed,
	})
	return s
}

func (s *stack) score(row []float64) float64 {
	return .5*s.forest.Score(row) + .25*s.boost.Score(row) + .25*row[s.linear+saysNow]
}
