package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"yijian/cmd/yijian/bench"
)

type benchCmd struct {
	Idle      benchIdleCmd      `cmd:"" help:"Measure what an idle visitor costs, beside a bare reference."`
	Talk      benchTalkCmd      `cmd:"" help:"Measure how long a message takes, beside a bare reference."`
	Storm     benchStormCmd     `cmd:"" help:"Cut all visitors at once by killing their node, and measure when the last is whole on another."`
	Desk      benchDeskCmd      `cmd:"" help:"Measure how many tickets several processes assign at one desk, beside a script that does nothing."`
	Reference benchReferenceCmd `cmd:"" hidden:"" help:"Serve the bare reference."`

	DeskWorker benchDeskWorkerCmd `cmd:"" hidden:"" help:"Be one process of the desk's bench."`
}

// benchFlags are what both benches take.
type benchFlags struct {
	Redis   string `name:"redis" placeholder:"URL" help:"Measure on this Redis; without it, a redis-server is started."`
	Profile string `name:"profile" placeholder:"FOLDER" help:"Save a profile of the server there."`
	JSON    bool   `name:"json" help:"Print one JSON object instead of a text."`
}

type benchIdleCmd struct {
	benchFlags
	Conns int           `name:"conns" default:"10000" help:"How many visitors (${default})."`
	Hold  time.Duration `name:"hold" default:"10s" help:"How long they look, each pinging once (${default})."`
	Runs  int           `name:"runs" default:"3" help:"How many runs, each on new servers, to take the medians of (${default})."`
}

type benchTalkCmd struct {
	benchFlags
	Rate     int           `name:"rate" default:"1000" help:"How many messages a second altogether (${default})."`
	Pairs    int           `name:"pairs" default:"500" help:"How many visitors talk (${default})."`
	Duration time.Duration `name:"duration" default:"10s" help:"How long a run takes (${default})."`
	Runs     int           `name:"runs" default:"3" help:"How many runs to take the medians of (${default})."`
}

type benchStormCmd struct {
	benchFlags
	Conns int `name:"conns" default:"10000" help:"How many visitors (${default})."`
}

type benchReferenceCmd struct {
	Listen string `name:"listen" required:"" help:"Serve on this address."`
	Redis  string `name:"redis" required:"" help:"Keep messages in this Redis."`
}

// Run serves the reference until a signal.
func (c *benchReferenceCmd) Run(e *env) error {
	var lc net.ListenConfig
	l, err := lc.Listen(e.ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", c.Listen, err)
	}
	return bench.Reference(e.ctx, l, c.Redis)
}

// Run measures idle visitors and fails if the figures are not valid or miss the goal.
func (c *benchIdleCmd) Run(e *env) error {
	cfg := bench.IdleConfig{Conns: c.Conns, Hold: c.Hold, Runs: c.Runs, Site: "demo"}
	if err := errors.Join(cfg.Validate(), bench.MayOpen(c.Conns)); err != nil {
		return err
	}
	var runs []bench.IdleRun
	for range c.Runs {
		err := c.measure(e, 0, func(ctx context.Context, pair bench.Pair, _ []string) error {
			run, err := bench.Idle(ctx, cfg, pair, e.stderr)
			runs = append(runs, run)
			return err
		})
		if err != nil {
			return err
		}
	}
	return c.tell(e, bench.JudgeIdle(cfg, runs))
}

// Run measures messages and fails if the figures are not valid or miss the goal.
func (c *benchTalkCmd) Run(e *env) error {
	cfg := bench.TalkConfig{
		Rate: c.Rate, Pairs: c.Pairs, Duration: c.Duration, Runs: c.Runs, Site: "demo",
		Keys: make([]string, bench.Seats(c.Pairs)), // to be checked before the servers start
	}
	if err := errors.Join(cfg.Validate(), bench.MayOpen(2*c.Pairs)); err != nil {
		return err
	}
	return c.measure(e, bench.Seats(c.Pairs), func(ctx context.Context, pair bench.Pair, keys []string) error {
		cfg.Keys = keys
		report, err := bench.Talk(ctx, cfg, pair, e.stderr)
		if err != nil {
			return err
		}
		return c.tell(e, report)
	})
}

// Run measures a storm and fails if a visitor lost or doubled something, or came too late.
func (c *benchStormCmd) Run(e *env) error {
	cfg := bench.StormConfig{Conns: c.Conns, Site: "demo"}
	if err := errors.Join(cfg.Validate(), bench.MayOpen(c.Conns)); err != nil {
		return err
	}
	return c.storm(e, func(ctx context.Context, redisURL string, nodes bench.Nodes) error {
		cfg.Redis = redisURL
		report, err := bench.Storm(ctx, cfg, nodes, e.stderr)
		if err != nil {
			return err
		}
		return c.tell(e, report)
	})
}

// tell prints a report; a run that says nothing, or nothing good, fails.
func (f benchFlags) tell(e *env, r bench.Report) error {
	return errors.Join(e.tell(r, f.JSON), unless(r.Good()))
}
