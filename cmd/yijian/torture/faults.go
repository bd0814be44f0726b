package torture

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"yijian/cmd/yijian/client"
	"yijian/cmd/yijian/torture/history"
	"yijian/router/queue"
)

// The names of faults, beside history.RedisFailover.
const (
	nodeEnded     = "node_ended_by_itself"
	nodeKilled    = "node_killed"
	nodePaused    = "node_paused"
	redisPaused   = "redis_paused"
	redisCut      = "redis_connections_cut"
	redisSlow     = "redis_slow"
	clientsCut    = "client_connections_cut"
	clientsSlow   = "client_connections_slow"
	clientsSilent = "client_connections_silent"
	clockJumped   = "clock_jumped"
)

// injector breaks things until its context ends. Kills of nodes, failovers and everything else have a
// rhythm of their own, so that they overlap.
type injector struct {
	*world
	// redis is held while a server of Redis is broken: two at once would be more than a cluster of
	// three promises to survive.
	redisBusy sync.Mutex
}

// run breaks things, and puts right what it broke before it returns.
func (w *world) breakThings(ctx context.Context) error {
	i := &injector{world: w}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return i.often(ctx, "kills", w.cfg.KillEvery, i.killNode) })
	g.Go(func() error { return i.often(ctx, "failovers", w.cfg.FailoverEvery, i.failOver) })
	g.Go(func() error { return i.often(ctx, "troubles", w.cfg.Every, i.trouble) })
	if w.cfg.ForgetEvery > 0 {
		g.Go(func() error { return i.forgets(ctx) })
	}
	return g.Wait()
}

// often does something at random times with a mean distance. What is begun is finished.
func (i *injector) often(ctx context.Context, what string, every time.Duration, do func(context.Context, *rand.Rand) error) error {
	dice := client.Jitter(i.cfg.Seed, what, 0)
	for {
		if err := client.Pause(ctx, every/2+time.Duration(dice.Int64N(int64(every)))); err != nil {
			return nil //nolint:nilerr // the end of the load is no failure
		}
		if err := do(context.WithoutCancel(ctx), dice); err != nil {
			return fmt.Errorf("breaking things (%s): %w", what, err)
		}
	}
}

// killNode kills one node, now and then two, and starts them again.
func (i *injector) killNode(ctx context.Context, dice *rand.Rand) error {
	victims := dice.Perm(len(i.nodes))[:1]
	if len(i.nodes) > 2 && chance(dice, 0.15) {
		victims = dice.Perm(len(i.nodes))[:2]
	}
	for _, v := range victims {
		i.nodes[v].kill()
		i.broke(nodeKilled, i.nodes[v].name)
	}
	_ = client.Pause(ctx, time.Duration(200+dice.IntN(1300))*time.Millisecond)
	var errs []error
	for _, v := range victims {
		errs = append(errs, i.nodes[v].start())
	}
	return errors.Join(errs...)
}

// failOver kills a master of Redis: any, or that of the desk.
func (i *injector) failOver(ctx context.Context, dice *rand.Rand) error {
	i.redisBusy.Lock()
	defer i.redisBusy.Unlock()
	at := time.Since(i.start).Microseconds()
	victim := ""
	if chance(dice, i.cfg.AtDesk) {
		victim = queue.New(i.db, queue.Options{}).Shard(ctx, site)
	}
	target, err := i.redis.failOver(ctx, victim, dice)
	if err != nil || target == "" {
		return err
	}
	i.brokeAt(at, history.RedisFailover, target)
	return nil
}

// trouble is one of the smaller things that happen all the time.
func (i *injector) trouble(ctx context.Context, dice *rand.Rand) error {
	n := pick(dice, i.nodes)
	short := time.Duration(300+dice.IntN(1700)) * time.Millisecond
	switch dice.IntN(8) {
	case 0:
		i.broke(nodePaused, n.name)
		n.signal("STOP")
		_ = client.Pause(ctx, short+time.Second)
		n.signal("CONT")
	case 1:
		return i.pauseRedis(ctx, short, dice)
	case 2:
		i.broke(clientsCut, n.name)
		n.proxy.cut(0.2+0.8*dice.Float64(), dice)
	case 3:
		i.broke(clientsSlow, n.name)
		n.proxy.slow(time.Duration(20+dice.IntN(300)) * time.Millisecond)
		_ = client.Pause(ctx, 2*short)
		n.proxy.slow(0)
	case 4:
		i.broke(clientsSilent, n.name)
		n.proxy.mute()
		_ = client.Pause(ctx, 2*short)
		n.proxy.speak()
	case 5, 6:
		i.jump(dice)
	case 7:
		i.breakRedisNetwork(ctx, short, dice)
	}
	return nil
}

// pauseRedis stops a master for a moment, and sometimes for longer than a cluster waits for one.
func (i *injector) pauseRedis(ctx context.Context, short time.Duration, dice *rand.Rand) error {
	if !i.redisBusy.TryLock() {
		return nil
	}
	defer i.redisBusy.Unlock()
	if chance(dice, 0.25) {
		short += 3 * time.Second
	}
	at := time.Since(i.start).Microseconds()
	target, promoted, err := i.redis.pause(ctx, short, dice)
	if target != "" {
		i.brokeAt(at, redisPaused, target)
	}
	if promoted {
		i.brokeAt(at, history.RedisFailover, target)
	}
	return err
}

// jump makes the clock of some clients wrong, by a second or by hours, ahead or behind.
func (i *injector) jump(dice *rand.Rand) {
	n := dice.IntN(len(i.clocks))
	off := time.Duration(dice.Int64N(int64(2*time.Hour))) - time.Hour
	if chance(dice, 0.3) {
		off = time.Duration(dice.Int64N(int64(4*time.Second))) - 2*time.Second
	}
	i.broke(clockJumped, fmt.Sprintf("clock%d %s", n, off.Round(time.Millisecond)))
	i.clocks[n].set(off)
}

func (i *injector) breakRedisNetwork(ctx context.Context, short time.Duration, dice *rand.Rand) {
	p := i.redis.network()
	switch {
	case p == nil:
		i.jump(dice)
	case chance(dice, 0.5):
		i.broke(redisCut, "")
		p.cut(0.2+0.8*dice.Float64(), dice)
	default:
		i.broke(redisSlow, "")
		p.slow(time.Duration(5+dice.IntN(50)) * time.Millisecond)
		_ = client.Pause(ctx, short)
		p.slow(0)
	}
}

// heal puts right all that may still be broken, and waits until it is.
func (w *world) heal(ctx context.Context) error {
	for _, n := range w.nodes {
		n.signal("CONT")
		n.proxy.slow(0)
		n.proxy.speak()
	}
	for _, c := range w.clocks {
		c.set(0)
	}
	return w.awaitReady(ctx)
}
