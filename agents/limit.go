package agents

import (
	"net/netip"
	"sync"
	"time"
)

// limiter allows burst attempts at once for a key and one more every interval after that. For each
// key it stores a single instant, the moment at which the key has all its attempts back; a key past
// that moment needs no entry at all.
type limiter struct {
	burst int
	every time.Duration

	mu    sync.Mutex
	full  map[string]time.Time
	swept time.Time
}

func newLimiter(burst int, every time.Duration) *limiter {
	return &limiter{burst: burst, every: every, full: map[string]time.Time{}}
}

// take uses one attempt, or returns how long to wait for the next one.
func (l *limiter) take(key string, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweepLocked(now)
	full := l.full[key]
	if full.Before(now) {
		full = now
	}
	spare := time.Duration(l.burst-1) * l.every
	if wait := full.Sub(now) - spare; wait > 0 {
		return wait
	}
	l.full[key] = full.Add(l.every)
	return 0
}

// give returns one attempt: only failures are meant to count.
func (l *limiter) give(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if full, ok := l.full[key]; ok {
		l.full[key] = full.Add(-l.every)
	}
}

// sweepLocked forgets keys that have all their attempts back, at most once per interval.
func (l *limiter) sweepLocked(now time.Time) {
	if now.Sub(l.swept) < l.every {
		return
	}
	l.swept = now
	for key, full := range l.full {
		if !full.After(now) {
			delete(l.full, key)
		}
	}
}

// limitKey is the part of an address that one customer of a provider cannot change at will: IPv6
// users own a whole /64.
func limitKey(address string) string {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	addr = addr.Unmap().WithZone("")
	if !addr.Is6() {
		return addr.String()
	}
	prefix, err := addr.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
