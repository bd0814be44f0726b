package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"
)

// Work is the processor time that a storm took of each process, in milliseconds a visitor.
type Work struct {
	Node     float64 `json:"node"`
	Redis    float64 `json:"redis"` // 0 for one that runs elsewhere
	Visitors float64 `json:"visitors"`
}

// stormProfiled is for how long the node that stays is profiled, in seconds.
const stormProfiled = 4

// watched strikes and returns what that took of each process. Profiles of the node and of the
// visitors are kept if asked for.
func (s *storm) watched(ctx context.Context) (Work, error) {
	profiled := make(chan error, 1)
	go func() {
		profiled <- s.nodes.Stays.save(ctx, "profile", fmt.Sprintf("?seconds=%d", stormProfiled))
	}()
	stop, err := s.nodes.Stays.profileSelf("visitors")
	if err != nil {
		return Work{}, err
	}
	before, err := s.worked()
	if err != nil {
		return Work{}, err
	}
	if err := s.strike(ctx); err != nil {
		return Work{}, err
	}
	after, err := s.worked()
	each := float64(len(s.visitors))
	work := Work{
		Node: (after.Node - before.Node) / each, Redis: (after.Redis - before.Redis) / each,
		Visitors: (after.Visitors - before.Visitors) / each,
	}
	return work, errors.Join(err, stop(), <-profiled)
}

// worked is the processor time of each process so far.
func (s *storm) worked() (w Work, err error) {
	for _, one := range []struct {
		pid int
		to  *float64
	}{{s.nodes.Stays.PID, &w.Node}, {s.nodes.Redis, &w.Redis}, {os.Getpid(), &w.Visitors}} {
		if one.pid == 0 {
			continue
		}
		took, err := cpu(one.pid)
		if err != nil {
			return w, err
		}
		*one.to = float64(took) / float64(time.Millisecond)
	}
	return w, nil
}

// profileSelf profiles this process until stop, if the server has a folder for profiles.
func (s Server) profileSelf(name string) (stop func() error, err error) {
	if s.Profile == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(filepath.Join(s.Profile, name+".pprof"))
	if err != nil {
		return nil, fmt.Errorf("writing the profile %s: %w", name, err)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, errors.Join(fmt.Errorf("profiling the %s: %w", name, err), file.Close())
	}
	return func() error { pprof.StopCPUProfile(); return file.Close() }, nil
}
