package router

import (
	"context"
	"errors"
	"strconv"

	"yijian/router/queue"
	"yijian/session"
)

// repair brings a log back to where the desk saw it, if a failover rolled it back: a promoted replica
// had not yet heard of the last moves. The visitor and the agent saw them, so they stand. Whatever
// was said after them comes back from the clients, who are told by a reset.
func (r *Router) repair(ctx context.Context, id session.ID, site string) error {
	// The ticket is read first. Its epoch came out of the log, so a log read later can only be behind
	// it if it was rolled back.
	ticket, err := r.desk.Ticket(ctx, site, id)
	if err != nil {
		return err
	}
	s, err := r.node.State(ctx, id)
	if err != nil {
		return err
	}
	if int64(ticket.Epoch) <= s.Epoch {
		return nil // it was only read a moment too early
	}
	out, err := r.node.Append(ctx, id, session.Append{Drafts: []session.Draft{repairTo(&ticket, s)}, Epoch: s.Epoch})
	if errors.Is(err, session.ErrConflict) {
		return nil // somebody moved it meanwhile; what is now decides
	}
	if err != nil {
		return err
	}
	if len(out.Fresh) > 0 {
		r.metrics.Repairs.WithLabelValues(site, "log").Inc()
		r.log.Warn().Str("session", string(id)).Int64("epoch", s.Epoch).Uint64("desk_epoch", ticket.Epoch).
			Str("owner", string(out.Now.Owner)).Msg("log repaired from the desk")
	}
	return nil
}

// repairTo is the move to what the desk was last told, but for what was decided in the log since. Its
// id follows from the desk's epoch, which the repair itself outgrows, so that many nodes repair once.
func repairTo(t *queue.Ticket, s session.State) session.Draft {
	epoch := int64(t.Epoch) + 1
	body := session.Body{To: t.Owner(), Queue: t.Queue, Agent: t.Agent, Arrived: t.Arrived.UnixMicro()}
	if decidedSince(t, s) {
		body = session.Body{To: s.Owner, Queue: s.Queue, Agent: s.Agent, Arrived: s.Arrived}
	}
	switch body.To {
	case session.Bot, session.Closed:
		body.Queue, body.Agent, body.Arrived = "", "", 0
	case session.Waiting:
		body.Agent = ""
	}
	body.Reason, body.Epoch = ReasonRepaired, epoch
	return session.Draft{
		ID: "m:repaired:" + strconv.FormatInt(epoch, 10), Kind: session.KindMove, From: session.FromSystem, Body: body,
	}
}

// decidedSince reports whether the log moved after it was rolled back, to something that the desk's
// state must not undo. A wish for a person undoes nothing: whoever is in line already keeps the
// earlier place, and whoever has a person keeps the person (invariants 5 and 6).
func decidedSince(t *queue.Ticket, s session.State) bool {
	return s.MovedAt.After(t.Since) && (s.Owner != session.Waiting || t.State == queue.Gone)
}

// checkDesk holds the desk's own tickets and holds against the sessions: what a failover took from
// the desk's side has no timer in any session that is closed or back with the bot, and what it took
// from a log that had not moved before has none either.
func (r *Router) checkDesk(ctx context.Context, site string) error {
	mine, err := r.desk.Check(ctx, site)
	if err != nil || !mine {
		return err
	}
	return r.desk.Walk(ctx, site, func(tickets []queue.Ticket) error {
		ids := make([]session.ID, len(tickets))
		for i := range tickets {
			ids[i] = tickets[i].Session
		}
		heads, err := r.node.Heads(ctx, ids)
		if err != nil {
			return err
		}
		var errs []error
		for i := range tickets {
			errs = append(errs, r.checkTicket(ctx, site, &tickets[i], heads[i]))
		}
		return errors.Join(errs...)
	})
}

func (r *Router) checkTicket(ctx context.Context, site string, t *queue.Ticket, h session.Head) error {
	if h.Epoch == 0 {
		return nil // not in Redis; its record will bring it back (issue 5)
	}
	if h.Epoch == int64(t.Epoch) && h.Owner == t.Owner() {
		return nil
	}
	if h.Epoch > int64(t.Epoch) {
		r.metrics.Repairs.WithLabelValues(site, "desk").Inc()
	}
	_, err := r.Settle(ctx, t.Session)
	return err
}
