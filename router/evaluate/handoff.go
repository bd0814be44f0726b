package evaluate

import (
	"math"
	"math/rand/v2"

	"yijian/router/evaluate/learn"
)

// HandoffReport says how well the turns are found at which a person should take over.
type HandoffReport struct {
	Model string `json:"model"`
	// Folds is how many parts the data was crossed in; 0 if another file was learned from.
	Folds   int      `json:"folds,omitempty"`
	F1      Interval `json:"f1"`
	MacroF1 Interval `json:"macro_f1"`
	GT1     Interval `json:"gt1"`
	GT2     Interval `json:"gt2"`
	GT3     Interval `json:"gt3"`
	AUC     Interval `json:"auc"`
	Turns   int      `json:"turns"`
	Labels  int      `json:"labels"`
}

// HandoffOptions choose the model: scorecard is a sum of bins of what is done and never looks at
// words but for how rare they are; stack adds words and how signals work together.
type HandoffOptions struct {
	Model string
	Seed  uint64
}

// folds is into how many parts conversations are crossed.
const folds = 5

// rounds is how many bootstrap samples of conversations make an interval.
const rounds = 500

// Handoff learns from train and measures on data; without train it crosses data in five folds by
// conversation. The threshold comes from inner folds of what was learned from.
func Handoff(train, data []Dialogue, o HandoffOptions) (HandoffReport, error) {
	if o.Model != "scorecard" && o.Model != "stack" {
		return HandoffReport{}, bad("%q is no model; the models are scorecard and stack", o.Model)
	}
	r := HandoffReport{Model: o.Model}
	all := make([][]found, len(data))
	if train != nil {
		m, err := fitHandoff(train, o)
		if err != nil {
			return r, err
		}
		for i, d := range data {
			all[i] = m.find(d)
		}
		r.measure(all, o.Seed)
		return r, nil
	}
	if len(data) < 2*folds {
		return r, bad("%d conversations are too few to cross; give --train, or at least %d", len(data), 2*folds)
	}
	r.Folds = folds
	fold := deal(len(data), o.Seed)
	for k := range folds {
		part := without(data, fold, k)
		m, err := fitHandoff(part, o)
		if err != nil {
			return r, err
		}
		for i, d := range data {
			if fold[i] == k {
				all[i] = m.find(d)
			}
		}
	}
	r.measure(all, o.Seed)
	return r, nil
}

// deal puts conversations into folds at random.
func deal(n int, seed uint64) []int {
	out := make([]int, n)
	for at, i := range rand.New(rand.NewPCG(seed, 6)).Perm(n) {
		out[i] = at % folds
	}
	return out
}

// without answers what lies outside one fold.
func without(all []Dialogue, fold []int, k int) []Dialogue {
	var out []Dialogue
	for i, d := range all {
		if fold[i] != k {
			out = append(out, d)
		}
	}
	return out
}

// found is one turn with what was said of it.
type found struct {
	scored
	predicted bool
}

// handoffModel scores turns from themselves and those before them.
type handoffModel struct {
	stack     bool
	corpus    *corpus
	grids     grids
	text      *learn.Logistic
	trees     []*learn.Boost
	threshold float64
}

// fitHandoff learns a model and, from inner folds, its threshold.
func fitHandoff(train []Dialogue, o HandoffOptions) (*handoffModel, error) {
	if len(train) < 2*folds {
		return nil, bad("%d conversations are too few to learn from; give at least %d", len(train), 2*folds)
	}
	fold, scores := deal(len(train), o.Seed+1), make([][]float64, len(train))
	texts := textScores(train, fold, o)
	var cases []scored
	for k := range folds {
		var part []Dialogue
		var partTexts [][]float64
		for i, d := range train {
			if fold[i] != k {
				part, partTexts = append(part, d), append(partTexts, texts[i])
			}
		}
		m := learnHandoff(part, partTexts, o)
		for i, d := range train {
			if fold[i] == k {
				scores[i] = m.scores(d)
			}
		}
	}
	for i, d := range train {
		for t, turn := range d.Turns {
			cases = append(cases, scored{scores[i][t], *turn.Handoff == 1})
		}
	}
	m := learnHandoff(train, texts, o)
	m.threshold = bestF1(cases)
	return m, nil
}

// textScores are what a text model says of conversations that it has not seen.
func textScores(train []Dialogue, fold []int, o HandoffOptions) [][]float64 {
	out := make([][]float64, len(train))
	if o.Model != "stack" {
		return out
	}
	for k := range folds {
		part := without(train, fold, k)
		m := learnText(part, o)
		for i, d := range train {
			if fold[i] == k {
				out[i] = m.textOf(d, behaviour(d, m.corpus.unseen()))
			}
		}
	}
	return out
}

func learnText(train []Dialogue, o HandoffOptions) *handoffModel {
	m := &handoffModel{stack: o.Model == "stack", corpus: newCorpus(train)}
	if !m.stack {
		return m
	}
	var all [][]float64
	rows := make([][][]float64, len(train))
	for i, d := range train {
		rows[i] = behaviour(d, m.corpus)
		all = append(all, rows[i]...)
	}
	m.grids = newGrids(all)
	var cells [][]learn.Cell
	var labels []bool
	for i, d := range train {
		for t, turn := range d.Turns {
			cells = append(cells, tokens(d, t, rows[i][t], m.grids))
			labels = append(labels, *turn.Handoff == 1)
		}
	}
	m.text = learn.FitLogistic(cells, labels, learn.LogisticOptions{Seed: o.Seed, L2: 2, Epochs: 15})
	return m
}

func (m *handoffModel) textOf(d Dialogue, rows [][]float64) []float64 {
	out := make([]float64, len(rows))
	for t, row := range rows {
		out[t] = m.text.Score(tokens(d, t, row, m.grids))
	}
	return out
}

// learnHandoff learns the trees, over what a text model said of unseen conversations.
func learnHandoff(train []Dialogue, texts [][]float64, o HandoffOptions) *handoffModel {
	m := learnText(train, o)
	var rows [][]float64
	var labels []bool
	for i, d := range train {
		rows = append(rows, m.widen(behaviour(d, m.corpus), texts[i])...)
		for _, t := range d.Turns {
			labels = append(labels, *t.Handoff == 1)
		}
	}
	b := learn.BoostOptions{Trees: 300, Depth: 1, Rate: .1, MinLeaf: 15, L2: 5, Rows: .8, Columns: .5, Seed: o.Seed}
	many := 1
	if m.stack {
		b.Trees, b.Depth, b.Rate, many = 150, 4, .05, 3
	}
	for range many {
		m.trees = append(m.trees, learn.FitBoost(rows, labels, b))
		b.Seed++
	}
	return m
}

// absent stands for a number of the other role.
const absent = -1e6

// widen adds what the text model said so far, or sets every number apart by role, so that a sum of
// bins can weigh a repetition by the bot unlike one by the visitor.
func (m *handoffModel) widen(rows [][]float64, text []float64) [][]float64 {
	out := make([][]float64, len(rows))
	most, before := math.Inf(-1), -10.0
	for t, row := range rows {
		if m.stack {
			out[t] = append(append([]float64(nil), row...), text[t], max(most, -10), before)
			most, before = max(most, text[t]), text[t]
			continue
		}
		for role := range 2 {
			for _, v := range row {
				if int(row[0]) != role {
					v = absent
				}
				out[t] = append(out[t], v)
			}
		}
	}
	return out
}

func (m *handoffModel) scores(d Dialogue) []float64 {
	rows := behaviour(d, m.corpus.unseen())
	var text []float64
	if m.stack {
		text = m.textOf(d, rows)
	}
	out := make([]float64, len(rows))
	for t, row := range m.widen(rows, text) {
		for _, b := range m.trees {
			out[t] += b.Score(row) / float64(len(m.trees))
		}
		if m.stack {
			out[t] = .7*out[t] + .3*text[t]
		}
	}
	return out
}

func (m *handoffModel) find(d Dialogue) []found {
	var out []found
	for t, s := range m.scores(d) {
		out = append(out, found{scored{s, *d.Turns[t].Handoff == 1}, s >= m.threshold})
	}
	return out
}

// measure takes the figures over conversations, drawn again for the intervals.
func (r *HandoffReport) measure(all [][]found, seed uint64) {
	values := bootstrap(len(all), rounds, seed, func(drawn []int) []float64 {
		var c confusion
		var cases []scored
		var gt [3]float64
		for _, i := range drawn {
			for _, f := range all[i] {
				c.add(f.predicted, f.label)
				cases = append(cases, f.scored)
			}
			for k := range gt {
				gt[k] += golden(all[i], float64(k+1)) / float64(len(drawn))
			}
		}
		return []float64{c.f1(), c.macroF1(), gt[0], gt[1], gt[2], auc(cases)}
	})
	r.F1, r.MacroF1, r.GT1, r.GT2, r.GT3, r.AUC = values[0], values[1], values[2], values[3], values[4], values[5]
	for _, d := range all {
		r.Turns += len(d)
		for _, f := range d {
			if f.label {
				r.Labels++
			}
		}
	}
}

// golden is the golden transfer within tolerance: how near predicted turns are to labelled ones.
func golden(turns []found, tolerance float64) float64 {
	sum, predicted, labelled := 0.0, 0, 0
	for q := range turns {
		if turns[q].label {
			labelled++
		}
	}
	for p := range turns {
		if !turns[p].predicted {
			continue
		}
		predicted++
		best := 0.0
		for q := range turns {
			if turns[q].label {
				best = max(best, math.Exp(-float64((p-q)*(p-q))/(2*tolerance*tolerance)))
			}
		}
		sum += best
	}
	switch {
	case predicted == 0 && labelled == 0:
		return 1
	case predicted == 0 || labelled == 0:
		return 0
	}
	return sum / float64(predicted)
}
