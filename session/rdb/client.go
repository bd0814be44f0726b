package rdb

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
)

// reloadEvery is how old the client's picture of a cluster may become without an error.
const reloadEvery = 10 * time.Second

// newClient returns the client for what a URL says: cluster, sentinel or single.
func newClient(opts *redis.UniversalOptions) redis.UniversalClient {
	if !opts.IsClusterMode {
		return redis.NewUniversalClient(opts)
	}
	o := opts.Cluster()
	o.ClusterStateReloadInterval = reloadEvery
	// The cluster client tries again by itself; the clients of its nodes would multiply that, and a
	// call would hang on a dead master long after its replica has taken over.
	o.MaxRetries = -1
	c := redis.NewClusterClient(o)
	c.OnNewNode(func(node *redis.Client) { node.AddHook(reload{c}) })
	return c
}

// newBlocking returns a client for XREAD BLOCK: few connections, and no call outlives the longest
// block by more than a second, so that a master that hangs is noticed.
func newBlocking(opts *redis.UniversalOptions) redis.UniversalClient {
	o := *opts
	o.PoolSize = 4
	o.ReadTimeout = BlockFor + time.Second
	o.ContextTimeoutEnabled = true
	c := newClient(&o)
	c.AddHook(bounded{BlockFor + time.Second})
	return c
}

// reload is a hook on the client of each node of a cluster: a call that the node did not answer, or
// answered by saying that the cluster is down, makes the client ask anew who owns which slots. By
// itself it asks only after a redirection, which a dead master does not send: its slots would stay
// dead for up to a minute after a replica took them over.
type reload struct{ cluster *redis.ClusterClient }

// DialHook implements redis.Hook; a failed dial reaches the other two as well.
func (r reload) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook implements redis.Hook.
func (r reload) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		err := next(ctx, cmd)
		r.after(ctx, err)
		return err
	}
}

// ProcessPipelineHook implements redis.Hook.
func (r reload) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		err := next(ctx, cmds)
		r.after(ctx, err)
		return err
	}
}

// after asks for a reload, which the client runs at most five times a second.
func (r reload) after(ctx context.Context, err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	var answer redis.Error
	if !errors.As(err, &answer) || redis.HasErrorPrefix(err, "CLUSTERDOWN") {
		r.cluster.ReloadState(ctx)
	}
}

// bounded is a hook that gives every call a deadline.
type bounded struct{ most time.Duration }

// DialHook implements redis.Hook.
func (b bounded) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

// ProcessHook implements redis.Hook.
func (b bounded) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		ctx, cancel := context.WithTimeout(ctx, b.most)
		defer cancel()
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook implements redis.Hook.
func (b bounded) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		ctx, cancel := context.WithTimeout(ctx, b.most)
		defer cancel()
		return next(ctx, cmds)
	}
}
