package session

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"yijian/session/rdb"
)

const (
	// sweepPause is how long a shard that could not be swept is left alone.
	sweepPause = 250 * time.Millisecond
	// shardsEvery is how often a node looks whether a shard has another master.
	shardsEvery = time.Second
)

// sweeps says which partitions have to be compared with their logs. Each shard is swept by one at a
// time; whatever asks for it meanwhile is one more sweep, however often it is asked for.
//
//	clean ──tick, error, new master──▶ dirty ──its shard is free──▶ swept ──▶ clean
//	                                     ▲                           │ Redis did not answer
//	                                     └───────after a pause───────┘
type sweeps struct {
	wake chan struct{}

	mu     sync.Mutex
	dirty  [rdb.Partitions]bool
	leased [rdb.Partitions]time.Time // zero: renew the leases, whatever their age
	busy   map[string]bool           // by shard
}

func newSweeps() *sweeps {
	return &sweeps{wake: make(chan struct{}, 1), busy: map[string]bool{}}
}

// troubled has the sessions around one swept after a call that Redis did not answer: it may have
// happened or not, and what else happened there is not known either.
func (n *Node) troubled(id ID, err error) {
	var answer redis.Error
	var refused *RefusedError
	switch {
	case errors.Is(err, rdb.ErrUnconfirmed), errors.Is(err, rdb.ErrNoReplica), errors.Is(err, ErrGone),
		errors.Is(err, context.Canceled), errors.As(err, &refused), errors.As(err, &answer):
		return
	}
	n.sweep(id)
}

// sweep has the shard of a session swept at once.
func (n *Node) sweep(id ID) {
	s, own := n.sweeps, rdb.PartitionOf(string(id))
	s.mu.Lock()
	known := s.dirty[own]
	s.mu.Unlock()
	if known {
		return
	}
	shard := n.shard(own)
	n.sweepWhere(func(part int) bool { return part == own || n.shard(part) == shard })
}

// sweepAll has every shard swept at once.
func (n *Node) sweepAll() { n.sweepWhere(func(int) bool { return true }) }

func (n *Node) sweepWhere(dirty func(part int) bool) {
	s := n.sweeps
	s.mu.Lock()
	for part := range s.dirty {
		if dirty(part) {
			s.dirty[part], s.leased[part] = true, time.Time{}
		}
	}
	s.mu.Unlock()
	s.nudge()
}

func (s *sweeps) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// shard names the server that has a partition now.
func (n *Node) shard(part int) string { return n.db.Shard(n.ctx(), timersKey(rdb.Tag(part))) }

// sweepLoop sweeps what is dirty until ctx ends. Every partition becomes so by time, and all of a
// shard's when another server has them.
func (n *Node) sweepLoop(ctx context.Context) {
	tick, look := time.NewTicker(compareEvery), time.NewTicker(shardsEvery)
	defer tick.Stop()
	defer look.Stop()
	var g errgroup.Group
	defer func() { _ = g.Wait() }()
	shards := n.shards()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			n.sweeps.all()
		case <-look.C:
			before := shards
			shards = n.shards()
			n.sweepWhere(func(part int) bool { return shards[part] != before[part] })
		case <-n.sweeps.wake:
		}
		for shard, parts := range n.sweeps.take(shards) {
			g.Go(func() error {
				n.sweepShard(ctx, shard, parts)
				return nil
			})
		}
	}
}

func (n *Node) shards() (out [rdb.Partitions]string) {
	for part := range out {
		out[part] = n.shard(part)
	}
	return out
}

// all makes every partition dirty without touching leases that are young.
func (s *sweeps) all() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for part := range s.dirty {
		s.dirty[part] = true
	}
}

// take hands out the dirty partitions of shards that nobody sweeps.
func (s *sweeps) take(shards [rdb.Partitions]string) map[string][]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string][]int{}
	for part, shard := range shards {
		if s.dirty[part] && !s.busy[shard] {
			s.dirty[part] = false
			out[shard] = append(out[shard], part)
		}
	}
	for shard := range out {
		s.busy[shard] = true
	}
	return out
}

// sweepShard compares all open sessions of a shard. What Redis does not answer is dirty again.
func (n *Node) sweepShard(ctx context.Context, shard string, parts []int) {
	open := n.byPartition()
	failed := false
	for _, part := range parts {
		if failed = failed || n.sweepPart(ctx, part, open[part]) != nil; failed {
			n.sweeps.failed(part)
		}
	}
	if failed {
		select {
		case <-ctx.Done():
		case <-time.After(sweepPause):
		}
	}
	n.sweeps.free(shard)
}

func (n *Node) sweepPart(ctx context.Context, part int, ids []ID) error {
	began := time.Now()
	lease := n.sweeps.lapses(part, began)
	if err := n.renew(ctx, ids, lease); err != nil {
		if ctx.Err() == nil {
			n.log.Warn().Err(err).Int("partition", part).Msg("sessions not compared with their logs")
		}
		return err
	}
	if lease {
		n.sweeps.renewed(part, began)
	}
	return nil
}

func (s *sweeps) lapses(part int, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return now.Sub(s.leased[part]) > leaseEvery
}

func (s *sweeps) renewed(part int, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leased[part] = at
}

func (s *sweeps) failed(part int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dirty[part], s.leased[part] = true, time.Time{}
}

// free ends the sweep of a shard, and has the loop look whether there is another one to do.
func (s *sweeps) free(shard string) {
	s.mu.Lock()
	s.busy[shard] = false
	s.mu.Unlock()
	s.nudge()
}
