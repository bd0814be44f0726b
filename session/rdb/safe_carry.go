package rdb

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/redis/go-redis/v9"

	"yijian/session/plant"
)

// errLate is the cause of an ErrUnconfirmed whose replica is there and did not confirm in time.
var errLate = errors.New("the replica is late")

// safeLane is the way to one master for scripts whose writes are to be confirmed.
type safeLane struct {
	lane
	alone atomic.Bool // the master had no replica when last seen
}

func (l *safeLane) do(ctx context.Context, s *Safe, master *redis.Client, c call) *redis.Cmd {
	if l.lane.do(ctx, c, func(ctx context.Context, calls []call) { l.carry(ctx, s, master, calls) }) {
		return c.cmd
	}
	cmd := redis.NewCmd(ctx)
	cmd.SetErr(fmt.Errorf("%w: %w", ErrUnconfirmed, ctx.Err()))
	return cmd
}

// carry runs the writes of a batch and gives each its result.
func (l *safeLane) carry(ctx context.Context, s *Safe, master *redis.Client, writes []call) {
	ctx, cancel := context.WithTimeout(ctx, safeMost)
	defer cancel()
	conn := master.Conn()
	defer func() { _ = conn.Close() }()
	s.stats.batches.Add(1)
	s.stats.writes.Add(uint64(len(writes)))
	if !s.o.Degrade && l.alone.Load() {
		// Asked before anything is written: what is refused should not be there afterwards.
		if n, err := replicasOf(conn.Do(ctx, "ROLE")); err == nil && n == 0 {
			s.stats.refused.Add(uint64(len(writes)))
			failAll(writes, ErrNoReplica)
			return
		}
	}
	replicas, err := send(ctx, conn, writes)
	if err == nil && !plant.Wait {
		l.saw(s, master, replicas)
		err = s.confirm(ctx, conn, replicas, len(writes))
	}
	if err != nil {
		failAll(writes, err)
	}
}

// send runs the scripts and then a small write of its own, in one pipeline. The small write is what
// WAIT waits for where all scripts found their work done before: an event that is sent again writes
// nothing, and since Redis 7.2 WAIT counts a connection's writes alone, so it would confirm at once
// an event whose first writing no replica has. It returns how many replicas are connected.
func send(ctx context.Context, conn *redis.Conn, writes []call) (replicas int, err error) {
	err = run(ctx, writes, conn.Pipeline, func(pipe redis.Pipeliner) func() error {
		mark := pipe.Set(ctx, markKey(writes[0].keys[0]), 1, markFor)
		role := pipe.Do(ctx, "ROLE")
		return func() error {
			if err := mark.Err(); err != nil {
				return fmt.Errorf("%w: %w", ErrUnconfirmed, err)
			}
			if replicas, err = replicasOf(role); err != nil {
				return fmt.Errorf("%w: %w", ErrUnconfirmed, err)
			}
			return nil
		}
	})
	return replicas, err
}

// confirm waits until a replica has what the connection wrote.
func (s *Safe) confirm(ctx context.Context, conn *redis.Conn, replicas, writes int) error {
	if replicas == 0 && s.o.Degrade {
		s.stats.degraded.Add(uint64(writes))
		return nil
	}
	if replicas == 0 {
		s.stats.refused.Add(uint64(writes))
		return ErrNoReplica
	}
	n, err := conn.Do(ctx, "WAIT", 1, s.o.Wait.Milliseconds()).Int()
	if err == nil && n < 1 {
		err = errLate
	}
	if err != nil {
		s.stats.unconfirmed.Add(uint64(writes))
		return fmt.Errorf("%w: %w", ErrUnconfirmed, err)
	}
	return nil
}

// saw tells operators once when a master is left alone, and once when it is not any more.
func (l *safeLane) saw(s *Safe, master *redis.Client, replicas int) {
	alone := replicas == 0
	if l.alone.Swap(alone) == alone {
		return
	}
	log := s.o.Log.With().Str("master", master.Options().Addr).Bool("degrade", s.o.Degrade).Logger()
	if alone {
		log.Warn().Msg("master has no replica")
		return
	}
	log.Info().Msg("master has a replica again")
}

// failAll gives every write of a batch an error.
func failAll(writes []call, err error) {
	for _, w := range writes {
		w.cmd.SetErr(err)
	}
}

// replicasOf reads ROLE. A user who may not ask is taken to have a replica: WAIT will tell.
func replicasOf(role *redis.Cmd) (int, error) {
	if redis.HasErrorPrefix(role.Err(), "NOPERM") {
		return 1, nil
	}
	answer, err := role.Slice()
	if err != nil {
		return 0, fmt.Errorf("asking for replicas: %w", err)
	}
	if len(answer) > 2 && answer[0] == "master" {
		replicas, _ := answer[2].([]any)
		return len(replicas), nil
	}
	return 0, errors.New("the server is no master any more")
}
