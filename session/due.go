package session

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
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
	// actWithin bounds one handler, so that it has ended before its claim has.
	actWithin = 12 * time.Second
	// A handler that fails is tried again after retryFirst, then twice as long each time up to
	// retryMost. One that failed poisonAfter times in a row is counted: somebody has to look.
	retryFirst  = 2 * time.Second
	retryMost   = 5 * time.Minute
	poisonAfter = 6
)

// Handler acts on a timer. It must be idempotent: it runs again if the process dies in between. It
// returns how long until it wants to run again, or 0 when it is done with the session. After an
// error or a panic the timer comes back, later with every failure.
type Handler func(ctx context.Context, id ID) (again time.Duration, err error)

// Timers runs the durable timers of all partitions. Every node runs them; claims keep them apart.
//
//	armed ──due──▶ claimed ──handler──▶ done | armed again
//	                  ├──── handler failed: armed again, later each time
//	                  └──── node died: due again when the claim runs out
type Timers struct {
	log      *Log
	handlers map[string]Handler
	logger   zerolog.Logger
	failures *prometheus.CounterVec
	poison   *prometheus.CounterVec
	revived  prometheus.Counter
}

// NewTimers returns the timers of a log, acting through handlers by the name of what is due.
func NewTimers(l *Log, handlers map[string]Handler, logger zerolog.Logger) *Timers {
	return &Timers{
		log: l, handlers: handlers, logger: logger.With().Str("component", "timers").Logger(),
		failures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_timer_failures_total", Help: "Timers of sessions whose handler failed; each is tried again.",
		}, []string{"what"}),
		poison: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "yijian_timer_poison_total", Help: "Timers of sessions that have failed six times in a row; look at the log.",
		}, []string{"what"}),
		revived: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "yijian_sessions_revived_total", Help: "Open sessions that this node put back from the record after Redis had lost its memory.",
		}),
	}
}

// Register registers the timers' metrics.
func (t *Timers) Register(reg prometheus.Registerer) {
	reg.MustRegister(t.failures, t.poison, t.revived)
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

// RunOnce acts on everything that is due now. What fails keeps nothing else from running.
func (t *Timers) RunOnce(ctx context.Context) error {
	parts, lost, err := t.due(ctx)
	errs := []error{err}
	if len(lost) > 0 {
		errs = append(errs, t.revive(ctx, lost))
		if parts, _, err = t.due(ctx); err != nil {
			errs = append(errs, err)
		}
	}
	var g errgroup.Group
	g.SetLimit(actAtOnce)
	for _, p := range parts {
		score, members, err := t.claim(ctx, p)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, m := range members {
			g.Go(func() error { return t.act(ctx, p, m, score) })
		}
	}
	return errors.Join(append(errs, g.Wait())...)
}

// due peeks at every partition in one pipeline and returns those with something to do, and those that
// are lost: Redis has no mark of them, so their timers may be missing and nothing is done before they
// are back. A shard that is away is an error beside the partitions of the others.
func (t *Timers) due(ctx context.Context) (parts, lost []int, err error) {
	pipe := t.log.db.Client.Pipeline()
	var clock *redis.TimeCmd
	if t.log.now() == 0 {
		clock = pipe.Time(ctx)
	}
	firsts := make([]*redis.ZSliceCmd, rdb.Partitions)
	for p := range firsts {
		firsts[p] = pipe.ZRangeWithScores(ctx, timersKey(rdb.Tag(p)), 0, 1)
	}
	if _, err = pipe.Exec(ctx); err != nil {
		err = fmt.Errorf("looking for due timers: %w", err)
	}
	now := t.log.now()
	if clock != nil {
		if clock.Err() != nil {
			return nil, nil, err
		}
		now = clock.Val().UnixMilli()
	}
	for p, first := range firsts {
		z := first.Val()
		switch {
		case first.Err() != nil:
		case len(z) == 0 || z[0].Member != markTimer:
			lost = append(lost, p)
		case len(z) > 1 && int64(z[1].Score) <= now:
			parts = append(parts, p)
		}
	}
	return parts, lost, err
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
	again, err := run(ctx, handle, id)
	if ctx.Err() != nil {
		return nil //nolint:nilerr // this node is going; the claim runs out and another acts
	}
	if err != nil {
		return t.failed(ctx, part, member, score, err)
	}
	tag := rdb.Tag(part)
	err = doneScript.Do(ctx, t.log.db.Client, []string{timersKey(tag), triesKey(tag)},
		t.log.now(), member, score, strconv.FormatInt(again.Milliseconds(), 10)).Err()
	if err != nil {
		return fmt.Errorf("ending timer %s: %w", member, err)
	}
	return nil
}

// run runs a handler within its time. A panic is this one timer's failure and nobody else's.
func run(ctx context.Context, handle Handler, id ID) (again time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, actWithin)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return handle(ctx, id)
}

// failed puts a timer off, and says aloud when it is one that fails every time.
func (t *Timers) failed(ctx context.Context, part int, member, score string, cause error) error {
	what, id := splitTimer(member)
	t.failures.WithLabelValues(what).Inc()
	tag := rdb.Tag(part)
	tries, err := failedScript.Do(ctx, t.log.db.Client, []string{timersKey(tag), triesKey(tag)}, t.log.now(), member, score,
		retryFirst.Milliseconds(), retryMost.Milliseconds(), rand.N(250)).Int()
	if err != nil {
		return errors.Join(cause, fmt.Errorf("putting off timer %s: %w", member, err)) // its claim runs out
	}
	level := zerolog.WarnLevel
	if tries >= poisonAfter {
		level = zerolog.ErrorLevel
	}
	if tries == poisonAfter {
		t.poison.WithLabelValues(what).Inc()
	}
	t.logger.WithLevel(level).Err(cause).Str("what", what).Str("session", string(id)).Int("tries", tries).Msg("timer failed")
	return nil
}
