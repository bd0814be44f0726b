package torture

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"time"

	"yijian/cmd/yijian/torture/history"
)

// The Redis a run may have.
const (
	Single  = "single"
	Cluster = "cluster"
)

// Config says what to break and for how long. Zero values mean the defaults.
type Config struct {
	// Duration is how long visitors come and things break (1 min). The end takes about half a
	// minute more.
	Duration time.Duration
	// Nodes is how many servers there are (3).
	Nodes int
	// Redis is Single or Cluster (Single).
	Redis string
	// Durability is what the servers promise with an ack (Safe in a cluster, else Fast).
	Durability history.Durability
	// Sessions is how many visitors come altogether, evenly spread (20 a second); Parallel bounds how
	// many are there at once (400).
	Sessions, Parallel int
	// Agents is how many answer (8), Capacity how many sessions each takes at once (20).
	Agents, Capacity int
	// Every is the mean time between two faults of any kind (2.5 s), KillEvery between two kills of
	// a node (10 s), FailoverEvery between two failovers of the cluster (60 s).
	Every, KillEvery, FailoverEvery time.Duration
	// ForgetEvery is about the time between two losses of what Redis has in memory; 0 is never.
	ForgetEvery time.Duration
	// AtDesk is the share of failovers that are aimed at the master with the desk (0: any master).
	AtDesk float64
	// QuietWithin is how long the desk may take to come to rest in the end (75 s): more than the timers
	// that put right what a dead node left half done. It is judged afterwards, at rest or not.
	QuietWithin time.Duration
	// Seed makes visitors, agents and faults reproducible.
	Seed uint64
	// Bin is the binary whose serve command is a server (this one); Env is added to what it sees.
	Bin string
	Env []string
	// Keep is a folder for the history and the logs of the servers; empty keeps nothing.
	Keep string
}

func (c Config) withDefaults() (Config, error) {
	c.Duration = cmp.Or(c.Duration, time.Minute)
	c.Nodes = cmp.Or(c.Nodes, 3)
	c.Redis = cmp.Or(c.Redis, Single)
	if c.Durability == "" {
		c.Durability = history.Fast
		if c.Redis == Cluster {
			c.Durability = history.Safe
		}
	}
	c.Sessions = cmp.Or(c.Sessions, int(20*c.Duration.Seconds()))
	c.Parallel = cmp.Or(c.Parallel, 400)
	c.Agents = cmp.Or(c.Agents, 8)
	c.Capacity = cmp.Or(c.Capacity, 20)
	c.Every = cmp.Or(c.Every, 2500*time.Millisecond)
	c.KillEvery = cmp.Or(c.KillEvery, 10*time.Second)
	c.FailoverEvery = cmp.Or(c.FailoverEvery, time.Minute)
	c.QuietWithin = cmp.Or(c.QuietWithin, 75*time.Second)
	if c.Bin == "" {
		bin, err := os.Executable()
		if err != nil {
			return c, fmt.Errorf("finding this program, to run it as the servers: %w; name one with --bin", err)
		}
		c.Bin = bin
	}
	return c, c.validate()
}

func (c Config) validate() error {
	var errs []error
	must := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	must(c.Duration >= time.Second, "%s is too short to break anything; give at least 1s", c.Duration)
	must(c.Nodes >= 1 && c.Nodes <= 16, "%d nodes cannot be run; give 1 to 16", c.Nodes)
	must(c.Redis == Single || c.Redis == Cluster, "%q is no kind of Redis to start; give single or cluster", c.Redis)
	must(c.Durability == history.Fast || c.Durability == history.Safe,
		"%q is no durability; give fast or safe", c.Durability)
	must(c.Durability != history.Safe || c.Redis == Cluster,
		"safe needs a replica, and a single Redis has none; give --redis cluster or --durability fast")
	must(c.Sessions >= 1, "%d sessions cannot be played; give at least 1", c.Sessions)
	must(c.Parallel >= 1, "%d sessions at once cannot be played; give at least 1", c.Parallel)
	must(c.Agents >= 1, "%d agents cannot answer; give at least 1", c.Agents)
	must(c.Capacity >= 1 && c.Capacity <= 50, "an agent cannot take %d sessions; give 1 to 50", c.Capacity)
	must(c.AtDesk >= 0 && c.AtDesk <= 1, "%v is no share of the failovers; give 0 to 1", c.AtDesk)
	must(min(c.Every, c.KillEvery, c.FailoverEvery) >= 100*time.Millisecond,
		"faults cannot come that fast; give at least 100ms between two")
	must(c.ForgetEvery == 0 || c.ForgetEvery >= time.Second, "redis cannot forget that often; give at least 1s between two")
	return errors.Join(errs...)
}
