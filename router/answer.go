package router

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"yijian/session"
)

// ErrNoOffer says that a visitor declined what was not asked.
var ErrNoOffer = errors.New("there is no such offer")

// Answer is a visitor's word on the question of a decision, whether a person should take over. Yes
// hands off with the reason of the offer; a yes to a question nobody knows any more is still a wish
// for a person, and never refused (invariant 4). No is kept in the log, where router/escalate finds
// it and does not ask again for a while.
func (r *Router) Answer(ctx context.Context, id session.ID, tap, offer string, yes bool) error {
	if tap == "" {
		tap = uuid.NewString()
	}
	at, err := r.node.Open(ctx, id, "", 0, session.Position{})
	if err != nil {
		return err
	}
	reason, known := offered(at.Events, offer)
	if !known && yes {
		return r.Human(ctx, id, tap)
	}
	if !known {
		return ErrNoOffer
	}
	said := session.Draft{
		ID: fmt.Sprintf("v:answer:%s:%t:%s", offer, yes, tap), Kind: session.KindAnswer, From: session.FromVisitor,
		Body: session.Body{Offer: offer, Yes: yes, Reason: reason},
	}
	if !yes {
		_, err := r.node.Append(ctx, id, session.Append{Drafts: []session.Draft{said}})
		return err
	}
	return r.accept(ctx, id, said)
}

// accept stores a yes with the move into the line, if the visitor is not there or with a person yet.
func (r *Router) accept(ctx context.Context, id session.ID, said session.Draft) error {
	out, err := r.again(ctx, id, func(s session.State) (session.Append, error) {
		a := session.Append{Drafts: []session.Draft{said}, Epoch: s.Epoch, Urgent: true}
		if s.Owner == session.Bot || s.Owner == session.Closed {
			a.Drafts = append(a.Drafts, handoff("m:"+said.ID, session.FromVisitor, said.Body.Reason))
		}
		return a, nil
	})
	if err != nil {
		return fmt.Errorf("handing over after a yes: %w", err)
	}
	for _, e := range out.Fresh {
		if e.Kind == session.KindMove {
			r.metrics.Handoffs.WithLabelValues(out.Now.Site, said.Body.Reason).Inc()
			r.moved(ctx, id)
		}
	}
	if out.Now.Owner == session.Waiting {
		r.tellPlace(ctx, out.Now.Site, id)
	}
	return nil
}

// offered finds the question by its name, and why it was asked.
func offered(events []session.Event, offer string) (reason string, ok bool) {
	for _, e := range events {
		if e.Kind == session.KindDecision && offer != "" && e.Body.Offer == offer {
			return e.Body.Reason, true
		}
	}
	return "", false
}
