package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"yijian/cmd/yijian/bench"
)

type benchDeskCmd struct {
	Redis     string        `name:"redis" placeholder:"URL" help:"Measure on this Redis; without it, a redis-server is started."`
	JSON      bool          `name:"json" help:"Print one JSON object instead of a text."`
	Processes int           `name:"processes" default:"4" help:"How many processes work at the desk (${default})."`
	InFlight  int           `name:"in-flight" default:"64" help:"How many tickets there are at a time (${default})."`
	Duration  time.Duration `name:"duration" default:"5s" help:"How long a run takes (${default})."`
	Runs      int           `name:"runs" default:"3" help:"How many runs to take the medians of (${default})."`
}

type benchDeskWorkerCmd struct {
	Redis    string        `name:"redis" required:"" help:"The Redis of the desk."`
	Site     string        `name:"site" help:"The site whose desk it is."`
	Worker   int           `name:"worker" help:"The number of this process."`
	InFlight int           `name:"in-flight" help:"How many tickets this process has at a time."`
	Begin    int64         `name:"begin" help:"When to begin, in ms since 1970."`
	For      time.Duration `name:"for" help:"How long to work."`
	Bare     bool          `name:"bare" help:"Only call a script that does nothing."`
}

// Run measures a desk and fails if somebody was assigned twice or dropped, or if it is too slow.
func (c *benchDeskCmd) Run(e *env) error {
	cfg := bench.DeskConfig{Processes: c.Processes, InFlight: c.InFlight, Runs: c.Runs, Duration: c.Duration}
	if err := cfg.Validate(); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	flags := benchFlags{Redis: c.Redis, JSON: c.JSON}
	return flags.starting(e, func(_ context.Context, s *starter) error {
		cfg.Redis = s.redis
		report, err := bench.Desk(e.ctx, cfg, spawner(self), e.stderr)
		if err != nil {
			return err
		}
		return flags.tell(e, report)
	})
}

// spawner runs this program again.
func spawner(self string) bench.Spawn {
	return func(ctx context.Context, args ...string) ([]byte, error) {
		var said bytes.Buffer
		cmd := exec.CommandContext(ctx, self, args...) //nolint:gosec // ourselves
		cmd.Stderr = &said
		out, err := cmd.Output()
		if err != nil {
			return nil, errors.Join(err, errors.New(said.String()))
		}
		return out, nil
	}
}

// Run is one process of a desk's bench.
func (c *benchDeskWorkerCmd) Run(e *env) error {
	return bench.DeskWorker{
		Redis: c.Redis, Site: c.Site, Worker: c.Worker, InFlight: c.InFlight,
		Begin: time.UnixMilli(c.Begin), For: c.For, Bare: c.Bare,
	}.Run(e.ctx, e.stdout)
}
