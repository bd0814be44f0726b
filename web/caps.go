package web

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Caps bound what one address, or all visitors of one site, may take of this process (S2). Zero means
// no cap. They exist so that one flood cannot bury everybody else; an open conversation never meets
// them, whatever it says.
type Caps struct {
	AddressSockets  int // open at once, polling ones included
	AddressHellos   int // a minute
	AddressSessions int // new ones a minute
	SiteSessions    int // new ones a minute
}

// maxAddresses bounds the memory of the caps. Addresses beyond it are counted as one, which only a
// flood of addresses ever meets.
const maxAddresses = 50_000

// caps counts. It is told the time, so that tests need not wait.
type caps struct {
	most Caps
	now  func() time.Time

	mu        sync.Mutex
	addresses map[string]*usage
	sites     map[string]*rate.Limiter
	swept     time.Time
}

// usage is what one address takes.
type usage struct {
	sockets          int
	hellos, sessions *rate.Limiter
	seen             time.Time
}

func newCaps(most Caps, now func() time.Time) *caps {
	return &caps{most: most, now: now, addresses: map[string]*usage{}, sites: map[string]*rate.Limiter{}}
}

// enter counts one more socket of an address and reports whether it may have it.
func (c *caps) enter(address string) bool {
	key, counted := network(address)
	if !counted || c.most.AddressSockets == 0 {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	u := c.usageLocked(key)
	if u.sockets >= c.most.AddressSockets {
		return false
	}
	u.sockets++
	return true
}

// leave takes back what enter counted.
func (c *caps) leave(address string) {
	key, counted := network(address)
	if !counted || c.most.AddressSockets == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if u := c.usageLocked(key); u.sockets > 0 {
		u.sockets--
	}
}

// hello returns how long an address has to wait before its next hello; 0 means it is counted.
func (c *caps) hello(address string) time.Duration {
	key, counted := network(address)
	if !counted {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return take(c.usageLocked(key).hellos, c.now())
}

// session returns how long to wait before a new session; 0 means it is counted.
func (c *caps) session(address, site string) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if key, counted := network(address); counted {
		if wait := take(c.usageLocked(key).sessions, now); wait > 0 {
			return wait
		}
	}
	if c.sites[site] == nil {
		c.sites[site] = perMinuteOf(c.most.SiteSessions) // sites are configured: they are few
	}
	return take(c.sites[site], now)
}

func (c *caps) usageLocked(key string) *usage {
	now := c.now()
	if u := c.addresses[key]; u != nil {
		u.seen = now
		return u
	}
	if now.Sub(c.swept) > time.Minute {
		c.sweepLocked(now)
	}
	if len(c.addresses) >= maxAddresses {
		key = "the crowd"
		if u := c.addresses[key]; u != nil {
			return u
		}
	}
	u := &usage{seen: now, hellos: perMinuteOf(c.most.AddressHellos), sessions: perMinuteOf(c.most.AddressSessions)}
	c.addresses[key] = u
	return u
}

// sweepLocked forgets addresses whose rates are full again and that have nothing open.
func (c *caps) sweepLocked(now time.Time) {
	c.swept = now
	for key, u := range c.addresses {
		if u.sockets == 0 && now.Sub(u.seen) > time.Minute {
			delete(c.addresses, key)
		}
	}
}

// perMinuteOf is a rate that a whole minute's worth may be taken of at once; 0 has no end.
func perMinuteOf(n int) *rate.Limiter {
	if n == 0 {
		return rate.NewLimiter(rate.Inf, 0)
	}
	return rate.NewLimiter(rate.Every(time.Minute/time.Duration(n)), n)
}

func take(l *rate.Limiter, now time.Time) time.Duration {
	r := l.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// network is what an address is counted under: an IPv6 network of 64 bits, for one household has as
// many addresses as it likes. Loopback is not counted: only this machine itself comes from there, or
// a proxy on it that nobody named as trusted, behind which everybody would share one cap.
func network(address string) (key string, counted bool) {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address, true
	}
	ip = ip.Unmap().WithZone("")
	switch {
	case ip.IsLoopback():
		return "", false
	case ip.Is6():
		prefix, _ := ip.Prefix(64) // 64 is always in range
		return prefix.String(), true
	}
	return ip.String(), true
}
