package queue_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yijian/router/queue"
)

// TestOfAllNodesThatCheckADeskAtOnceOneDoesIt proves that every round of the check is one node's, that
// the next comes 30 s later, and that a desk with nothing to check stops asking.
func TestOfAllNodesThatCheckADeskAtOnceOneDoesIt(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join(sid(1))
		for round := range 3 {
			if got := b.checks(8); got != 0 {
				t.Errorf("round %d: %d nodes check before it is due", round, got)
			}
			b.advance(30 * time.Second)
			if got := b.checks(8); got != 1 {
				t.Errorf("round %d: %d nodes check, want 1", round, got)
			}
		}
		b.settle(queue.Projection{Session: sid(1), Epoch: 9, Owner: "closed"})
		b.advance(30 * time.Second)
		if got := b.checks(8); got != 0 {
			t.Errorf("%d nodes check an empty desk", got)
		}
		left, err := b.desk.Due(b.Context(), site, 100)
		b.is(err, nil)
		if len(left) > 0 {
			b.Errorf("timers %+v, want none", left)
		}
	})
}

// checks lets so many nodes check at the same time and returns how many were told to go ahead.
func (b *bench) checks(nodes int) int {
	b.Helper()
	var mine atomic.Int32
	var g sync.WaitGroup
	for range nodes {
		g.Go(func() {
			ok, err := b.desk.Check(b.Context(), site)
			if err != nil {
				b.Error(err)
			}
			if ok {
				mine.Add(1)
			}
		})
	}
	g.Wait()
	return int(mine.Load())
}
