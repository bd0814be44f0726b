package router

import (
	"context"
	"errors"
	"time"

	"yijian/router/bot"
	"yijian/router/escalate"
	"yijian/session"
)

const (
	// askLook is when an unanswered ask is looked at, and how often again: a turn that a dead
	// process took with it is taken anew.
	askLook = 5 * time.Second
	// botPatience bounds one turn of a bot. DESIGN §9 offers a person at 15 s.
	botPatience = 12 * time.Second
	// historyLines is how many earlier messages a bot sees.
	historyLines = 20
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
	policy := r.policies.Current()
	var judge escalate.Session
	for _, e := range at.Events {
		judge.Add(e)
	}
	if d := escalate.Judge(judge.Input(), policy); d.Action == escalate.Transfer {
		return r.transfer(ctx, id, s, d, nil)
	}
	reply := r.reply(ctx, id, s, at.Events)
	said := botSays(s.Ask, reply)
	judge.Add(session.Event{ID: said.ID, Kind: said.Kind, From: said.From, Body: said.Body, Seq: s.Seq + 1})
	d := escalate.Judge(judge.Input(), policy)
	if reply.Handoff && d.Action != escalate.Transfer {
		return r.gaveWay(ctx, id, s, said)
	}
	if d.Action == escalate.Transfer {
		return r.transfer(ctx, id, s, d, &said)
	}
	_, err = r.node.Append(ctx, id, session.Append{Drafts: []session.Draft{said}, Epoch: s.Epoch, Ask: s.Ask})
	return r.fenced(err)
}

// reply asks the bot. A bot that fails has failed a turn; the visitor is told so, not left waiting.
func (r *Router) reply(ctx context.Context, id session.ID, s session.State, events []session.Event) bot.Reply {
	ctx, cancel := context.WithTimeout(ctx, botPatience)
	defer cancel()
	t := bot.Turn{Site: s.Site, Session: string(id), Ask: s.Ask, Lang: s.Lang}
	for _, e := range events {
		if e.Kind != session.KindMessage {
			continue
		}
		if e.ID == s.Ask {
			t.Text = e.Body.Text
			break
		}
		t.History = append(t.History, bot.Line{From: string(e.From), Text: e.Body.Text})
	}
	t.History = t.History[max(0, len(t.History)-historyLines):]
	reply, err := r.bot.Reply(ctx, t)
	switch {
	case err != nil:
		r.log.Warn().Err(err).Str("session", string(id)).Msg("bot failed")
		r.metrics.Turns.WithLabelValues("failed").Inc()
		return bot.Reply{Text: apology(s.Lang), Unsure: true}
	case reply.Unsure:
		r.metrics.Turns.WithLabelValues("unsure").Inc()
	default:
		r.metrics.Turns.WithLabelValues("answered").Inc()
	}
	return reply
}

func botSays(ask string, reply bot.Reply) session.Draft {
	return session.Draft{
		ID: session.BotEventID(ask, 1), Kind: session.KindMessage, From: session.FromBot,
		Body: session.Body{
			Text: reply.Text, Intent: reply.Intent, Confidence: reply.Confidence, Unsure: reply.Unsure,
		},
	}
}

// gaveWay stores what the bot said and its own wish for a person, text first (invariant 3).
func (r *Router) gaveWay(ctx context.Context, id session.ID, s session.State, said session.Draft) error {
	drafts := []session.Draft{handoff(session.BotEventID(s.Ask, 2), session.FromBot, ReasonBot)}
	if said.Body.Text != "" {
		drafts = append([]session.Draft{said}, drafts...)
	}
	return r.handOff(ctx, id, s, ReasonBot, drafts)
}

// transfer stores a decision, with everything that explains it, and the move that follows from it.
func (r *Router) transfer(ctx context.Context, id session.ID, s session.State, d escalate.Decision, said *session.Draft) error {
	why, err := decided("s:decision:"+s.Ask, d, s.Lang)
	if err != nil {
		return err
	}
	drafts := []session.Draft{why, handoff("m:"+s.Ask, session.FromSystem, d.Reason)}
	if said != nil && said.Body.Text != "" {
		drafts = append([]session.Draft{*said}, drafts...)
	}
	return r.handOff(ctx, id, s, d.Reason, drafts)
}

func (r *Router) handOff(ctx context.Context, id session.ID, s session.State, reason string, drafts []session.Draft) error {
	out, err := r.node.Append(ctx, id, session.Append{Drafts: drafts, Epoch: s.Epoch, Ask: s.Ask})
	if err != nil {
		return r.fenced(err)
	}
	if len(out.Fresh) > 0 {
		r.metrics.Handoffs.WithLabelValues(s.Site, reason).Inc()
	}
	r.moved(ctx, id)
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

// onAskTimer looks at a session whose visitor wrote to the bot: an answered ask needs nothing, an
// unanswered one its turn, and one that the bot left unanswered for too long a person (W4).
func (r *Router) onAskTimer(ctx context.Context, id session.ID) (time.Duration, error) {
	at, err := r.node.Open(ctx, id, "", 0, session.Position{})
	if errors.Is(err, session.ErrGone) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	s := at.State
	if s.Owner != session.Bot || s.Ask == "" {
		return 0, nil
	}
	if d, late := r.silent(at); late {
		return 0, r.transfer(ctx, id, s, d, nil)
	}
	r.turns.put(id)
	return askLook, nil
}

// silent reports whether the open ask has waited too long for the bot.
func (r *Router) silent(at session.Opened) (escalate.Decision, bool) {
	var judge escalate.Session
	for _, e := range at.Events {
		judge.Add(e)
	}
	in := judge.Input()
	in.Silence = judge.Silence(r.now())
	d := escalate.Judge(in, r.policies.Current())
	return d, d.Action == escalate.Transfer
}
