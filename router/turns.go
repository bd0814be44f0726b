package router

import (
	"context"
	"sync"

	"yijian/session"
)

// turnsAtOnce bounds how many bots think at the same time on this node.
const turnsAtOnce = 256

// turns lets the bot answer each session one turn at a time, in order. What arrives while a turn is
// taken makes one more turn afterwards, which sees everything said until then.
type turns struct {
	take  func(ctx context.Context, id session.ID)
	ready chan session.ID

	mu      sync.Mutex
	pending map[session.ID]*pending
	// ended is closed when the last pending turn is done; until finish it is nil.
	ended chan struct{}
}

// pending is a turn that is queued or running.
type pending struct {
	again bool
	stop  context.CancelFunc // while it runs
}

func newTurns(take func(context.Context, session.ID)) *turns {
	return &turns{take: take, ready: make(chan session.ID, 1<<14), pending: map[session.ID]*pending{}}
}

// put asks for a turn. It never waits; if more turns are queued than the channel holds, the durable
// timer of the ask brings the session back.
func (t *turns) put(id session.ID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.putLocked(id)
}

func (t *turns) putLocked(id session.ID) {
	if t.ended != nil {
		return
	}
	if p := t.pending[id]; p != nil {
		p.again = true
		return
	}
	select {
	case t.ready <- id:
		t.pending[id] = &pending{}
	default:
	}
}

// anew asks for a turn because the visitor wrote. A bot that still thinks about what was said before is
// stopped: its answer would be refused, and words that ask for a person must not wait for it.
func (t *turns) anew(id session.ID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := t.pending[id] // of before: the turn that is put now must not be stopped
	t.putLocked(id)
	if p != nil && p.stop != nil {
		p.stop()
	}
}

func (t *turns) run(ctx context.Context) error {
	var wg sync.WaitGroup
	for range turnsAtOnce {
		wg.Go(func() { t.work(ctx) })
	}
	wg.Wait()
	return nil
}

func (t *turns) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-t.ready:
			t.takeOne(ctx, id)
			t.done(id)
		}
	}
}

func (t *turns) takeOne(ctx context.Context, id session.ID) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	t.mu.Lock()
	if p := t.pending[id]; p != nil {
		p.stop = stop
	}
	t.mu.Unlock()
	t.take(ctx, id)
}

func (t *turns) done(id session.ID) {
	t.mu.Lock()
	p := t.pending[id]
	again := p != nil && p.again
	delete(t.pending, id)
	if t.ended != nil && len(t.pending) == 0 {
		close(t.ended)
	}
	t.mu.Unlock()
	if again {
		t.put(id)
	}
}

// finish takes no new turns, which the timers of their asks bring to another node, and waits for
// those that were asked for, until ctx ends. It is called once.
func (t *turns) finish(ctx context.Context) {
	t.mu.Lock()
	t.ended = make(chan struct{})
	if len(t.pending) == 0 {
		close(t.ended)
	}
	ended := t.ended
	t.mu.Unlock()
	select {
	case <-ctx.Done():
	case <-ended:
	}
}
