package record

import (
	"context"
	"fmt"
	"sync"

	"yijian/session"
)

// gathering joins those who have a life to note into groups, each one transaction: while one is written
// the next gathers. It is what keeps a Redis that lost everything from costing a commit a session.
type gathering struct {
	turn chan struct{}

	mu   sync.Mutex
	next *gathered // still open
}

// gathered are lives that are noted together.
type gathered struct {
	lives []session.Life
	noted []bool
	done  chan struct{}
	err   error
}

func newGathering() *gathering { return &gathering{turn: make(chan struct{}, 1)} }

type noting func(ctx context.Context, lives []session.Life) (noted []bool, err error)

func (g *gathering) do(ctx context.Context, life session.Life, note noting) (bool, error) {
	group, i, leads := g.join(life)
	if leads {
		g.turn <- struct{}{} // bounded: each turn is
		g.depart()
		// The others have contexts of their own.
		bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), archiveWithin)
		group.noted, group.err = note(bounded, group.lives)
		cancel()
		<-g.turn
		close(group.done)
	}
	select {
	case <-group.done:
		return group.err == nil && group.noted[i], group.err
	case <-ctx.Done():
		return false, fmt.Errorf("waiting for the record: %w", ctx.Err())
	}
}

// join adds a life to the open group, and reports whether the caller is to lead it.
func (g *gathering) join(life session.Life) (group *gathered, i int, leads bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.next == nil {
		g.next, leads = &gathered{done: make(chan struct{})}, true
	}
	g.next.lives = append(g.next.lives, life)
	return g.next, len(g.next.lives) - 1, leads
}

// depart closes a group to others.
func (g *gathering) depart() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.next = nil
}
