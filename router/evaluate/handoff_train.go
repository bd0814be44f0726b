package evaluate

import (
	"context"

	"yijian/router/escalate"
	"yijian/router/evaluate/clues"
)

// TrainReport is what labelled conversations teach: a policy to look at, and how good it and the
// richer models are, each by cross-validation.
type TrainReport struct {
	// Policy is a draft: nothing publishes it but a person with a reason.
	Policy escalate.Policy `json:"policy"`
	// Learned names the signals whose points were learned; the others are as they were.
	Learned []escalate.Signal `json:"learned"`
	// Offer and Transfer are how the draft does at its two thresholds.
	Offer    Hits `json:"offer"`
	Transfer Hits `json:"transfer"`
	// Model is how the chosen model does, and Card, for a scorecard, the points of all its signals.
	Model HandoffReport `json:"model"`
	Card  []CardRow     `json:"card,omitempty"`
}

// Hits are the turns at which a threshold is reached, and how right that is.
type Hits struct {
	Precision Share `json:"precision"`
	Recall    Share `json:"recall"`
}

// Train learns a policy draft from labelled conversations, beginning with a policy whose other
// points it keeps.
func Train(ctx context.Context, data []Dialogue, base escalate.Policy, o HandoffOptions) (TrainReport, error) {
	var r TrainReport
	var err error
	if r.Model, err = Handoff(ctx, nil, data, o); err != nil {
		return r, err
	}
	all := talks(data)
	r.Policy, r.Learned = learnPoints(all, base), learnable
	if err := r.Policy.Validate(); err != nil {
		return r, bad("what was learned is no policy: %v", err)
	}
	r.Offer, r.Transfer = crossPoints(all, base, o.Seed)
	if o.Model == "scorecard" {
		m, err := fitHandoff(ctx, all, o, func() {})
		if err != nil {
			return r, err
		}
		if c, ok := m.judge.(*card); ok {
			r.Card = c.rows(m.threshold)
		}
	}
	return r, nil
}

// crossPoints holds drafts that were learned from four fifths of the conversations against the rest.
func crossPoints(all []clues.Talk, base escalate.Policy, seed uint64) (offer, transfer Hits) {
	var at [2]confusion
	fold := deal(len(all), seed)
	for k := range folds {
		outside, inside := apart(all, fold, k)
		p, corpus := learnPoints(outside, base), clues.NewCorpus(outside)
		for _, talk := range inside {
			for t, seen := range repetitions(talk, corpus) {
				sum := seen.points(p)
				at[0].add(sum >= p.OfferAt, talk[t].Label)
				at[1].add(sum >= p.TransferAt, talk[t].Label)
			}
		}
	}
	return at[0].hits(), at[1].hits()
}

func (c confusion) hits() Hits {
	return Hits{Precision: NewShare(c.tp, c.tp+c.fp), Recall: NewShare(c.tp, c.tp+c.fn)}
}
