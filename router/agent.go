package router

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"yijian/router/queue"
	"yijian/session"
)

// Agent is who acts, as the visitor and the log know them.
type Agent struct {
	ID, Name, Site string
}

// Accept takes an offered ticket: the desk first, then the log, then the desk again. It returns the
// session, or queue.ErrOfferGone.
func (r *Router) Accept(ctx context.Context, a Agent, offer string) (session.ID, error) {
	taken, err := r.desk.Accept(ctx, a.Site, a.ID, offer)
	if err != nil {
		return "", err
	}
	id, number := taken.Session, int64(taken.Number)
	out, err := r.node.Append(ctx, id, session.Append{
		Drafts: []session.Draft{accepted(a, number)}, Epoch: int64(taken.Epoch), Offer: number,
	})
	if errors.Is(err, session.ErrConflict) || errors.Is(err, session.ErrIllegal) {
		r.moved(ctx, id)
		return "", queue.ErrOfferGone
	}
	if err != nil {
		return "", err
	}
	r.metrics.accepted(a.Site, out)
	r.moved(ctx, id)
	return id, nil
}

func accepted(a Agent, number int64) session.Draft {
	return session.Draft{
		ID:   session.AgentEventID(a.ID, "accept-"+strconv.FormatInt(number, 10)),
		Kind: session.KindMove, From: session.FromAgent, By: a.ID,
		Body: session.Body{To: session.Human, Agent: a.ID, Name: a.Name, Reason: ReasonAccepted},
	}
}

// Decline gives an offer back; the ticket keeps its place and is offered to others.
func (r *Router) Decline(ctx context.Context, a Agent, offer string) error {
	if err := r.desk.Decline(ctx, a.Site, a.ID, offer); err != nil {
		return err
	}
	r.seatNews(ctx, a.Site, a.ID, SeatNews{What: NewsGone, Offer: offer, Code: GoneDeclined})
	r.kick(a.Site)
	return nil
}

// Shown notes that a console showed an offer; only then does a missed one count.
func (r *Router) Shown(ctx context.Context, a Agent, offer string) error {
	return r.desk.Shown(ctx, a.Site, a.ID, offer)
}

// AgentMessage stores what an agent says to the visitor. It needs the session to be this agent's
// (invariant 3).
func (r *Router) AgentMessage(ctx context.Context, id session.ID, a Agent, clientID, text string) (uint64, error) {
	return r.agentWrites(ctx, id, session.Draft{
		ID: session.AgentEventID(a.ID, clientID), Kind: session.KindMessage, From: session.FromAgent, By: a.ID,
		Body: session.Body{Text: text, Name: a.Name},
	}, r.idleOf(a.Site).timers()...)
}

// Note stores what agents tell each other about a session. Visitors never see it.
func (r *Router) Note(ctx context.Context, id session.ID, a Agent, clientID, text string) (uint64, error) {
	return r.agentWrites(ctx, id, noteOf(a, clientID, text))
}

func (r *Router) agentWrites(ctx context.Context, id session.ID, d session.Draft, timers ...session.Timer) (uint64, error) {
	out, err := r.node.Append(ctx, id, session.Append{Drafts: []session.Draft{d}, Timers: timers})
	if errors.Is(err, session.ErrConflict) {
		return 0, fmt.Errorf("%w: %w", ErrNotYours, err)
	}
	if err != nil {
		return 0, err
	}
	return out.Seqs[0], nil
}

// AgentRead notes that the agent has seen everything up to a seq.
func (r *Router) AgentRead(ctx context.Context, id session.ID, a Agent, upto uint64) error {
	return r.noteRead(ctx, id, session.Draft{
		ID:   session.AgentEventID(a.ID, "read-"+strconv.FormatUint(upto, 10)),
		From: session.FromAgent, By: a.ID, Body: session.Body{Upto: upto},
	})
}

// CloseByAgent ends a session that this agent answers. The visitor may write again at any time.
func (r *Router) CloseByAgent(ctx context.Context, id session.ID, a Agent, tap string) error {
	return r.agentMove(ctx, id, agentMove(a, tap, session.Closed, ReasonClosed))
}

// Release gives a session back to the line, at its original arrival time (invariant 6).
func (r *Router) Release(ctx context.Context, id session.ID, a Agent, tap string) error {
	return r.agentMove(ctx, id, agentMove(a, tap, session.Waiting, ReasonReleased))
}

func agentMove(a Agent, tap string, to session.Owner, reason string) session.Draft {
	if tap == "" {
		tap = uuid.NewString()
	}
	return session.Draft{
		ID: session.AgentEventID(a.ID, tap), Kind: session.KindMove, From: session.FromAgent, By: a.ID,
		Body: session.Body{To: to, Reason: reason, Name: a.Name},
	}
}

func (r *Router) agentMove(ctx context.Context, id session.ID, move session.Draft) error {
	return r.agentAct(ctx, id, []session.Draft{move})
}

// agentAct stores a move of an agent, and what comes with it, and tells the desk.
func (r *Router) agentAct(ctx context.Context, id session.ID, drafts []session.Draft) error {
	_, err := r.node.Append(ctx, id, session.Append{Drafts: drafts})
	if errors.Is(err, session.ErrConflict) || errors.Is(err, session.ErrIllegal) {
		return fmt.Errorf("%w: %w", ErrNotYours, err)
	}
	if err != nil {
		return err
	}
	r.moved(ctx, id)
	return nil
}
