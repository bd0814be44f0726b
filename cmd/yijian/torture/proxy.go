package torture

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// proxy is the network between two processes: it carries bytes, and can be cut, slow, or silent.
type proxy struct {
	listener net.Listener
	to       string
	dialer   net.Dialer

	delay atomic.Int64 // ns that every chunk waits

	mu     sync.Mutex
	lines  map[*line]bool
	closed bool
	// silence is closed when the network speaks again; nil while it does.
	silence chan struct{}
}

// line is one connection through a proxy.
type line struct {
	near, far net.Conn
	// cut is closed when the line is.
	cut  chan struct{}
	once sync.Once
}

func (l *line) end() {
	l.once.Do(func() {
		close(l.cut)
		_ = l.near.Close()
		_ = l.far.Close()
	})
}

// newProxy listens on a free port of loopback and carries what comes to an address.
func newProxy(ctx context.Context, to string) (*proxy, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting a proxy: %w", err)
	}
	return &proxy{listener: l, to: to, dialer: net.Dialer{Timeout: time.Second}, lines: map[*line]bool{}}, nil
}

// addr is where to connect to.
func (p *proxy) addr() string { return p.listener.Addr().String() }

// run carries until close.
func (p *proxy) run() error {
	var running sync.WaitGroup
	defer running.Wait()
	for {
		near, err := p.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("carrying connections to %s: %w", p.to, err)
		}
		running.Go(func() { p.carry(near) })
	}
}

func (p *proxy) carry(near net.Conn) {
	far, err := p.dialer.Dial("tcp", p.to)
	if err != nil {
		_ = near.Close() // the process behind is dead, which is what this looks like
		return
	}
	l := &line{near: near, far: far, cut: make(chan struct{})}
	p.mu.Lock()
	closed := p.closed
	p.lines[l] = true
	p.mu.Unlock()
	if closed {
		l.end()
	}
	var both sync.WaitGroup
	both.Go(func() { p.pump(l, near, far) })
	both.Go(func() { p.pump(l, far, near) })
	both.Wait()
	p.mu.Lock()
	delete(p.lines, l)
	p.mu.Unlock()
}

// pump carries one direction until either end is gone; then the line is.
func (p *proxy) pump(l *line, from, to net.Conn) {
	defer l.end()
	buf := make([]byte, 4096)
	for {
		n, err := from.Read(buf)
		if err != nil || !p.wait(l) {
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

// wait holds a chunk up for as long as the network is slow or silent. It reports false if the line was
// cut meanwhile.
func (p *proxy) wait(l *line) bool {
	if d := p.delay.Load(); d > 0 {
		timer := time.NewTimer(time.Duration(d))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-l.cut:
			return false
		}
	}
	p.mu.Lock()
	silence := p.silence
	p.mu.Unlock()
	if silence == nil {
		return true
	}
	select {
	case <-silence:
		return true
	case <-l.cut:
		return false
	}
}

// cut ends a share of all connections.
func (p *proxy) cut(share float64, dice *rand.Rand) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for l := range p.lines {
		if dice.Float64() < share {
			l.end()
		}
	}
}

// slow makes every chunk wait.
func (p *proxy) slow(d time.Duration) { p.delay.Store(int64(d)) }

// mute holds everything back until speak, and ends no connection.
func (p *proxy) mute() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silence == nil {
		p.silence = make(chan struct{})
	}
}

// speak lets go of what mute held back.
func (p *proxy) speak() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.silence != nil {
		close(p.silence)
		p.silence = nil
	}
}

// close ends the proxy and all its connections.
func (p *proxy) close() {
	_ = p.listener.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for l := range p.lines {
		l.end()
	}
}
