package rdb

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/rs/zerolog"
)

// Why a safe write is not acknowledged.
var (
	// ErrUnconfirmed says that no replica has confirmed a write: it may be there, and it may be lost
	// with the master. Writing it again under the same ids is harmless and settles it.
	ErrUnconfirmed = errors.New("no replica confirmed the write; try again")
	// ErrNoReplica says that the master has no replica to lose it to: see SafeOptions.Degrade.
	ErrNoReplica = errors.New("the redis master has no replica; connect one, or let safe writes degrade")
)

const (
	// safeWait is how long a replica may take to confirm. It is well within the time a client waits
	// for Redis to answer at all.
	safeWait = time.Second
	// safeMost bounds a batch in all its steps.
	safeMost = 6 * time.Second
	// safeTries is how often a write is taken to the master anew, which may be another one by then.
	safeTries = 5
	safePause = 50 * time.Millisecond
)

// SafeOptions say how a Safe keeps its promise.
type SafeOptions struct {
	// Wait is how long a replica may take to confirm; 0 means a second, and that is the most.
	Wait time.Duration
	// Degrade acknowledges what the master alone has while no replica is connected to it at all.
	// Otherwise such writes are refused.
	Degrade bool
	Log     zerolog.Logger
}

// Safe runs scripts and answers only after a replica has what they wrote, so that what was answered
// outlives the master. Writes to one master that come while others are under way share a pipeline and
// one WAIT.
type Safe struct {
	db    *DB
	o     SafeOptions
	stats safeStats

	mu    sync.Mutex
	lanes map[string]*safeLane // by address of the master
}

type safeStats struct{ batches, writes, unconfirmed, degraded, refused atomic.Uint64 }

// SafeStats counts what a Safe did since it was made.
type SafeStats struct {
	// Batches shared one WAIT each; Writes were in them.
	Batches, Writes uint64
	// Unconfirmed writes were answered with ErrUnconfirmed, Refused ones with ErrNoReplica, and
	// Degraded ones were acknowledged without a replica.
	Unconfirmed, Degraded, Refused uint64
}

// NewSafe returns a Safe on an open Redis.
func NewSafe(db *DB, o SafeOptions) *Safe {
	if o.Wait <= 0 || o.Wait > safeWait {
		o.Wait = safeWait
	}
	o.Log = o.Log.With().Str("component", "safe").Logger()
	return &Safe{db: db, o: o, lanes: map[string]*safeLane{}}
}

// Stats returns the counts of now.
func (s *Safe) Stats() SafeStats {
	return SafeStats{
		Batches: s.stats.batches.Load(), Writes: s.stats.writes.Load(), Unconfirmed: s.stats.unconfirmed.Load(),
		Degraded: s.stats.degraded.Load(), Refused: s.stats.refused.Load(),
	}
}

// Do runs a script on the master of its first key and answers when a replica has confirmed all that
// the master wrote until then. It is taken to the master anew if that one went away; the script must
// bear being run twice.
//
// The connection is the promise: script and WAIT run on the same one, so a master that was replaced
// in between cannot be confirmed by its successor, which does not know the write.
func (s *Safe) Do(ctx context.Context, script Script, keys []string, args ...any) *redis.Cmd {
	for try := 1; ; try++ {
		cmd := s.once(ctx, call{script: script, keys: keys, args: args})
		if try == safeTries || ctx.Err() != nil || !passing(cmd.Err()) {
			return cmd
		}
		if cluster, ok := s.db.Client.(*redis.ClusterClient); ok {
			cluster.ReloadState(ctx)
		}
		select {
		case <-ctx.Done():
			return cmd
		case <-time.After(safePause << (try - 1)):
		}
	}
}

func (s *Safe) once(ctx context.Context, w call) *redis.Cmd {
	w.cmd = redis.NewCmd(ctx)
	master, err := s.db.master(ctx, w.keys[0])
	if err != nil {
		w.cmd.SetErr(fmt.Errorf("finding the master of %s: %w", w.keys[0], err))
		return w.cmd
	}
	return s.lane(master).do(ctx, s, master, w)
}

func (s *Safe) lane(master *redis.Client) *safeLane {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lanes[master.Options().Addr]
	if l == nil {
		l = &safeLane{lane: newLane()}
		s.lanes[master.Options().Addr] = l
	}
	return l
}

// passing reports whether a write failed for a reason that another look at the cluster may mend: the
// master is gone, is no master any more, or does not have the key any more.
func passing(err error) bool {
	var answer redis.Error
	switch {
	case err == nil, errors.Is(err, ErrNoReplica), errors.Is(err, redis.ErrClosed),
		errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return false
	case errors.As(err, &answer):
		code, _, _ := strings.Cut(answer.Error(), " ")
		switch code {
		case "MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "READONLY", "LOADING", "MASTERDOWN", "UNBLOCKED":
			return true
		}
		return false
	}
	// Nobody answered. A replica that did not confirm in time is answered to the caller, who knows
	// better how long to go on.
	return !errors.Is(err, errLate)
}
