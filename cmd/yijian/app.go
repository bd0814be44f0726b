package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"yijian/agents"
	"yijian/router"
	"yijian/router/policy"
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/record"
	"yijian/session/record/keep"
	"yijian/session/record/search"
	"yijian/web"
	"yijian/web/auth"
	"yijian/web/library"
	"yijian/web/ui"
)

// app is a server: its parts, and how to end them in reverse.
type app struct {
	cfg      Config
	log      zerolog.Logger
	redis    *rdb.DB
	record   *record.DB
	accounts *agents.Store
	node     *session.Node
	timers   *session.Timers
	policies *policy.Store
	archiver *record.Archiver
	index    *search.Index
	keeper   *keep.Keeper
	router   *router.Router
	web      *web.Server
	listener net.Listener

	cleanups []cleanup
}

type cleanup struct {
	name string
	do   func() error
}

// newApp opens the stores and wires the parts together. It is long and straight on purpose: the
// order is the point, and every part is named once. On an error it closes what it opened.
func newApp(ctx context.Context, cfg Config, log zerolog.Logger) (*app, error) {
	rdb.LogTo(log)
	a := &app{cfg: cfg, log: log}
	if err := a.setup(ctx); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

func (a *app) setup(ctx context.Context) error {
	var err error
	if a.listener, err = listen(ctx, a.cfg.Listen); err != nil {
		return err
	}
	a.defers("listener", func() error { return ignoreClosed(a.listener.Close()) })
	if err := a.openStores(ctx); err != nil {
		return err
	}
	sites := a.sites()
	if err := a.record.PutSites(ctx, sites...); err != nil {
		return err
	}
	a.accounts = agents.New(a.record, agents.Options{Queues: a.cfg.Rules().Names()})
	secret, err := a.accounts.Secret(ctx, "visitor-tokens")
	if err != nil {
		return err
	}
	answers, rarity, err := loadBot(a.cfg)
	if err != nil {
		return err
	}
	a.policies, err = policy.Open(ctx, a.record, policyOf(a.cfg), policy.Options{Log: a.log, Now: time.Now})
	if err != nil {
		return err
	}
	pages, err := ui.Pages()
	if err != nil {
		return err
	}
	reg := prometheus.NewRegistry()
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))

	log := a.sessionLog(reg)
	a.node = session.NewNode(log, a.log)
	a.router = router.New(router.Options{
		Node: a.node, Desk: queue.New(a.redis, queue.Options{Queues: a.cfg.Rules()}), Bot: answers, Rarity: rarity, Policies: a.policies,
		Sites: ids(sites), Judged: a.policies.Judged, FirstHuman: a.firstHuman(), Idle: a.idle(), Hours: a.opening(), Regions: a.regions(), Log: a.log, Metrics: router.NewMetrics(reg), Now: time.Now,
	})
	a.timers = session.NewTimers(log, a.router.Handlers(), a.log)
	a.timers.Register(reg)
	a.index = search.New(a.record, a.log)
	a.record.Redact(keep.Redact(a.cfg.rules()))
	a.keeper = keep.New(keep.Options{Record: a.record, Rules: a.cfg.rules(), Erase: a.erase, Now: time.Now, Log: a.log})
	a.web, err = web.New(web.Options{
		Router: a.router, Node: a.node, Accounts: a.accounts, Policies: a.policies, Sites: sites,
		Library: library.New(library.Deps{
			Record: a.record, Search: a.index, Live: a.node.State, Erase: a.erase,
			Staff: a.accounts.Accounts, Queues: a.cfg.Rules().Names(), Now: time.Now,
		}),
		Auth:   auth.New(auth.Deps{Store: a.accounts, Proxies: a.cfg.TrustedProxies}),
		Secret: secret, Pages: pages, Ready: a.redis.Ping, Degraded: a.degraded, Metrics: reg, Log: a.log, Now: time.Now,
		PProf: a.cfg.PProf, Caps: a.cfg.Caps,
	})
	return err
}

func (a *app) openStores(ctx context.Context) error {
	var err error
	if a.redis, err = rdb.Open(ctx, a.cfg.Redis); err != nil {
		return fmt.Errorf("redis at %s: %w; start it, or leave --redis out for the one inside the process",
			redactURL(a.cfg.Redis), err)
	}
	a.defers("redis", a.redis.Close)
	if a.record, err = record.Open(ctx, a.cfg.DB); err != nil {
		return err
	}
	a.defers("record", a.record.Close)
	return nil
}

// listen takes the address first of all, so that a port in use is told before anything else starts.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("something else listens on %s; stop it, or choose another port with --listen", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("listening on %s: %w", addr, err)
	}
	return l, nil
}

// run serves until ctx ends, then lets go in order: visitors are told to come back, what is in
// flight finishes, and only then do the timers and the desk stop.
func (a *app) run(ctx context.Context) error {
	inner, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	g, inner := errgroup.WithContext(inner)
	g.Go(func() error { return a.node.Run(inner) })
	g.Go(func() error { return a.timers.Run(inner) })
	g.Go(func() error { return a.policies.Run(inner) })
	g.Go(func() error { return a.archiver.Run(inner) })
	g.Go(func() error { return a.index.Run(inner) })
	g.Go(func() error { return a.keeper.Run(inner) })
	g.Go(func() error { return a.router.Run(inner) })
	g.Go(func() error { return a.web.Serve(web.Limit(a.listener, connections())) })
	g.Go(func() error {
		select {
		case <-ctx.Done():
		case <-inner.Done():
		}
		err := a.drain()
		stop()
		return err
	})
	return errors.Join(g.Wait(), a.close())
}

func (a *app) drain() error {
	a.log.Info().Dur("within", a.cfg.DrainTimeout).Msg("draining")
	ctx, cancel := context.WithTimeout(context.Background(), a.cfg.DrainTimeout)
	defer cancel()
	err := a.web.Drain(ctx, a.cfg.DrainTimeout/5)
	a.router.Finish(ctx)
	return err
}

func (a *app) defers(name string, do func() error) {
	a.cleanups = append(a.cleanups, cleanup{name, do})
}

// close ends the parts in reverse order of their beginning. It may be called again.
func (a *app) close() error {
	var errs []error
	for _, c := range slices.Backward(a.cleanups) {
		if err := c.do(); err != nil {
			errs = append(errs, fmt.Errorf("closing %s: %w", c.name, err))
		}
	}
	a.cleanups = nil
	return errors.Join(errs...)
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
