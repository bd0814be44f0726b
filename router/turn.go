package router

import (
	"context"
	"errors"

	"yijian/router/escalate"
	"yijian/session"
)

// takeTurn answers the open ask of a session: first the router judges whether a person is needed,
// then the bot speaks, then the router judges the bot. Losing a race is no error: whoever moved the
// session was first, and the log refuses the rest.
func (r *Router) takeTurn(ctx context.Context, id session.ID) {
	if err := r.turn(ctx, id); err != nil && ctx.Err() == nil {
		// The ask's timer takes the turn again.
		r.log.Warn().Err(err).Str("session", string(id)).Msg("turn not taken")
	}
}

func (r *Router) turn(ctx context.Context, id session.ID) error {
	at, err := r.node.Open(ctx, id, "", 0, session.Position{})
	if err != nil {
		return err
	}
	s := at.State
	if s.Owner != session.Bot || s.Ask == "" {
		return nil
	}
	if r.wantsPerson(s) && s.MovedAt.IsZero() {
		return r.ask(ctx, id, "m:first:"+epochName(s), ReasonFirstHuman) // not even the visitor moved it here
	}
	v := r.view(id, at)
	defer r.noted(v)
	before := v.decide(0)
	if before.Action == escalate.Transfer {
		return r.transfer(ctx, v, before, nil)
	}
	if err := r.tell(ctx, v, before); err != nil {
		return err
	}
	reply, err := r.reply(ctx, v)
	if ctx.Err() != nil {
		return ctx.Err() // stopping, or the visitor wrote more: the next turn answers all of it
	}
	if err != nil {
		return nil // whoever moved the session was first
	}
	said := v.say(reply)
	after := v.decide(0)
	switch {
	case after.Action == escalate.Transfer:
		return r.transfer(ctx, v, after, said)
	case reply.Handoff:
		return r.gaveWay(ctx, v, said)
	case after.Action > escalate.Nothing:
		why, err := v.draft(after)
		if err != nil {
			return err
		}
		said = append(said, why)
	}
	_, err = r.node.Append(ctx, id, session.Append{Drafts: said, Epoch: s.Epoch, Ask: s.Ask})
	return r.fenced(err)
}

// tell stores a decision that moves nobody, so that the visitor has it before the bot is through.
func (r *Router) tell(ctx context.Context, v *view, d escalate.Decision) error {
	if d.Action == escalate.Nothing {
		return nil
	}
	why, err := v.draft(d)
	if err != nil {
		return err
	}
	_, err = r.node.Append(ctx, v.id, session.Append{Drafts: []session.Draft{why}, Epoch: v.state.Epoch})
	return r.fenced(err)
}

// gaveWay stores what the bot said and its own wish for a person, text first (invariant 3).
func (r *Router) gaveWay(ctx context.Context, v *view, said []session.Draft) error {
	move := handoff(session.BotEventID(v.state.Ask, len(said)+1), session.FromBot, ReasonBot)
	return r.handOff(ctx, v, ReasonBot, append(said, move))
}

// transfer stores a decision, with everything that explains it, and the move that follows from it.
func (r *Router) transfer(ctx context.Context, v *view, d escalate.Decision, said []session.Draft) error {
	why, err := v.draft(d)
	if err != nil {
		return err
	}
	move := handoff("m:"+v.state.Ask, session.FromSystem, d.Reason)
	return r.handOff(ctx, v, d.Reason, append(said, why, move))
}

func (r *Router) handOff(ctx context.Context, v *view, reason string, drafts []session.Draft) error {
	out, err := r.node.Append(ctx, v.id, session.Append{Drafts: drafts, Epoch: v.state.Epoch, Ask: v.state.Ask})
	if err != nil {
		return r.fenced(err)
	}
	if len(out.Fresh) > 0 {
		r.metrics.Handoffs.WithLabelValues(v.state.Site, reason).Inc()
	}
	r.moved(ctx, v.id)
	return nil
}

// fenced turns "somebody was first" into success: that is what the fence is for.
func (r *Router) fenced(err error) error {
	if errors.Is(err, session.ErrConflict) || errors.Is(err, session.ErrIllegal) {
		r.metrics.Turns.WithLabelValues("fenced").Inc()
		return nil
	}
	return err
}
