package web

import (
	"context"

	"yijian/agents"
	"yijian/router"
	"yijian/router/queue"
	"yijian/session"
	"yijian/web/wire"
)

// handOn gives a conversation to a queue or a colleague.
func (a *agent) handOn(ctx context.Context, id session.ID, in wire.In) error {
	if in.Queue == "" && in.Agent == "" {
		return &wire.Problem{Code: wire.BadValue, Detail: "a transfer needs a queue or an agent"}
	}
	note, err := noteText(in.Note)
	if err != nil {
		return err
	}
	return a.srv.router.Transfer(ctx, id, a.me, router.Handing{Tap: in.ID, Queue: in.Queue, Agent: in.Agent, Note: note})
}

// noteText is a note that may be left out.
func noteText(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	return wire.CheckText(text)
}

// consult asks a colleague about a conversation.
func (a *agent) consult(ctx context.Context, id session.ID, in wire.In) error {
	ask := func(ctx context.Context, id session.ID, me router.Agent, clientID, text string) (uint64, error) {
		return a.srv.router.Consult(ctx, id, me, router.Question{ID: clientID, Colleague: in.Agent, Text: text})
	}
	return a.write(ctx, id, in, ask)
}

// asksFor is what needs no session that is open here.
func (a *agent) asksFor(ctx context.Context, in wire.In) error {
	switch in.T {
	case "seats":
		return a.seats(ctx)
	case "callbacks":
		return a.callbacks(ctx)
	}
	id, err := a.here(ctx, in.Session)
	if err != nil {
		return err
	}
	if in.T == "take" {
		return a.srv.router.Take(ctx, id, a.me)
	}
	if in.ID != "" {
		if err := wire.CheckID(in.ID); err != nil {
			return err
		}
	}
	return a.srv.router.TakeOver(ctx, id, a.me, in.ID)
}

// here returns a session of this agent's site. One of another site is not there for this agent.
func (a *agent) here(ctx context.Context, text string) (session.ID, error) {
	id, err := session.ParseID(text)
	if err != nil {
		return "", session.ErrGone
	}
	s, err := a.srv.node.State(ctx, id)
	if err != nil {
		return "", err
	}
	if s.Site != a.me.Site {
		return "", session.ErrGone
	}
	return id, nil
}

// isGuest reports whether a colleague has asked this agent about a session, who may then read it
// without the right to watch any.
func (a *agent) isGuest(ctx context.Context, text string) bool {
	id, err := a.here(ctx, text)
	if err != nil {
		return false
	}
	s, err := a.srv.node.State(ctx, id)
	return err == nil && s.Guest == a.me.ID
}

// may reports whether this agent may do what a frame asks for.
func (a *agent) may(ctx context.Context, verb agents.Verb, in wire.In) bool {
	return a.who.Account.May(verb, a.me.Site) || verb == agents.AgentWatch && a.isGuest(ctx, in.Session)
}

func (a *agent) seats(ctx context.Context) error {
	seats, queues, err := a.srv.router.Roster(ctx, a.me.Site)
	if err != nil {
		return err
	}
	held, err := a.held(ctx)
	if err != nil {
		return err
	}
	out := wire.Seats{T: "seats", Seats: []wire.Colleague{}, Queues: queues}
	if out.Queues == nil {
		out.Queues = []string{router.GeneralQueue}
	}
	for _, s := range seats {
		colleague := wire.Colleague{Agent: s.Agent, Name: s.Name, Seat: seatOf(s), Holds: held[s.Agent]}
		for _, skill := range s.Skills {
			colleague.Skills = append(colleague.Skills, skill.Queue)
		}
		out.Seats = append(out.Seats, colleague)
	}
	a.send(out)
	return nil
}

// held is what each agent answers now, for those who may watch it.
func (a *agent) held(ctx context.Context) (map[string][]wire.Held, error) {
	if !a.who.Account.May(agents.AgentWatch, a.me.Site) {
		return nil, nil //nolint:nilnil // nothing to see is nothing wrong
	}
	seats, err := a.srv.router.Holdings(ctx, a.me.Site)
	if err != nil {
		return nil, err
	}
	out := map[string][]wire.Held{}
	for agent, list := range seats {
		for _, h := range list {
			out[agent] = append(out[agent], wire.Held{
				Session: string(h.Session), Number: router.TicketNumber(h.Session), Queue: h.Queue, Lang: h.Lang,
				Reason: h.Reason, Summary: h.Summary, HeldMS: h.For.Milliseconds(),
			})
		}
	}
	return out, nil
}

// callbacksAtOnce is how many a frame holds; behind them the list goes on.
const callbacksAtOnce = 100

func (a *agent) callbacks(ctx context.Context) error {
	list, err := a.srv.router.Callbacks(ctx, a.me.Site, queue.Page{N: callbacksAtOnce + 1})
	if err != nil {
		return err
	}
	out := wire.Callbacks{T: "callbacks", Callbacks: []wire.Callback{}, More: len(list) > callbacksAtOnce}
	now := a.srv.now()
	for _, w := range list[:min(len(list), callbacksAtOnce)] {
		out.Callbacks = append(out.Callbacks, wire.Callback{
			Session: string(w.Session), Number: router.TicketNumber(w.Session), Call: *callOf(w.Callback),
			Queue: w.Queue, Lang: w.Lang, WaitMS: max(0, now.Sub(w.Arrived)).Milliseconds(), Summary: w.Summary,
			Taken: w.State != queue.InLine,
		})
	}
	a.send(out)
	return nil
}
