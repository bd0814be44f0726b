package router

import (
	"context"
	"errors"
	"time"

	"yijian/router/escalate"
	"yijian/session"
)

const (
	// askLook is when an unanswered ask is looked at, and how often again: a turn that a dead
	// process took with it is taken anew.
	askLook = 5 * time.Second
	// lookSoon keeps a deadline that is all but reached from being looked at in a circle.
	lookSoon = 200 * time.Millisecond
)

// onAskTimer looks at a session whose visitor wrote to the bot: an answered ask needs nothing, an
// unanswered one its turn, one that the bot leaves unanswered for long the question whether a person
// should come, and one left for too long a person (W4). All times are Redis'.
func (r *Router) onAskTimer(ctx context.Context, id session.ID) (time.Duration, error) {
	s, now, err := r.node.Look(ctx, id)
	if errors.Is(err, session.ErrGone) || err == nil && (s.Owner != session.Bot || s.Ask == "") {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	at, err := r.node.Open(ctx, id, "", 0, session.Position{})
	if err != nil {
		return 0, err
	}
	if at.State.Owner != session.Bot || at.State.Ask == "" {
		return 0, nil
	}
	v := r.view(id, at)
	silence := v.judge.Silence(now)
	v.at = now.Add(-silence)
	switch d := v.decideSilent(silence); d.Action {
	case escalate.Transfer:
		defer r.noted(v)
		return 0, r.transfer(ctx, v, d, nil)
	case escalate.Offer:
		defer r.noted(v)
		err = r.tell(ctx, v, d)
	}
	r.turns.put(id)
	return nextLook(silence, v.policy), err
}

// decideSilent judges only the silence: what else there is to say is said when the bot answers.
func (v *view) decideSilent(silence time.Duration) escalate.Decision {
	if silence < v.policy.SilentOffer() {
		return escalate.Decision{}
	}
	return v.decide(silence)
}

// nextLook is at the next deadline, or in a while to see to the turn itself.
func nextLook(silence time.Duration, p escalate.Policy) time.Duration {
	next := askLook
	for _, deadline := range []time.Duration{p.SilentOffer(), p.SilentTransfer()} {
		if left := deadline - silence; left > 0 {
			next = min(next, max(left, lookSoon))
		}
	}
	return next
}
