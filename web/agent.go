package web

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"yijian/agents"
	"yijian/router"
	"yijian/session"
	"yijian/web/auth"
	"yijian/web/wire"
)

const (
	// checkEvery is how often a console's sign-in is checked again; a revoked one is closed by then
	// (S1: within 5 s).
	checkEvery = 4 * time.Second
	// linesEvery is how often a console is told the state of the lines.
	linesEvery = 4 * time.Second
)

// agent is one console's socket. It hears its seat's news and every session it has open here: those
// the agent answers, and those a lead watches.
type agent struct {
	*link
	srv *Server
	who auth.Identity // zero until the cookie or the token of hello said who it is
	// unsure says that there was no asking the record who it is, which is no reason to sign anybody out.
	unsure bool
	me     router.Agent

	ready  atomic.Bool
	active atomic.Bool // something was sent since the last check of the sign-in
	stop   context.CancelFunc
	done   chan struct{}
	todo   chan func(context.Context)
	frames *rate.Limiter

	mu   sync.Mutex
	subs map[session.ID]opened
}

// opened is a session this socket hears.
type opened struct {
	*session.Subscription
	// watching keeps it open whoever answers it.
	watching bool
}

func (s *Server) newAgent(who auth.Identity, unsure bool) func(*link) peer {
	return func(l *link) peer {
		return &agent{
			link: l, srv: s, who: who, unsure: unsure, done: make(chan struct{}),
			todo: make(chan func(context.Context), 512), subs: map[session.ID]opened{},
			frames: rate.NewLimiter(framesPerSecond, 4*framesPerSecond),
		}
	}
}

func (a *agent) greeted() bool { return a.ready.Load() }

func (a *agent) gone(ctx context.Context) {
	if !a.ready.Load() {
		return
	}
	a.stop()
	<-a.done
	ctx, cancel := context.WithTimeout(ctx, frameTimeout)
	defer cancel()
	a.srv.router.Leave(ctx, a.me, a)
	a.mu.Lock()
	subs := a.subs
	a.subs = nil
	a.mu.Unlock()
	for _, sub := range subs {
		sub.Close()
	}
	a.srv.metrics.agents.Dec()
}

func (a *agent) frame(ctx context.Context, in wire.In) {
	ctx, cancel := context.WithTimeout(ctx, frameTimeout)
	defer cancel()
	a.active.Store(true)
	switch {
	case in.T == "hello":
		a.hello(ctx, in)
	case !a.ready.Load():
		a.dismiss(wire.HelloFirst, wire.CloseNoHello)
	case in.T == "ping":
		a.send(wire.Simple{T: "pong"})
	case !a.frames.Allow():
		a.refuse(wire.SlowDown, in.ID, time.Second)
	default:
		a.act(ctx, in)
	}
}

// hello says who sits here and answers with all the console needs to show.
func (a *agent) hello(ctx context.Context, in wire.In) {
	if a.ready.Load() {
		a.refuse(wire.HelloTwice, "", 0)
		return
	}
	a.lang = in.Lang
	if wait := a.srv.caps.hello(a.address); wait > 0 {
		a.comeBack(wait)
		return
	}
	if in.Token != "" {
		account, err := a.srv.accounts.Authenticate(ctx, in.Token)
		if err == nil {
			a.who = auth.Identity{Account: account, Ref: agents.RefOf(in.Token)}
		}
		a.unsure = err != nil && !errors.Is(err, agents.ErrUnauthorized)
	}
	account := a.who.Account
	site := a.srv.sites[in.Site]
	switch {
	case account.ID == "" && a.unsure:
		a.unavailable()
		return
	case account.ID == "":
		a.dismiss(wire.BadToken, wire.CloseRevoked)
		return
	case site == nil:
		a.dismiss(wire.UnknownSite, wire.CloseRefused)
		return
	case !account.May(agents.AgentHello, site.ID):
		a.dismiss(wire.Forbidden, wire.CloseRefused)
		return
	}
	a.me = router.Agent{ID: account.ID, Name: account.Name, Site: site.ID}
	seating := router.Seating{
		Name: account.Name, Capacity: account.Capacity, Langs: account.Langs, Skills: account.Skills,
	}
	if err := a.srv.router.Sit(ctx, a.me, seating, a); err != nil {
		a.srv.log.Warn().Err(err).Msg("agent not seated")
		a.unavailable()
		return
	}
	a.srv.metrics.agents.Inc()
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	a.stop = stop
	a.ready.Store(true)
	a.snapshot(ctx)
	go a.run(run)
}

// unavailable sends a console away that may come back at once: a store does not answer.
func (a *agent) unavailable() {
	a.refuse(wire.Unavailable, "", retrySoon)
	a.conn.Close(wire.CloseError, string(wire.Unavailable))
}

// run does what news asks for, one thing after the other, and checks the sign-in.
func (a *agent) run(ctx context.Context) {
	defer close(a.done)
	check, lines := time.NewTicker(checkEvery), time.NewTicker(linesEvery)
	defer check.Stop()
	defer lines.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case do := <-a.todo:
			a.bounded(ctx, do)
		case <-check.C:
			a.bounded(ctx, a.check)
		case <-lines.C:
			a.bounded(ctx, a.lines)
		}
	}
}

func (a *agent) bounded(ctx context.Context, do func(context.Context)) {
	ctx, cancel := context.WithTimeout(ctx, frameTimeout)
	defer cancel()
	do(ctx)
}

// later queues work for run. Should the queue ever be full, the console is told to start anew, which
// loses nothing.
func (a *agent) later(do func(context.Context)) {
	select {
	case a.todo <- do:
	default:
		a.conn.Close(wire.CloseSlow, string(wire.TooSlow))
	}
}

func (a *agent) check(ctx context.Context) {
	account, err := a.srv.accounts.Valid(ctx, a.who.Ref, a.active.Swap(false))
	switch {
	case errors.Is(err, agents.ErrUnauthorized), err == nil && !account.May(agents.AgentHello, a.me.Site):
		a.send(wire.Bye{T: "bye", Code: wire.SignedIn})
		a.conn.Close(wire.CloseRevoked, string(wire.SignedIn))
	case err != nil:
		a.srv.log.Warn().Err(err).Msg("sign-in not checked")
	}
}

func (a *agent) lines(ctx context.Context) {
	lines, err := a.srv.router.Lines(ctx, a.me.Site)
	if err != nil {
		return // the next tick tells
	}
	calls, err := a.srv.router.Calls(ctx, a.me.Site)
	if err != nil {
		return
	}
	a.send(wire.Queues{T: "queues", Queues: linesOf(lines), Calls: calls})
}

// News implements router.Console.
func (a *agent) News(n router.SeatNews) {
	a.later(func(ctx context.Context) {
		switch n.What {
		case router.NewsOffer:
			a.send(a.offer(ctx, *n.Ticket))
		case router.NewsGone:
			a.send(wire.OfferGone{T: "offer_gone", Offer: n.Offer, Code: wire.Code(n.Code)})
		case router.NewsHeld:
			a.open(ctx, n.Session, 0, false)
			a.seat(ctx)
		case router.NewsHolds:
			for _, id := range n.Held {
				a.open(ctx, id, 0, false)
			}
		case router.NewsSeat:
			a.seat(ctx)
		case router.NewsConsult:
			a.send(wire.Consult{T: "consult", Session: string(n.Session), From: n.From})
		}
	})
}

// Deliver implements session.Listener.
func (a *agent) Deliver(id session.ID, e session.Event) {
	a.deliver(forAgent(id, a.me.ID, e), e.By == a.me.ID)
	if e.Kind == session.KindMove {
		mine := e.Body.To == session.Human && e.Body.Agent == a.me.ID
		a.later(func(ctx context.Context) { a.moved(ctx, id, mine) })
	}
}

// Signal implements session.Listener.
func (a *agent) Signal(id session.ID, s session.Signal) {
	if s.From == session.FromVisitor {
		a.send(wire.Typing{T: "typing", Session: string(id), From: "visitor"})
	}
}

// Reset implements session.Listener.
func (a *agent) Reset(id session.ID, now session.Opened) {
	a.head(id, now)
	mine := now.State.Owner == session.Human && now.State.Agent == a.me.ID
	a.later(func(ctx context.Context) { a.moved(ctx, id, mine) })
}

// Lost implements session.Listener.
func (a *agent) Lost(id session.ID) {
	a.later(func(ctx context.Context) {
		a.drop(id)
		a.seat(ctx)
	})
}
