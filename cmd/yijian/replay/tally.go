package replay

import (
	"maps"
	"strconv"
	"sync"
)

// tally counts what happens on all sockets of a run.
type tally struct {
	mu         sync.Mutex
	reconnects int
	resets     int
	errors     map[string]int
}

func newTally() *tally { return &tally{errors: map[string]int{}} }

func (t *tally) reconnected() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reconnects++
}

func (t *tally) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.resets++
}

// failed counts an error by its code: that of a frame, close_<code> of a connection, network.
func (t *tally) failed(code string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.errors[code]++
}

func (t *tally) closed(code int) { t.failed("close_" + strconv.Itoa(code)) }

// into writes the counts into a report.
func (t *tally) into(r *Report) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Reconnects, r.Resets, r.Errors = t.reconnects, t.resets, maps.Clone(t.errors)
}
