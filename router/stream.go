package router

import (
	"context"
	"time"

	"github.com/google/uuid"

	"yijian/router/bot"
	"yijian/session"
)

// signalDelta is the beginning of an answer that is still being made.
const signalDelta = "delta"

// streamEvery is how often the visitor sees an answer grow: smooth to read, and three small frames a
// second on a bad network.
const streamEvery = 300 * time.Millisecond

// answer gets the bot's reply. The visitor sees it grow if the bot can tell it while it makes it. Who is
// helped along does not: for them an answer comes in short pieces that stand still.
func (r *Router) answer(ctx context.Context, v *view, stop context.CancelCauseFunc) (bot.Reply, error) {
	b, ok := r.bot.(bot.Streamer)
	if !ok || v.helped() {
		return r.bot.Reply(ctx, v.turn())
	}
	s := stream{id: uuid.NewString(), router: r, of: v, stop: stop}
	return b.Stream(ctx, v.turn(), func(soFar string) { s.tell(ctx, soFar) })
}

// stream is one answer on its way. Only what is stored counts; a stream may be cut anywhere.
type stream struct {
	id     string
	router *Router
	of     *view
	stop   context.CancelCauseFunc
	at     time.Time // when it was told last
}

// tell passes on what there is of an answer, unless nobody waits for it any more: then the bot is
// stopped (invariant 3). The log would refuse the end of it anyway.
func (s *stream) tell(ctx context.Context, soFar string) {
	now := s.router.now()
	if now.Sub(s.at) < streamEvery || ctx.Err() != nil {
		return
	}
	s.at = now
	node, id := s.router.node, s.of.id
	is, err := node.State(ctx, id)
	if err != nil {
		return // the store is away for a moment; the answer goes on
	}
	if is.Epoch != s.of.state.Epoch || is.Ask != s.of.state.Ask {
		s.stop(errOvertaken)
		return
	}
	told := session.Signal{What: signalDelta, From: session.FromBot, Stream: s.id, Text: soFar}
	if err := node.Signal(ctx, id, told); err != nil {
		s.router.log.Debug().Err(err).Str("session", string(id)).Msg("a part of an answer was not passed on")
	}
}
