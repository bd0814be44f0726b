package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rs/zerolog"

	"yijian/cmd/yijian/torture"
	"yijian/cmd/yijian/torture/history"
	"yijian/session/rdb"
)

type tortureCmd struct {
	Duration   time.Duration `name:"duration" default:"1m" help:"How long visitors come and things break (${default})."`
	Nodes      int           `name:"nodes" default:"3" help:"How many servers (${default})."`
	Redis      string        `name:"redis" enum:"single,cluster" default:"single" help:"The Redis to start: single, or cluster (three masters with a replica each) (${default})."`
	Durability string        `name:"durability" enum:"fast,safe," default:"" placeholder:"WORD" help:"What an ack promises: fast or safe; safe in a cluster, else fast."`
	Sessions   int           `name:"sessions" placeholder:"N" help:"How many visitors altogether, evenly spread; 20 a second if not given."`
	Parallel   int           `name:"parallel" default:"400" help:"How many at once, at the most (${default})."`
	Agents     int           `name:"agents" default:"8" help:"How many agents answer (${default})."`
	Capacity   int           `name:"capacity" default:"20" help:"How many chats an agent takes at once (${default})."`
	Seed       uint64        `name:"seed" placeholder:"N" help:"Break the same things again; a random one if not given."`

	Every         time.Duration `name:"every" default:"2500ms" help:"The mean time between two faults besides the following (${default})."`
	KillEvery     time.Duration `name:"kill-every" default:"10s" help:"The mean time between two kills of a server (${default})."`
	FailoverEvery time.Duration `name:"failover-every" default:"60s" help:"The mean time between two failovers of the cluster (${default})."`
	ForgetEvery   time.Duration `name:"forget-every" placeholder:"TIME" help:"About the time between two losses of what Redis has in memory; never if not given."`
	AtDesk        float64       `name:"at-desk" placeholder:"SHARE" help:"The share of failovers that are aimed at the master with the desk, 0 to 1; any master if not given."`
	QuietWithin   time.Duration `name:"quiet-within" default:"75s" help:"How long the desk may take to come to rest in the end (${default})."`

	Bin  string `name:"bin" placeholder:"FILE" help:"Run this binary as the servers; this one if none."`
	Keep string `name:"keep" placeholder:"DIR" help:"Keep the history and the servers' logs in this folder."`
	JSON bool   `name:"json" help:"Print one JSON object instead of a text."`
}

// Run breaks things and fails if a promise was broken with them.
func (c *tortureCmd) Run(e *env) error {
	if c.Seed == 0 {
		c.Seed = rand.Uint64N(1_000_000) + 1
	}
	rdb.LogTo(zerolog.Nop())
	fmt.Fprintf(e.stderr, "Torturing for %s with seed %d.\n", c.Duration, c.Seed)
	report, err := torture.Run(e.ctx, torture.Config{
		Duration: c.Duration, Nodes: c.Nodes, Redis: c.Redis, Durability: history.Durability(c.Durability),
		Sessions: c.Sessions, Parallel: c.Parallel, Agents: c.Agents, Capacity: c.Capacity, Seed: c.Seed,
		Every: c.Every, KillEvery: c.KillEvery, FailoverEvery: c.FailoverEvery, ForgetEvery: c.ForgetEvery, AtDesk: c.AtDesk, QuietWithin: c.QuietWithin, Bin: c.Bin, Keep: c.Keep,
	}, e.stderr)
	if err != nil {
		return err
	}
	return errors.Join(e.tell(report, c.JSON), unless(!report.Failed()))
}
