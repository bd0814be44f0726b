package torture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yijian/cmd/yijian/client"
	"yijian/cmd/yijian/progress"
	"yijian/cmd/yijian/torture/check"
	"yijian/cmd/yijian/torture/history"
)

// seatedWithin is how long the agents have to take their seats before the first visitor comes.
const seatedWithin = 30 * time.Second

// Run tortures and judges. How far it is goes to said. An error means that there is no verdict; broken
// promises are in the report.
func Run(ctx context.Context, cfg Config, said io.Writer) (Report, error) {
	begun := time.Now()
	cfg, err := cfg.withDefaults()
	if err != nil {
		return Report{}, err
	}
	w, err := newWorld(ctx, cfg)
	var h history.History
	var crashes []string
	if err == nil {
		h, err = w.play(ctx, said)
	}
	if err == nil {
		crashes, err = w.crashes()
	}
	if cfg.Keep != "" {
		err = errors.Join(err, w.keepLogs())
	}
	if err := errors.Join(err, w.close()); err != nil {
		return Report{Seed: cfg.Seed}, err
	}
	if cfg.Keep != "" {
		if err := h.Save(cfg.Keep); err != nil {
			return Report{}, err
		}
	}
	r := newReport(cfg, h, w.tally.all(), check.Verify(h))
	r.Crashes, r.Took = crashes, time.Since(begun).Seconds()
	return r, nil
}

// play lives through the run in the order that doc.go draws.
func (w *world) play(ctx context.Context, said io.Writer) (history.History, error) {
	h := history.History{Durability: w.cfg.Durability, Journal: w.journal, Start: w.start}
	watching, stopWatching := context.WithCancel(ctx)
	defer stopWatching()
	var watcher sync.WaitGroup
	watcher.Go(func() { w.watchDesk(watching) })
	watcher.Go(func() { w.supervise(watching) })
	err := w.withAgents(ctx, func(ctx context.Context) error {
		all, err := w.load(ctx, progress.On(said, "sessions", w.cfg.Sessions))
		if err != nil {
			return err
		}
		w.resting.Store(true)
		if _, err := w.awaitQuiet(ctx); err != nil {
			return err
		}
		h.Resumes = w.resumeAll(ctx, all, progress.On(said, "sessions resumed", len(all)))
		stopWatching()
		watcher.Wait()
		if h.Final, err = w.awaitQuiet(ctx); err != nil {
			return err
		}
		h.Logs, err = w.logs(ctx)
		return err
	})
	stopWatching()
	watcher.Wait()
	h.Samples, h.Faults, h.Archives = w.samples, w.faults, w.archives
	return h, err
}

// load lets visitors come and things break, and returns where everybody left.
func (w *world) load(ctx context.Context, progress func(int)) ([]left, error) {
	var mu sync.Mutex
	var all []left
	came := 0
	g, loading := errgroup.WithContext(ctx)
	breaking, stop := context.WithCancel(loading)
	defer stop()
	g.Go(func() error { return w.breakThings(breaking) })
	g.Go(func() error {
		defer stop()
		var visitors errgroup.Group
		visitors.SetLimit(w.cfg.Parallel)
		for number := range w.cfg.Sessions {
			due := w.start.Add(time.Duration(float64(w.cfg.Duration) * float64(number) / float64(w.cfg.Sessions)))
			if client.Pause(loading, time.Until(due)) != nil {
				break
			}
			visitors.Go(func() error {
				l, ok := w.visit(loading, number)
				mu.Lock()
				defer mu.Unlock()
				if ok {
					all = append(all, l)
				}
				came++
				progress(came)
				return nil
			})
		}
		// The last visitors finish with nothing broken.
		stop()
		return errors.Join(w.heal(loading), visitors.Wait())
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return all, errors.Join(ctx.Err(), w.heal(ctx))
}

// withAgents runs do while the agents are on their seats.
func (w *world) withAgents(ctx context.Context, do func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	working, goHome := context.WithCancel(ctx)
	defer goHome()
	all := make([]*agent, len(w.staff))
	for i, h := range w.staff {
		all[i] = w.newAgent(i+1, h)
		g.Go(func() error {
			if err := all[i].run(working); err != nil {
				return fmt.Errorf("agent %d: %w", i+1, err)
			}
			return nil
		})
	}
	g.Go(func() error {
		defer goHome()
		late := time.NewTimer(seatedWithin)
		defer late.Stop()
		for _, a := range all {
			select {
			case <-a.seated:
			case <-ctx.Done():
				return ctx.Err()
			case <-late.C:
				return fmt.Errorf("the agents were not seated within %s; look at the servers' logs with --keep", seatedWithin)
			}
		}
		return do(ctx)
	})
	return g.Wait()
}

// crashes are all that the servers said of dying by themselves. No invariant allows it.
func (w *world) crashes() ([]string, error) {
	all := []string{}
	var errs []error
	for _, n := range w.nodes {
		found, err := n.crashes()
		all, errs = append(all, found...), append(errs, err)
	}
	return all, errors.Join(errs...)
}

// keepLogs copies what the servers said.
func (w *world) keepLogs() error {
	if err := os.MkdirAll(w.cfg.Keep, 0o750); err != nil {
		return fmt.Errorf("keeping the servers' logs: %w", err)
	}
	var errs []error
	for _, n := range w.nodes {
		text, err := os.ReadFile(n.log)
		if err == nil {
			err = os.WriteFile(filepath.Join(w.cfg.Keep, filepath.Base(n.log)), text, 0o600) //nolint:gosec // the folder is the user's choice
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

var _ client.Observer = (*recorder)(nil)
