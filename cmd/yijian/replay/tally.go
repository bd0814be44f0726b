package replay

import (
	"maps"
	"sync"

	"yijian/cmd/yijian/client"
)

// tally counts what happens on all sockets of a run.
type tally struct {
	client.Silent
	mu         sync.Mutex
	reconnects int
	resets     int
	errors     map[string]int
}

func newTally() *tally { return &tally{errors: map[string]int{}} }

// Greeted implements client.Observer.
func (t *tally) Greeted(n int) {
	if n == 1 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reconnects++
}

func (t *tally) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.resets++
}

// Failed implements client.Observer: it counts an error by its code.
func (t *tally) Failed(code string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.errors[code]++
}

// into writes the counts into a report.
func (t *tally) into(r *Report) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Reconnects, r.Resets, r.Errors = t.reconnects, t.resets, maps.Clone(t.errors)
}
