package evaluate

import (
	"context"
	"fmt"
	"math/rand/v2"

	"yijian/router/evaluate/clues"
)

// HandoffReport says how well the turns are found at which a person should take over.
type HandoffReport struct {
	Model string `json:"model"`
	// BehaviourOnly says that no word was looked at but for how rare it is and what it stands with.
	BehaviourOnly bool `json:"behaviour_only,omitempty"`
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

// HandoffOptions choose the model: scorecard is points for what a person can read off a
// conversation, stack is everything that is known of it.
type HandoffOptions struct {
	Model string
	// BehaviourOnly learns nothing of single words, so that what was learned from one shop can be
	// asked about another whose words are others.
	BehaviourOnly bool
	Seed          uint64
	// Progress hears how many steps of all are done.
	Progress func(done, all int)
}

func (o HandoffOptions) validate() error {
	if o.Model != "scorecard" && o.Model != "stack" {
		return bad("%q is no model; the models are scorecard and stack", o.Model)
	}
	return nil
}

// folds is into how many parts conversations are crossed.
const folds = 5

// Handoff learns from train and measures on data; without train it crosses data in five folds by
// conversation. The threshold comes from inner folds of what was learned from. It takes minutes; it
// gives up between two steps once ctx is done.
func Handoff(ctx context.Context, train, data []Dialogue, o HandoffOptions) (HandoffReport, error) {
	r := HandoffReport{Model: o.Model, BehaviourOnly: o.BehaviourOnly}
	if err := o.validate(); err != nil {
		return r, err
	}
	if train != nil {
		return r, r.ask(ctx, talks(train), talks(data), o)
	}
	if len(data) < 2*folds {
		return r, bad("%d conversations are too few to cross; give --train, or at least %d", len(data), 2*folds)
	}
	r.Folds = folds
	return r, r.cross(ctx, talks(data), o)
}

// ask learns from one file and measures on another. Without words the other file, unlabelled, tells
// how rare its own words are; a conversation is told of by the others only.
func (r *HandoffReport) ask(ctx context.Context, train, data []clues.Talk, o HandoffOptions) error {
	m, err := fitHandoff(ctx, train, o, counter(o.Progress, 1))
	if err != nil {
		return err
	}
	all := make([][]found, len(data))
	if o.BehaviourOnly {
		rows := clues.Cross(data, deal(len(data), o.Seed), clues.Options{Seed: o.Seed})
		for i, t := range data {
			all[i] = m.find(t, rows[i])
		}
	} else {
		for i, t := range data {
			all[i] = m.find(t, m.notes.Of(t))
		}
	}
	r.measure(all, o.Seed)
	return nil
}

func (r *HandoffReport) cross(ctx context.Context, data []clues.Talk, o HandoffOptions) error {
	fold, all := deal(len(data), o.Seed), make([][]found, len(data))
	step := counter(o.Progress, folds)
	for k := range folds {
		part, _ := apart(data, fold, k)
		m, err := fitHandoff(ctx, part, o, step)
		if err != nil {
			return fmt.Errorf("fold %d: %w", k+1, err)
		}
		for i, t := range data {
			if fold[i] == k {
				all[i] = m.find(t, m.notes.Of(t))
			}
		}
	}
	r.measure(all, o.Seed)
	return nil
}

// deal puts conversations into folds at random.
func deal(n int, seed uint64) []int {
	out := make([]int, n)
	for at, i := range rand.New(rand.NewPCG(seed, 6)).Perm(n) {
		out[i] = at % folds
	}
	return out
}

// apart answers what lies outside one fold, and what lies in it.
func apart[T any](all []T, fold []int, k int) (outside, inside []T) {
	for i, v := range all {
		if fold[i] != k {
			outside = append(outside, v)
		} else {
			inside = append(inside, v)
		}
	}
	return outside, inside
}

// talks puts labelled conversations the way clues are told.
func talks(dialogues []Dialogue) []clues.Talk {
	out := make([]clues.Talk, len(dialogues))
	for i, d := range dialogues {
		for _, t := range d.Turns {
			out[i] = append(out[i], clues.Turn{Bot: t.Role == "bot", Words: t.Words, Label: *t.Handoff == 1})
		}
	}
	return out
}
