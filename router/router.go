package router

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"yijian/router/bot"
	"yijian/router/escalate"
	"yijian/router/queue"
	"yijian/session"
)

// Errors that callers decide on. What the log refuses is passed on as session.Err….
var (
	// ErrBadStatus says that an agent asked for a status there is none of.
	ErrBadStatus = errors.New("no such status")
	// ErrNotYours says that an agent writes to a session somebody else answers.
	ErrNotYours = errors.New("another agent answers this session")
)

// Policies gives the policy that decides now.
type Policies interface {
	Current() escalate.Policy
}

// Options is what a Router is made of. All fields but Rarity, Judged, FirstHuman, Idle, Hours, Regions and Near are needed.
type Options struct {
	Node *session.Node
	Desk *queue.Desk
	Bot  bot.Bot
	// Rarity is of what the bot's knowledge is written in; it tells repeated questions apart better.
	Rarity   *escalate.Rarity
	Policies Policies
	Sites    []string
	// Judged, if given, is told of every judgement that saw a signal. It must not block.
	Judged func(escalate.Judgement)
	// FirstHuman has the sites at which a person comes first, always.
	FirstHuman map[string]bool
	// Idle says of each site when quiet conversations end. A site it does not hold never ends one.
	Idle map[string]Idle
	// Hours says when people answer.
	Hours Opening
	// Regions says of each site in which country a telephone number without a country code is dialled,
	// as ISO 3166 has it; CN of a site that it does not hold.
	Regions map[string]string
	Near    Near
	Log     zerolog.Logger
	Metrics *Metrics
	// Now is the wall clock. Times that decide anything come from Redis or from events.
	Now func() time.Time
}

// Router turns commands into events and keeps the desk equal to the sessions.
type Router struct {
	node     *session.Node
	desk     *queue.Desk
	bot      bot.Bot
	rarity   *escalate.Rarity
	policies Policies
	idle     map[string]Idle
	// firstHuman has the sites at which a person comes first.
	firstHuman map[string]bool
	hours      Opening
	regions    map[string]string
	near       Near
	judged     func(escalate.Judgement)
	log        zerolog.Logger
	metrics    *Metrics
	now        func() time.Time

	turns    *turns
	places   *places
	waits    waits
	consoles *consoles
	kicks    map[string]chan struct{}
}

// New returns a router. Run must be running for bots to answer and the desk to move.
func New(o Options) *Router {
	r := &Router{
		node: o.Node, desk: o.Desk, bot: o.Bot, rarity: o.Rarity, policies: o.Policies, idle: o.Idle, hours: o.Hours,
		firstHuman: o.FirstHuman, judged: o.Judged,
		regions: o.Regions, near: o.Near,
		log: o.Log.With().Str("component", "router").Logger(), metrics: o.Metrics, now: o.Now,
		places: newPlaces(), waits: waits{site: map[string]measured{}}, consoles: newConsoles(), kicks: map[string]chan struct{}{},
	}
	r.turns = newTurns(r.takeTurn)
	for _, site := range o.Sites {
		r.kicks[site] = make(chan struct{}, 1)
	}
	r.node.On(topicDesk, r.kick)
	r.node.On(topicSeat, r.onSeatNews)
	return r
}

// Handlers are the durable timers of sessions, for session.NewTimers.
func (r *Router) Handlers() map[string]session.Handler {
	return map[string]session.Handler{
		timerSettle: r.Settle, timerAsk: r.onAskTimer, timerIdle: r.onIdleTimer, timerExpire: r.onExpireTimer,
	}
}

// The names of durable timers. The script that appends a move arms timerSettle by itself, and
// timerExpire if it is the end.
const (
	timerSettle = "settle"
	timerAsk    = "ask"
	timerIdle   = "idle"
	timerExpire = "expire"
)

// Run lets bots take turns and runs the desk of every site until ctx ends.
func (r *Router) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return r.turns.run(ctx) })
	for site := range r.kicks {
		g.Go(func() error { return r.runDesk(ctx, site) })
	}
	return g.Wait()
}

// Finish waits for the bots that are thinking, before Run is ended, and lets none begin. It takes at
// most as long as ctx; a turn that is cut short all the same is taken anew by the timer of its ask.
func (r *Router) Finish(ctx context.Context) { r.turns.finish(ctx) }

// retries is how often a decision is taken again after somebody else moved the session first.
const retries = 4

// again runs a decision until nobody else was first. Each try reads the state anew, so it decides on
// what is, and ids fixed by the caller make the tries one.
func (r *Router) again(ctx context.Context, id session.ID, decide func(session.State) (session.Append, error)) (session.Appended, error) {
	var last error
	for range retries {
		s, err := r.node.State(ctx, id)
		if err != nil {
			return session.Appended{}, err
		}
		a, err := decide(s)
		if err != nil || len(a.Drafts) == 0 {
			return session.Appended{Now: s.Standing()}, err
		}
		out, err := r.node.Append(ctx, id, a)
		if err == nil {
			return out, nil
		}
		if !errors.Is(err, session.ErrConflict) && !errors.Is(err, session.ErrIllegal) {
			return out, err
		}
		last = err
	}
	return session.Appended{}, fmt.Errorf("after %d tries: %w", retries, last)
}

// moved tells the desk at once about a move it is about to learn from the timer anyway. A failure
// costs time, not truth.
func (r *Router) moved(ctx context.Context, id session.ID) {
	if _, err := r.Settle(ctx, id); err != nil {
		r.log.Warn().Err(err).Str("session", string(id)).Msg("settled later by the timer")
	}
}
