package torture

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/cmd/yijian/client"
	"yijian/session/rdb/redisproc"
)

// redisServers are the servers of a run's Redis and what can be done to them.
type redisServers interface {
	// url is what the nodes are told; direct leads past what is broken on the way.
	url() string
	direct() string
	// pause stops a master for a time, and reports which.
	pause(ctx context.Context, d time.Duration, dice *rand.Rand) (target string, promoted bool, err error)
	// failOver kills a master, waits until its replica took over, and brings it back as a replica.
	// It is the one at the address victim, if that is a master, else any. Its target is empty where
	// there is no replica.
	failOver(ctx context.Context, victim string, dice *rand.Rand) (target string, err error)
	// forget makes masters lose their memory: all of them, or now and then one.
	forget(ctx context.Context, dice *rand.Rand) error
	// network is what stands between nodes and Redis, or nil.
	network() *proxy
	stop()
}

func startRedis(ctx context.Context, kind string) (redisServers, error) {
	if kind == Cluster {
		c, err := redisproc.StartCluster(ctx, redisproc.ClusterOptions{})
		return &redisCluster{c}, err
	}
	dir, err := redisproc.Dir()
	if err != nil {
		return nil, err
	}
	port, err := redisproc.Port()
	if err != nil {
		return nil, err
	}
	s := &redisSingle{}
	if s.server, err = redisproc.Start(redisproc.Options{Dir: dir, Port: port}); err != nil {
		return s, err
	}
	if err := s.server.Await(ctx, func(ctx context.Context, c *redis.Client) error { return c.Ping(ctx).Err() }); err != nil {
		return s, err
	}
	if s.proxy, err = newProxy(ctx, s.server.Addr); err != nil {
		return s, err
	}
	s.ran = make(chan struct{})
	go func() {
		defer close(s.ran)
		_ = s.proxy.run()
	}()
	return s, nil
}

// redisSingle is one redis-server behind a proxy.
type redisSingle struct {
	server *redisproc.Server
	proxy  *proxy
	ran    chan struct{}
}

func (s *redisSingle) url() string     { return "redis://" + s.proxy.addr() }
func (s *redisSingle) direct() string  { return "redis://" + s.server.Addr }
func (s *redisSingle) network() *proxy { return s.proxy }

func (s *redisSingle) pause(ctx context.Context, d time.Duration, _ *rand.Rand) (string, bool, error) {
	if err := s.server.Pause(); err != nil {
		return "", false, err
	}
	_ = client.Pause(ctx, d)
	return s.server.Addr, false, s.server.Continue()
}

func (s *redisSingle) failOver(context.Context, string, *rand.Rand) (string, error) { return "", nil }

func (s *redisSingle) forget(ctx context.Context, _ *rand.Rand) error { return flush(ctx, s.server) }

// flush empties a server.
func flush(ctx context.Context, s *redisproc.Server) (err error) {
	db := s.Client()
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.FlushAll(ctx).Err(); err != nil {
		return fmt.Errorf("emptying the redis at %s: %w", s.Addr, err)
	}
	return nil
}

func (s *redisSingle) stop() {
	if s.proxy != nil {
		s.proxy.close()
		<-s.ran
	}
	if s.server != nil {
		s.server.Stop()
	}
}

// redisCluster is three masters with a replica each.
type redisCluster struct{ *redisproc.Cluster }

func (c *redisCluster) url() string     { return "redis-cluster://" + c.Addrs() }
func (c *redisCluster) direct() string  { return c.url() }
func (c *redisCluster) network() *proxy { return nil }
func (c *redisCluster) stop()           { c.Stop() }

func (c *redisCluster) pause(ctx context.Context, d time.Duration, dice *rand.Rand) (string, bool, error) {
	before := c.Masters(ctx)
	if len(before) != redisproc.Masters {
		return "", false, nil // something else is going on
	}
	master := pick(dice, before)
	if err := master.Pause(); err != nil {
		return "", false, err
	}
	_ = client.Pause(ctx, d)
	if err := master.Continue(); err != nil {
		return master.Addr, false, err
	}
	// Its replica may be promoted in the very moment that it comes back, or just after.
	_ = client.Pause(ctx, time.Second)
	err := errors.Join(c.AwaitFormed(ctx), c.awaitPromotion(ctx))
	return master.Addr, !slices.Contains(c.Masters(ctx), master), err
}

func (c *redisCluster) failOver(ctx context.Context, victim string, dice *rand.Rand) (string, error) {
	before := c.Masters(ctx)
	if len(before) != redisproc.Masters {
		return "", fmt.Errorf("the cluster has %d masters", len(before))
	}
	master := pick(dice, before)
	if v := c.At(victim); slices.Contains(before, v) {
		master = v
	}
	mend, err := c.deafen(ctx, master)
	if err != nil {
		return "", err
	}
	err = master.Kill()
	if err := errors.Join(err, mend()); err != nil {
		return "", err
	}
	if err := c.awaitPromotion(ctx); err != nil {
		return master.Addr, err
	}
	// A while without a replica, as it is in life.
	_ = client.Pause(ctx, time.Second)
	if err := master.Restart(); err != nil {
		return master.Addr, err
	}
	return master.Addr, c.AwaitFormed(ctx)
}

func (c *redisCluster) forget(ctx context.Context, dice *rand.Rand) error {
	masters := c.Masters(ctx)
	if chance(dice, 0.5) && len(masters) > 0 {
		masters = []*redisproc.Server{pick(dice, masters)}
	}
	var errs []error
	for _, m := range masters {
		errs = append(errs, flush(ctx, m))
	}
	return errors.Join(errs...)
}

// deafFor is how much of a master's last moments its replica never hears of.
const deafFor = 400 * time.Millisecond

// deafen keeps the last moments of a master from its replica: a kill alone loses nothing, because what
// the master has written is in the replica's socket by then. The replica is stopped and its connection
// closed on the master's side, so that it is promoted without what came after. mend lets it go on.
func (c *redisCluster) deafen(ctx context.Context, master *redisproc.Server) (mend func() error, err error) {
	db := master.Client()
	defer func() { err = errors.Join(err, db.Close()) }()
	role, err := db.Do(ctx, "ROLE").Slice()
	if err != nil || len(role) < 3 {
		return nil, fmt.Errorf("asking the master for its replica: %w", err)
	}
	var stopped []*redisproc.Server
	mend = func() error {
		var errs []error
		for _, r := range stopped {
			errs = append(errs, r.Continue())
		}
		return errors.Join(errs...)
	}
	replicas, _ := role[2].([]any)
	for _, r := range replicas {
		at, _ := r.([]any)
		if len(at) < 2 {
			continue
		}
		if server := c.At(fmt.Sprintf("%v:%v", at[0], at[1])); server != nil {
			stopped = append(stopped, server)
			err = errors.Join(err, server.Pause())
		}
	}
	err = errors.Join(err, db.Do(ctx, "CLIENT", "KILL", "TYPE", "replica").Err())
	if err != nil {
		return nil, errors.Join(err, mend())
	}
	_ = client.Pause(ctx, deafFor)
	return mend, nil
}

// promotedWithin is far more than a failover takes: twice the node timeout, and a vote.
const promotedWithin = 40 * time.Second

// awaitPromotion waits until there are as many masters as there should be.
func (c *redisCluster) awaitPromotion(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, promotedWithin)
	defer cancel()
	for len(c.Masters(ctx)) != redisproc.Masters {
		if err := client.Pause(ctx, 100*time.Millisecond); err != nil {
			return fmt.Errorf("no replica was promoted within %s: %w", promotedWithin, err)
		}
	}
	return nil
}
