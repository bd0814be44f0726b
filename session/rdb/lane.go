package rdb

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/redis/go-redis/v9"

	"yijian/session/plant"
)

const (
	// lanePipelines is how many batches are under way to one master at a time: enough that one is
	// written while another waits for the replica.
	lanePipelines = 2
	// batchMost bounds the writes of one batch.
	batchMost = 128
)

// errLate is the cause of an ErrUnconfirmed whose replica is there and did not confirm in time.
var errLate = errors.New("the replica is late")

// write is one script on its way. Its cmd belongs to the lane until the batch is done.
type write struct {
	script Script
	keys   []string
	args   []any
	cmd    *redis.Cmd
}

// batch is the writes that share a pipeline and a WAIT.
type batch struct {
	writes []write
	done   chan struct{}
}

// lane takes the writes to one master in batches. Whoever begins a batch leads it: waits for its turn,
// lets others join until then, and carries all. No goroutine is needed, and an idle lane costs
// nothing.
type lane struct {
	turns chan struct{}
	alone atomic.Bool // the master had no replica when last seen

	mu   sync.Mutex
	next *batch // still open
}

func newLane() *lane { return &lane{turns: make(chan struct{}, lanePipelines)} }

func (l *lane) do(ctx context.Context, s *Safe, master *redis.Client, w write) *redis.Cmd {
	b, leads := l.join(w)
	if leads {
		l.turns <- struct{}{} // bounded: each turn is
		l.depart(b)
		l.carry(ctx, s, master, b.writes)
		<-l.turns
		close(b.done)
	}
	select {
	case <-b.done:
		return w.cmd
	case <-ctx.Done():
		cmd := redis.NewCmd(ctx)
		cmd.SetErr(fmt.Errorf("%w: %w", ErrUnconfirmed, ctx.Err()))
		return cmd
	}
}

func (l *lane) join(w write) (b *batch, leads bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next == nil {
		l.next, leads = &batch{done: make(chan struct{})}, true
	}
	b = l.next
	b.writes = append(b.writes, w)
	if len(b.writes) == batchMost {
		l.next = nil
	}
	return b, leads
}

// depart closes a batch to others.
func (l *lane) depart(b *batch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next == b {
		l.next = nil
	}
}

// carry runs the writes of a batch and gives each its result. It does not end with its leader's
// context, because the others have their own.
func (l *lane) carry(ctx context.Context, s *Safe, master *redis.Client, writes []write) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), safeMost)
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
func send(ctx context.Context, conn *redis.Conn, writes []write) (replicas int, err error) {
	sent := make([]*redis.Cmd, len(writes))
	known := writes
	for len(known) > 0 {
		pipe := conn.Pipeline()
		for i, w := range writes {
			switch {
			case sent[i] == nil:
				sent[i] = w.script.EvalSha(ctx, pipe, w.keys, w.args...)
			case redis.HasErrorPrefix(sent[i].Err(), "NOSCRIPT"):
				sent[i] = w.script.Eval(ctx, pipe, w.keys, w.args...)
			}
		}
		mark := pipe.Set(ctx, markKey(writes[0].keys[0]), 1, markFor)
		role := pipe.Do(ctx, "ROLE")
		_, _ = pipe.Exec(ctx) // each command has its own
		if err := mark.Err(); err != nil {
			return 0, fmt.Errorf("%w: %w", ErrUnconfirmed, err)
		}
		replicas, err = replicasOf(role)
		if err != nil {
			return 0, fmt.Errorf("%w: %w", ErrUnconfirmed, err)
		}
		known = unknown(writes, sent)
	}
	for i, w := range writes {
		w.cmd.SetVal(sent[i].Val())
		w.cmd.SetErr(sent[i].Err())
	}
	return replicas, nil
}

// unknown are the writes whose script the server had never seen.
func unknown(writes []write, sent []*redis.Cmd) (out []write) {
	for i, w := range writes {
		if redis.HasErrorPrefix(sent[i].Err(), "NOSCRIPT") {
			out = append(out, w)
		}
	}
	return out
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
func (l *lane) saw(s *Safe, master *redis.Client, replicas int) {
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
func failAll(writes []write, err error) {
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
