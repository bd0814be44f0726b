package router

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"yijian/router/queue"
	"yijian/session"
)

// CodeWhisper marks a note of a supervisor to the agent.
const CodeWhisper = "whisper"

// The codes of the notices by which a visitor learns who else is there.
const (
	NoticeJoined = "supervisor_joined"
	NoticeLeft   = "supervisor_left"
)

// Whisper stores what a supervisor tells the agent. The visitor never sees it.
func (r *Router) Whisper(ctx context.Context, id session.ID, a Agent, clientID, text string) (uint64, error) {
	note := noteOf(a, clientID, text)
	note.Body.Code = CodeWhisper
	return r.agentWrites(ctx, id, note)
}

// Join lets a supervisor write beside the agent, until the supervisor leaves or the conversation moves.
// The visitor is told. Invariant 3 holds as it stands: whose messages the log takes is in the log.
func (r *Router) Join(ctx context.Context, id session.ID, a Agent, tap string) error {
	return r.comeOrGo(ctx, id, a, tap, session.Body{Reason: session.SupervisorJoined, Code: NoticeJoined, Name: a.Name})
}

// LeaveChat ends Join.
func (r *Router) LeaveChat(ctx context.Context, id session.ID, a Agent, tap string) error {
	s, err := r.node.State(ctx, id)
	if err != nil || s.Joined != a.ID {
		return err
	}
	return r.comeOrGo(ctx, id, a, tap, session.Body{Reason: session.SupervisorLeft, Code: NoticeLeft, Name: a.Name})
}

func (r *Router) comeOrGo(ctx context.Context, id session.ID, a Agent, tap string, body session.Body) error {
	s, err := r.node.State(ctx, id)
	if err != nil {
		return err
	}
	if tap == "" {
		tap = uuid.NewString()
	}
	body.Text = comesOrGoes(s.Lang, a.Name, body.Reason == session.SupervisorJoined)
	_, err = r.agentWrites(ctx, id, session.Draft{
		ID: session.AgentEventID(a.ID, tap), Kind: session.KindNotice, From: session.FromAgent, By: a.ID, Body: body,
	})
	return err
}

// TakeOver gives a supervisor a conversation that a colleague answers: back to the line, and taken from
// there at once. Whoever dies in between leaves a visitor in front of the line who is offered to the
// supervisor first.
func (r *Router) TakeOver(ctx context.Context, id session.ID, a Agent, tap string) error {
	if err := r.hasRoom(ctx, a); err != nil {
		return err
	}
	if tap == "" {
		tap = uuid.NewString()
	}
	out, err := r.again(ctx, id, func(s session.State) (session.Append, error) {
		if s.Owner != session.Human || s.Agent == a.ID {
			return session.Append{}, nil
		}
		move := handoff("m:taken:"+tap, session.FromSystem, ReasonTakenOver)
		move.Body.Queue, move.Body.Agent, move.Body.Name = s.Queue, a.ID, a.Name
		return session.Append{Drafts: []session.Draft{move}, Epoch: s.Epoch}, nil
	})
	if err != nil {
		return err
	}
	if out.Now.Owner != session.Waiting {
		return nil // it is the supervisor's already, or over
	}
	if _, err := r.Settle(ctx, id); err != nil {
		return err
	}
	return r.Take(ctx, id, a)
}

// Take gives an agent one ticket that waits, whatever the order of the line: a callback from the list,
// or what a colleague had.
func (r *Router) Take(ctx context.Context, id session.ID, a Agent) error {
	offer, err := r.desk.Take(ctx, a.Site, a.ID, id)
	if err != nil {
		return err
	}
	_, err = r.Accept(ctx, a, offer.ID)
	return err
}

// hasRoom is asked before a conversation is taken from somebody. The desk asks again.
func (r *Router) hasRoom(ctx context.Context, a Agent) error {
	seats, err := r.desk.Roster(ctx, a.Site)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(seats, func(s queue.Seat) bool { return s.Agent == a.ID })
	if i < 0 || seats[i].Free() == 0 {
		return fmt.Errorf("taking a conversation over: %w", queue.ErrNoRoom)
	}
	return nil
}
