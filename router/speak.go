package router

import (
	"context"
	"errors"

	"yijian/router/bot"
	"yijian/session"
)

// historyLines is how many earlier messages a bot sees.
const historyLines = 20

// errOvertaken says that an answer was given up because nobody waits for it any more.
var errOvertaken = errors.New("the session went on without this answer")

// reply asks the bot. A bot that fails has failed a turn; the visitor is told so, not left waiting. It
// may think until a person takes over for its silence: at the first deadline one is offered meanwhile.
// The only error is errOvertaken.
func (r *Router) reply(ctx context.Context, v *view) (bot.Reply, error) {
	ctx, done := context.WithTimeout(ctx, v.policy.SilentTransfer())
	defer done()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	reply, err := r.answer(ctx, v, stop)
	switch {
	case errors.Is(context.Cause(ctx), errOvertaken):
		r.metrics.Turns.WithLabelValues("fenced").Inc()
		return bot.Reply{}, errOvertaken
	case err != nil:
		r.log.Warn().Err(err).Str("session", string(v.id)).Msg("bot failed")
		r.metrics.Turns.WithLabelValues("failed").Inc()
		return bot.Reply{Text: apology(v.state.Lang), Unsure: true}, nil
	case reply.Failure != nil:
		r.log.Warn().Err(reply.Failure).Str("session", string(v.id)).Msg("bot failed, its knowledge answered")
		r.metrics.Turns.WithLabelValues("stood_in").Inc()
	case reply.Unsure:
		r.metrics.Turns.WithLabelValues("unsure").Inc()
	default:
		r.metrics.Turns.WithLabelValues("answered").Inc()
	}
	return reply, nil
}

// turn is what the bot is asked.
func (v *view) turn() bot.Turn {
	t := bot.Turn{Site: v.state.Site, Session: string(v.id), Ask: v.state.Ask, Lang: v.state.Lang, Plain: v.helped()}
	for _, e := range v.events {
		if e.Kind != session.KindMessage {
			continue
		}
		if e.ID == v.state.Ask {
			t.Text = e.Body.Text
			break
		}
		t.History = append(t.History, bot.Line{From: string(e.From), Text: e.Body.Text})
	}
	t.History = t.History[max(0, len(t.History)-historyLines):]
	return t
}

// say turns a reply into events, and folds them as if they were stored. Who is helped along gets a long
// answer in short pieces, one bubble each; a reply without text says nothing.
func (v *view) say(reply bot.Reply) []session.Draft {
	texts := []string{reply.Text}
	if v.helped() {
		texts = pieces(reply.Text)
	}
	var drafts []session.Draft
	for i, text := range texts {
		d := session.Draft{
			ID: session.BotEventID(v.state.Ask, i+1), Kind: session.KindMessage, From: session.FromBot,
			Body: session.Body{Text: text, Intent: reply.Intent, Confidence: reply.Confidence, Unsure: reply.Unsure},
		}
		if i == len(texts)-1 && !reply.Handoff {
			d.Body.Suggest = reply.Suggest[:min(len(reply.Suggest), bot.MaxSuggest)]
		}
		v.add(session.Event{ID: d.ID, Kind: d.Kind, From: d.From, Body: d.Body, Seq: v.state.Seq + uint64(i) + 1})
		if text != "" || !reply.Handoff {
			drafts = append(drafts, d)
		}
	}
	return drafts
}
