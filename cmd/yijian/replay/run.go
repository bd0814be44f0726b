package replay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"yijian/cmd/yijian/progress"
)

const (
	// tidyWithin bounds what is done after the run was stopped.
	tidyWithin = 20 * time.Second
	// seatedWithin is how long the agents have to take their seats before the first visitor comes.
	seatedWithin = 30 * time.Second
)

// Run plays all sessions. How far it is goes to said.
// An error means that there is no verdict: the settings are wrong, the server refuses, or ctx ended;
// broken promises are in the report.
func Run(ctx context.Context, cfg Config, said io.Writer) (Report, error) {
	if err := cfg.Validate(); err != nil {
		return Report{}, err
	}
	cfg = cfg.withDefaults()
	questions, err := load(cfg.CSV)
	if err != nil {
		return Report{}, err
	}
	return play(ctx, cfg, questions, progress.On(said, "sessions", cfg.Sessions))
}

func load(path string) ([]question, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the questions: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	questions, err := readQuestions(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return questions, nil
}

// play hires the agents, lets the visitors come, and tidies up whatever happens.
func play(ctx context.Context, cfg Config, questions []question, progress func(int)) (_ Report, err error) {
	t := newTally()
	api := newREST(cfg, t)
	s := &staff{rest: api, site: cfg.Site, capacity: cfg.Capacity, prefix: "replay-" + uuid.NewString()[:8] + "-"}
	defer func() {
		tidy, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyWithin)
		defer cancel()
		err = errors.Join(err, s.dismiss(tidy))
	}()
	keys, err := s.hire(ctx, cfg.Agents)
	if err != nil {
		return Report{}, err
	}
	started := time.Now()
	c := &collector{progress: progress, report: Report{
		Sessions: cfg.Sessions, Findings: []string{}, Handoffs: map[string]int{},
	}}
	err = withAgents(ctx, cfg, keys, t, func(ctx context.Context) error {
		return visit(ctx, cfg, newPlanner(cfg, questions), func(ctx context.Context, p plan) error {
			r, err := attend(ctx, newVisitor(cfg, p, t), api)
			c.add(r)
			return err
		})
	})
	return c.finish(time.Since(started), t), err
}

// withAgents runs do while the agents are on their seats. An agent that the server sends away ends
// the run: nobody would answer those who wait for it.
func withAgents(ctx context.Context, cfg Config, keys []string, t *tally, do func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	working, goHome := context.WithCancel(ctx)
	defer goHome()
	all := make([]*agent, len(keys))
	for i, key := range keys {
		all[i] = newAgent(cfg, i+1, key, t)
		g.Go(func() error {
			if err := all[i].run(working); err != nil {
				return fmt.Errorf("agent %d: %w", i+1, err)
			}
			return nil
		})
	}
	g.Go(func() error {
		defer goHome()
		if err := seated(ctx, all); err != nil {
			return err
		}
		return do(ctx)
	})
	return g.Wait()
}

func seated(ctx context.Context, all []*agent) error {
	late := time.NewTimer(seatedWithin)
	defer late.Stop()
	for _, a := range all {
		select {
		case <-a.seated:
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			return fmt.Errorf("the agents were not seated within %s; look at the server's log", seatedWithin)
		}
	}
	return nil
}

// visit plays the sessions, so many at once.
func visit(ctx context.Context, cfg Config, p *planner, one func(context.Context, plan) error) error {
	g, visiting := errgroup.WithContext(ctx)
	g.SetLimit(cfg.Parallel)
	for range cfg.Sessions {
		if visiting.Err() != nil {
			break
		}
		plan := p.plan()
		g.Go(func() error { return one(visiting, plan) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
