package rdb

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// crowdMost bounds a batch in all its steps.
const crowdMost = 6 * time.Second

// Crowd runs scripts that very many callers may ask for at once, as when a node dies and its visitors
// come to another. Whoever is alone goes at once; those who come while others are under way share a
// pipeline, so that ten thousand cost a hundred trips and no connection is waited for. Shards have
// nothing to do with each other.
type Crowd struct {
	db *DB

	mu    sync.Mutex
	lanes map[string]*lane // by shard
}

// NewCrowd returns a Crowd on an open Redis.
func NewCrowd(db *DB) *Crowd { return &Crowd{db: db, lanes: map[string]*lane{}} }

// Do runs a script on the shard of its first key. The script must bear being run twice.
func (c *Crowd) Do(ctx context.Context, script Script, keys []string, args ...any) *redis.Cmd {
	one := call{script: script, keys: keys, args: args, cmd: redis.NewCmd(ctx)}
	if c.lane(c.db.Shard(ctx, keys[0])).do(ctx, one, c.carry) {
		return one.cmd
	}
	late := redis.NewCmd(ctx)
	late.SetErr(fmt.Errorf("waiting for redis: %w", ctx.Err()))
	return late
}

func (c *Crowd) lane(shard string) *lane {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.lanes[shard]
	if l == nil {
		one := newLane()
		l = &one
		c.lanes[shard] = l
	}
	return l
}

func (c *Crowd) carry(ctx context.Context, calls []call) {
	ctx, cancel := context.WithTimeout(ctx, crowdMost)
	defer cancel()
	// What a call ran into is its own to tell; nothing ends the others early.
	_ = run(ctx, calls, c.db.Client.Pipeline, func(redis.Pipeliner) func() error {
		return func() error { return nil }
	})
}
