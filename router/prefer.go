package router

import (
	"context"

	"yijian/session"
)

// firstHuman is how a visitor, or a site for all of them, says "always a person first". The bot then
// stays silent until the visitor asks for it (invariant 4).
const firstHuman = "human"

// wantsPerson reports whether a person comes first in a session.
func (r *Router) wantsPerson(s session.State) bool {
	return s.First == firstHuman || r.firstHuman[s.Site]
}

// Prefer keeps how a visitor would like to be served from now on. Who now wants a person first, and
// has the bot, is in line at once.
func (r *Router) Prefer(ctx context.Context, id session.ID, want session.Prefers) error {
	s, err := r.node.State(ctx, id)
	if err != nil {
		return err
	}
	if s.Prefers != want {
		if err := r.node.Prefer(ctx, id, want); err != nil {
			return err
		}
	}
	if want.First != firstHuman || s.First == firstHuman || s.Owner != session.Bot {
		return nil
	}
	return r.ask(ctx, id, "m:first:"+epochName(s), ReasonFirstHuman)
}
