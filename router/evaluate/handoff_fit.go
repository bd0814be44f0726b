package evaluate

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"yijian/router/evaluate/clues"
)

// handoffModel scores turns from themselves and those before them.
type handoffModel struct {
	notes     *clues.Notes
	words     *wordModels
	judge     judge
	threshold float64
}

// judge is the second level: it scores a turn from what is known of it and what the word models say.
type judge interface{ score(row []float64) float64 }

// lesson is what a model is learned from: conversations in folds, and what notes tell of them.
type lesson struct {
	talks []clues.Talk
	fold  []int
	known [][][]float64
	o     HandoffOptions
	step  func()
}

// fitHandoff learns a model and, from inner folds, its threshold. What a second level is learned
// from was said by word models that had not seen the conversation, as it will be when it is asked.
func fitHandoff(ctx context.Context, train []clues.Talk, o HandoffOptions, step func()) (*handoffModel, error) {
	train = slices.DeleteFunc(slices.Clone(train), func(t clues.Talk) bool { return len(t) == 0 })
	if err := learnableFrom(train); err != nil {
		return nil, err
	}
	l := &lesson{talks: train, fold: deal(len(train), o.Seed+1), o: o, step: step}
	m := &handoffModel{}
	m.notes, l.known = clues.Learn(train, l.fold, clues.Options{Labels: !o.BehaviourOnly, Seed: o.Seed})
	step()
	var said [][][]float64
	m.words, said = l.words(ctx)
	if ctx.Err() == nil {
		m.judge, m.threshold = l.judge(ctx, said)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("learning: %w", err)
	}
	return m, nil
}

// judge learns the second level, and the threshold that was best for conversations not learned from.
func (l *lesson) judge(ctx context.Context, said [][][]float64) (all judge, threshold float64) {
	rows, scores := make([][][]float64, len(l.talks)), make([][]float64, len(l.talks))
	for i, talk := range l.talks {
		rows[i] = widen(talk, l.known[i], said[i])
	}
	each(ctx, folds+1, func(k int) {
		part, _ := apart(rows, l.fold, k)
		talks, _ := apart(l.talks, l.fold, k)
		j := fitJudge(part, talks, l.o)
		if k == folds {
			all = j
		}
		for i := range rows {
			if l.fold[i] == k {
				scores[i] = scoreAll(j, rows[i])
			}
		}
		l.step()
	})
	if ctx.Err() != nil {
		return nil, 0
	}
	return all, steadyF1(l.talks, scores, l.o.Seed)
}

// learnableFrom refuses what nothing can be learned from.
func learnableFrom(train []clues.Talk) error {
	if len(train) < 2*folds {
		return bad("%d conversations are too few to learn from; give at least %d", len(train), 2*folds)
	}
	pos, all := 0, 0
	for _, talk := range train {
		for _, t := range talk {
			if all++; t.Label {
				pos++
			}
		}
	}
	return bothClasses(pos, all)
}

// steps is how often fitHandoff says that it goes on.
const steps = 1 + 2*(folds+1)

// fitJudge learns the second level.
func fitJudge(rows [][][]float64, train []clues.Talk, o HandoffOptions) judge {
	flat, labels := flatten(rows, train)
	if o.Model == "stack" {
		return fitStack(flat, labels, o)
	}
	return fitCard(flat, labels, o)
}

func flatten[T any](rows [][]T, train []clues.Talk) (flat []T, labels []bool) {
	for i, talk := range train {
		flat = append(flat, rows[i]...)
		for _, t := range talk {
			labels = append(labels, t.Label)
		}
	}
	return flat, labels
}

func scoreAll(j judge, rows [][]float64) []float64 {
	out := make([]float64, len(rows))
	for t, row := range rows {
		out[t] = j.score(row)
	}
	return out
}

// found is one turn with what was said of it.
type found struct {
	scored
	predicted bool
}

// find scores a conversation of which notes have told.
func (m *handoffModel) find(talk clues.Talk, known [][]float64) []found {
	var out []found
	rows := widen(talk, known, m.words.say(talk, known))
	for t, s := range scoreAll(m.judge, rows) {
		out = append(out, found{scored{s, talk[t].Label}, s >= m.threshold})
	}
	return out
}

// each runs a few independent things, as many at a time as there are processors; none begins once
// ctx is done.
func each(ctx context.Context, n int, do func(i int)) {
	var wg sync.WaitGroup
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		turns <- struct{}{}
		wg.Go(func() {
			defer func() { <-turns }()
			if ctx.Err() == nil {
				do(i)
			}
		})
	}
	wg.Wait()
}

// counter counts the steps of some fits.
func counter(progress func(done, all int), fits int) func() {
	if progress == nil {
		return func() {}
	}
	var mu sync.Mutex
	var done atomic.Int64
	return func() {
		mu.Lock()
		defer mu.Unlock()
		progress(int(done.Add(1)), fits*steps)
	}
}
