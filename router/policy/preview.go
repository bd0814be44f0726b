package policy

import (
	"context"

	"yijian/router/escalate"
)

// Rehearsed is one judgement beside what a draft would have made of it.
type Rehearsed struct {
	escalate.Judgement
	Would escalate.Decision
}

// Changed reports whether the draft would have done something else.
func (r Rehearsed) Changed() bool { return r.Would.Action != r.Decided.Action }

// Preview judges the last judgements of some sites again, under a draft. Everything that was weighed
// is in the record of a decision, so nothing is guessed.
func (s *Store) Preview(ctx context.Context, sites []string, draft escalate.Policy, limit int) ([]Rehearsed, error) {
	last, err := s.Decisions(ctx, sites, false, limit)
	if err != nil {
		return nil, err
	}
	all := make([]Rehearsed, len(last))
	for i, j := range last {
		all[i] = Rehearsed{Judgement: j, Would: escalate.Judge(j.Decided.Input(), draft)}
	}
	return all, nil
}
