package session

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"yijian/session/rdb"
)

const (
	// lookEvery is how often a node looks for due timers, with jitter so that nodes spread out.
	lookEvery = 400 * time.Millisecond
	// claimFor is how long a node may take to act before another may try.
	claimFor  = 15 * time.Second
	claimMost = 100
	actAtOnce = 16
)

// Handler acts on a timer. It must be idempotent: it runs again if the process dies in between. It
// returns how long until it wants to run again, or 0 when it is done with the session. After an
// error the timer comes back when its claim runs out.
type Handler func(ctx context.Context, id ID) (again time.Duration, err error)

// Timers runs the durable timers of all partitions. Every node runs them; claims keep them apart.
//
//	armed ──due──▶ claimed ──handler──▶ done | armed again
//	                  └──── node died: due again when the claim runs out
type Timers struct {
	log      *Log
	handlers map[string]Handler
	logger   zerolog.Logger
}

// NewTimers returns the timers of a log, acting through handlers by the name of what is due.
func NewTimers(l *Log, handlers map[string]Handler, logger zerolog.Logger) *Timers {
	return &Timers{log: l, handlers: handlers, logger: logger.With().Str("component", "timers").Logger()}
}

// Run looks for due timers until ctx ends.
func (t *Timers) Run(ctx context.Context) error {
	for {
		wait := lookEvery/2 + rand.N(lookEvery)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		if err := t.RunOnce(ctx); err != nil && ctx.Err() == nil {
			t.logger.Warn().Err(err).Msg("timers not run")
		}
	}
}

// RunOnce acts on everything that is due now.
func (t *Timers) RunOnce(ctx context.Context) error {
	parts, err := t.due(ctx)
	if err != nil {
		return err
	}
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(actAtOnce)
	for _, p := range parts {
		score, members, err := t.claim(ctx, p)
		if err != nil {
			return errors.Join(err, g.Wait())
		}
		for _, m := range members {
			g.Go(func() error { return t.act(gctx, p, m, score) })
		}
	}
	return g.Wait()
}

// due peeks at every partition in one pipeline and returns those with something to do.
func (t *Timers) due(ctx context.Context) ([]int, error) {
	pipe := t.log.db.Client.Pipeline()
	var clock *redis.TimeCmd
	if t.log.now() == 0 {
		clock = pipe.Time(ctx)
	}
	firsts := make([]*redis.ZSliceCmd, rdb.Partitions)
	for p := range firsts {
		firsts[p] = pipe.ZRangeWithScores(ctx, timersKey(rdb.Tag(p)), 0, 0)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, fmt.Errorf("looking for due timers: %w", err)
	}
	now := t.log.now()
	if clock != nil {
		now = clock.Val().UnixMilli()
	}
	var parts []int
	for p, first := range firsts {
		if z := first.Val(); len(z) > 0 && int64(z[0].Score) <= now {
			parts = append(parts, p)
		}
	}
	return parts, nil
}

func (t *Timers) claim(ctx context.Context, part int) (score string, members []string, err error) {
	res, err := claimScript.Do(ctx, t.log.db.Client, []string{timersKey(rdb.Tag(part))},
		t.log.now(), claimFor.Milliseconds(), claimMost).StringSlice()
	if err != nil {
		return "", nil, fmt.Errorf("claiming timers of partition %d: %w", part, err)
	}
	return res[0], res[1:], nil
}

func (t *Timers) act(ctx context.Context, part int, member, score string) error {
	what, id := splitTimer(member)
	handle := t.handlers[what]
	if handle == nil {
		// A newer version armed it; leave it to a node that knows it.
		return nil
	}
	again, err := handle(ctx, id)
	if err != nil && ctx.Err() == nil {
		t.logger.Warn().Err(err).Str("what", what).Str("session", string(id)).Msg("timer failed")
	}
	if err != nil {
		return nil //nolint:nilerr // the claim runs out, here or when this node is gone, and the timer is due again
	}
	err = doneScript.Do(ctx, t.log.db.Client, []string{timersKey(rdb.Tag(part))},
		t.log.now(), member, score, strconv.FormatInt(again.Milliseconds(), 10)).Err()
	if err != nil {
		return fmt.Errorf("ending timer %s: %w", member, err)
	}
	return nil
}
