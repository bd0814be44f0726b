package rdb

import (
	"context"
	"sync"

	"github.com/redis/go-redis/v9"
)

const (
	// lanePipelines is how many batches are under way to one master at a time: enough that one is
	// written while another waits for its answer.
	lanePipelines = 2
	// batchMost bounds the scripts of one batch.
	batchMost = 128
)

// call is one script on its way. Its cmd belongs to the lane until the batch is done.
type call struct {
	script Script
	keys   []string
	args   []any
	cmd    *redis.Cmd
}

// batch is the calls that share a pipeline.
type batch struct {
	calls []call
	done  chan struct{}
}

// lane takes the scripts to one master in batches. Whoever begins a batch leads it: waits for its turn,
// lets others join until then, and carries all. No goroutine is needed, an idle lane costs nothing,
// and whoever is alone does not wait.
type lane struct {
	turns chan struct{}

	mu   sync.Mutex
	next *batch // still open
}

func newLane() lane { return lane{turns: make(chan struct{}, lanePipelines)} }

// do runs a script in a batch, which carry takes to the master; carry may not take for ever. It
// returns false if ctx ended first.
func (l *lane) do(ctx context.Context, c call, carry func(context.Context, []call)) bool {
	b, leads := l.join(c)
	if leads {
		l.turns <- struct{}{} // bounded: each turn is
		l.depart(b)
		carry(context.WithoutCancel(ctx), b.calls) // the others have contexts of their own
		<-l.turns
		close(b.done)
		return true
	}
	select {
	case <-b.done:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *lane) join(c call) (b *batch, leads bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.next == nil {
		l.next, leads = &batch{done: make(chan struct{})}, true
	}
	b = l.next
	b.calls = append(b.calls, c)
	if len(b.calls) == batchMost {
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

// run runs all scripts of a batch, each with its own result, in pipelines that begin makes: one, and
// another for scripts that the server had never seen. It ends early if after, which may add to each
// pipeline and look at its answers, returns an error.
func run(ctx context.Context, calls []call, begin func() redis.Pipeliner, after func(redis.Pipeliner) func() error) error {
	sent := make([]*redis.Cmd, len(calls))
	for missing := true; missing; {
		pipe := begin()
		for i, c := range calls {
			switch {
			case sent[i] == nil:
				sent[i] = c.script.EvalSha(ctx, pipe, c.keys, c.args...)
			case unseen(sent[i]):
				sent[i] = c.script.Eval(ctx, pipe, c.keys, c.args...)
			}
		}
		look := after(pipe)
		_, _ = pipe.Exec(ctx) // each command has its own
		if err := look(); err != nil {
			return err
		}
		missing = false
		for _, cmd := range sent {
			missing = missing || unseen(cmd)
		}
	}
	for i, c := range calls {
		c.cmd.SetVal(sent[i].Val())
		c.cmd.SetErr(sent[i].Err())
	}
	return nil
}

// unseen reports whether the server did not know the script of a call by its hash.
func unseen(cmd *redis.Cmd) bool { return redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") }
