package rdbtest

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
)

// ErrDead is what everything that a dead process does comes to.
var ErrDead = errors.New("this process has died")

// Mortal is a process as Redis sees it: it makes so many trips and then none, as if killed between
// two of them. A script is one trip, and so is a pipeline.
type Mortal struct {
	DB *rdb.DB

	left atomic.Int64
}

// Dying opens url for a process that dies after some trips. Opening is not counted.
func Dying(t *testing.T, url string, trips int) *Mortal {
	t.Helper()
	m := &Mortal{DB: open(t, url)}
	m.left.Store(int64(trips))
	m.DB.Client.AddHook(m)
	return m
}

// DialHook lets connections through: a dead process needs none.
func (m *Mortal) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessHook counts a command.
func (m *Mortal) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if m.left.Add(-1) < 0 {
			cmd.SetErr(ErrDead)
			return ErrDead
		}
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook counts a pipeline.
func (m *Mortal) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if m.left.Add(-1) < 0 {
			for _, cmd := range cmds {
				cmd.SetErr(ErrDead)
			}
			return ErrDead
		}
		return next(ctx, cmds)
	}
}
