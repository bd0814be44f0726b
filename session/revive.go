package session

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"yijian/session/rdb"
)

const (
	// reviveFor is how long one node has for bringing partitions back before another does the same,
	// which is harmless.
	reviveFor = 15 * time.Second
	// reviveAtOnce bounds how many sessions are put back at a time. The record notes their lives together.
	reviveAtOnce = 64
)

// revive brings partitions back that Redis has no mark of: it lost its memory, or this is its first
// day. What has yet to happen in their open sessions hung on timers that are gone, so those sessions
// are put back from the record, the line first, before timers run. One node does it, under a lease.
func (t *Timers) revive(ctx context.Context, lost []int) error {
	began := time.Now()
	mine, err := t.log.lead(ctx, lost)
	if err != nil || len(mine) == 0 {
		return err
	}
	var count atomic.Int64
	var g errgroup.Group
	g.SetLimit(reviveAtOnce)
	err = t.log.Living(ctx, Living{Parts: mine}, func(id ID) error {
		g.Go(func() error {
			err := t.log.Restore(ctx, id)
			if errors.Is(err, ErrGone) {
				return nil // erased meanwhile
			}
			count.Add(1)
			return err
		})
		return ctx.Err()
	})
	if err := errors.Join(err, g.Wait()); err != nil {
		return fmt.Errorf("bringing %d partitions back from the record: %w", len(mine), errors.Join(err, t.log.unlead(ctx, mine)))
	}
	if err := t.log.living(ctx, mine); err != nil {
		return err
	}
	if n := count.Load(); n > 0 {
		t.revived.Add(float64(n))
		t.logger.Warn().Int("partitions", len(mine)).Int64("sessions", n).
			Dur("within", time.Since(began)).Msg("redis had lost its memory; sessions came back from the record")
	}
	return nil
}

// lead takes the lease on reviving partitions and returns those it got.
func (l *Log) lead(ctx context.Context, lost []int) (mine []int, err error) {
	pipe := l.db.Client.Pipeline()
	got := make([]interface{ Val() bool }, len(lost))
	for i, p := range lost {
		got[i] = pipe.SetNX(ctx, reviveKey(rdb.Tag(p)), 1, reviveFor)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, fmt.Errorf("taking the lease on lost partitions: %w", err)
	}
	for i, p := range lost {
		if got[i].Val() {
			mine = append(mine, p)
		}
	}
	return mine, nil
}

// unlead gives the lease back, so that the next look tries again.
func (l *Log) unlead(ctx context.Context, mine []int) error {
	pipe := l.db.Client.Pipeline()
	for _, p := range mine {
		pipe.Del(ctx, reviveKey(rdb.Tag(p)))
	}
	_, err := pipe.Exec(ctx)
	return err
}

// living marks partitions as being there.
func (l *Log) living(ctx context.Context, parts []int) error {
	pipe := l.db.Client.Pipeline()
	for _, p := range parts {
		pipe.ZAdd(ctx, timersKey(rdb.Tag(p)), redis.Z{Score: markScore, Member: markTimer})
		pipe.Del(ctx, reviveKey(rdb.Tag(p)))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return fmt.Errorf("marking partitions as living: %w", err)
	}
	return nil
}
