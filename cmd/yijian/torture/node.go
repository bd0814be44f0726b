package torture

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/session/rdb/redisproc"
)

// readyWithin is how long a server may take to be ready, on a machine that is being tortured.
const readyWithin = 60 * time.Second

// startWithin is how long a process may take until it listens.
const startWithin = 5 * time.Second

// node is one `yijian serve` process behind a proxy.
type node struct {
	name  string
	addr  string
	log   string
	args  []string
	proxy *proxy

	mu    sync.Mutex
	child *redisproc.Child
	// started is when the process was.
	started time.Time
	asks    http.Client
}

// newNode plans a server that is told args besides where to listen.
func newNode(ctx context.Context, number int, dir string, args []string) (*node, error) {
	port, err := redisproc.Port()
	if err != nil {
		return nil, err
	}
	n := &node{
		name: "node" + strconv.Itoa(number), addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		asks: http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
	}
	n.log = filepath.Join(dir, n.name+".log")
	n.args = append(slices.Clip(args), "--listen", n.addr)
	n.proxy, err = newProxy(ctx, n.addr)
	return n, err
}

// start starts the process.
func (n *node) start() error {
	child, err := redisproc.StartChild(n.log, n.args...)
	if err != nil {
		return fmt.Errorf("%s: %w", n.name, err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.child, n.started = child, time.Now()
	return nil
}

// kill ends the process at once.
func (n *node) kill() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.child != nil {
		n.child.Stop()
		n.child = nil
	}
}

// revive starts a process again that ended by itself, as a supervisor would, and reports whether it
// did. One that is paused still takes connections.
func (n *node) revive() bool {
	conn, err := n.proxy.dialer.Dial("tcp", n.addr)
	if err == nil {
		_ = conn.Close()
		return false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.child == nil || time.Since(n.started) < startWithin {
		return false
	}
	n.child.Stop()
	child, err := redisproc.StartChild(n.log, n.args...)
	n.child, n.started = child, time.Now()
	return err == nil
}

// signal reaches the process if there is one.
func (n *node) signal(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.child != nil {
		_ = n.child.Signal(name)
	}
}

// awaitReady waits until the server says that it is ready.
func (n *node) awaitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		err := n.ready(ctx)
		if err == nil {
			return nil
		}
		if client.Pause(ctx, 50*time.Millisecond) != nil {
			said, _ := os.ReadFile(n.log)
			return fmt.Errorf("%s did not come up: %w; it said:\n%s", n.name, err, said[max(0, len(said)-2000):])
		}
	}
}

func (n *node) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+n.addr+"/readyz", http.NoBody)
	if err != nil {
		return err
	}
	answer, err := n.asks.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("it answered %s", answer.Status)
	}
	return nil
}

// crashes are the lines with which a Go process says that it dies of a mistake of its own.
func (n *node) crashes() ([]string, error) {
	said, err := os.ReadFile(n.log)
	if err != nil {
		return nil, fmt.Errorf("reading what %s said: %w", n.name, err)
	}
	var found []string
	for line := range strings.Lines(string(said)) {
		for _, how := range []string{"panic: ", "fatal error: ", "WARNING: DATA RACE"} {
			if strings.HasPrefix(line, how) {
				found = append(found, n.name+": "+strings.TrimSpace(line))
			}
		}
	}
	return found, nil
}
