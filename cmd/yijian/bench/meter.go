package bench

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"
)

const (
	// size is how long a message is, in bytes.
	size = 128
	// mark begins the time of sending in a message: 19 digits of nanoseconds, then 5 of the visitor.
	mark   = "bench@"
	digits = 19
	places = 5
)

// meter takes the time of messages by what is written in them. Sender and receiver are one process
// with one clock.
type meter struct {
	zero time.Time

	mu      sync.Mutex
	heard   func(visitor int) // of every message that arrived; nil for nothing
	took    []time.Duration
	refused int
}

func newMeter() *meter { return &meter{zero: time.Now()} }

// text is a message of a visitor, sent now.
func (m *meter) text(visitor int) []byte {
	out := fmt.Appendf(make([]byte, 0, size), "%s%0*d%0*d", mark, digits, time.Since(m.zero), places, visitor)
	return append(out, bytes.Repeat([]byte{'.'}, size-len(out))...)
}

// listen has heard called with the visitor of every message from now on.
func (m *meter) listen(heard func(visitor int)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.heard = heard
}

// frame looks for a message in what an agent's socket got, and reports whether there was one.
func (m *meter) frame(frame []byte) bool {
	now := time.Since(m.zero)
	sent, visitor, ok := readMark(frame)
	if !ok {
		return false
	}
	m.mu.Lock()
	m.took = append(m.took, now-sent)
	heard := m.heard
	m.mu.Unlock()
	if heard != nil {
		heard(visitor)
	}
	return true
}

// readMark finds time and visitor in a frame of any protocol, without decoding it: the load must cost
// the same whatever server it meets.
func readMark(frame []byte) (sent time.Duration, visitor int, ok bool) {
	at := bytes.Index(frame, []byte(mark))
	if at < 0 || len(frame) < at+len(mark)+digits+places {
		return 0, 0, false
	}
	rest := frame[at+len(mark):]
	nanos, err1 := strconv.ParseInt(string(rest[:digits]), 10, 64)
	who, err2 := strconv.Atoi(string(rest[digits : digits+places]))
	return time.Duration(nanos), who, err1 == nil && err2 == nil && nanos >= 0 && who >= 0
}

// reply notes what a visitor's socket got, as far as it is a refusal.
func (m *meter) reply(frame []byte) {
	if bytes.HasPrefix(frame, []byte(`{"t":"error"`)) {
		m.mu.Lock()
		m.refused++
		m.mu.Unlock()
	}
}

func (m *meter) reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.took, m.refused = nil, 0
}

func (m *meter) arrived() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.took)
}

// lateAfter is when a message that has not arrived counts as lost.
const lateAfter = 10 * time.Second

// wait returns once so many messages arrived, or no more are to be expected.
func (m *meter) wait(ctx context.Context, n int) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	until := time.Now().Add(lateAfter)
	for m.arrived() < n && time.Now().Before(until) {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

// figures sums up what arrived of so many messages.
func (m *meter) figures(sent int) TalkFigures {
	m.mu.Lock()
	defer m.mu.Unlock()
	slices.Sort(m.took)
	return TalkFigures{
		P50: quantile(m.took, .5), P99: quantile(m.took, .99), P999: quantile(m.took, .999),
		Lost: sent - len(m.took), Refused: m.refused,
	}
}

// quantile is the nearest rank in milliseconds: a time that really occurred.
func quantile(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := max(int(math.Ceil(q*float64(len(sorted)))), 1)
	return float64(sorted[rank-1].Microseconds()) / 1000
}

// median is the middle one, or the lower of the two in the middle.
func median[T cmp.Ordered](all []T) T {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[(len(sorted)-1)/2]
}

func medianOf[R any, T cmp.Ordered](runs []R, field func(R) T) T {
	values := make([]T, len(runs))
	for i, r := range runs {
		values[i] = field(r)
	}
	return median(values)
}
