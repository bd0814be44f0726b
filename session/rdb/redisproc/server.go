package redisproc

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// upWithin is how long servers may take to be ready, on a machine that is busy with other things.
const upWithin = 60 * time.Second

// ErrNotInstalled says that there is no redis-server to start.
var ErrNotInstalled = errors.New("redis-server is not installed; run make test, or apt-get install redis-server")

// Options say how to start a server.
type Options struct {
	// Dir is the server's own folder; Stop removes it. Dir makes one.
	Dir string
	// Port on loopback; see Port.
	Port int
	// Args are its settings, as on its command line, after those that every server gets: its folder,
	// its log, and no life on the disk.
	Args []string
	// TLS is how to talk to a server that was told to speak TLS.
	TLS *tls.Config
	// Bare leaves out the settings that every server gets: a Sentinel has a file of its own.
	Bare bool
}

// Server is one redis-server.
type Server struct {
	// Addr is host:port.
	Addr string

	opts  Options
	mu    sync.Mutex
	child *Child
}

// Installed reports ErrNotInstalled where there is no redis-server.
func Installed() error {
	if _, err := exec.LookPath("redis-server"); err != nil {
		return ErrNotInstalled
	}
	return nil
}

// Dir makes a folder for a server.
func Dir() (string, error) { return os.MkdirTemp("", "yijian-redis-") }

// Start starts a server. Await says when it answers.
func Start(o Options) (*Server, error) {
	s := &Server{Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port)), opts: o}
	return s, s.Restart()
}

// Restart starts a server again, dead or alive, in its folder and on its port.
func (s *Server) Restart() error {
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		return ErrNotInstalled
	}
	args := s.opts.Args
	if !s.opts.Bare {
		args = append([]string{
			"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", strconv.Itoa(s.opts.Port),
		}, args...)
	}
	args = slices.Concat([]string{bin}, args, []string{"--dir", s.opts.Dir, "--logfile", filepath.Join(s.opts.Dir, "log")})
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.child != nil {
		s.child.Stop()
		s.child = nil
	}
	if s.child, err = StartChild(os.DevNull, args...); err != nil {
		return fmt.Errorf("starting redis-server: %w", err)
	}
	return nil
}

// Signal sends the server a signal; see Child.Signal.
func (s *Server) Signal(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.child.Signal(name); err != nil {
		return fmt.Errorf("signal to the redis-server at %s: %w", s.Addr, err)
	}
	return nil
}

// Kill ends the server with kill -9.
func (s *Server) Kill() error { return s.Signal("KILL") }

// Pause stops the server in its tracks until Continue.
func (s *Server) Pause() error { return s.Signal("STOP") }

// Continue lets a paused server go on.
func (s *Server) Continue() error { return s.Signal("CONT") }

// Stop ends the server, waits until it is gone, and removes its folder.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.child != nil {
		s.child.Stop()
	}
	_ = os.RemoveAll(s.opts.Dir)
}

// Client opens a client of this server alone, which tries everything once.
func (s *Server) Client() *redis.Client {
	return redis.NewClient(&redis.Options{
		Addr: s.Addr, TLSConfig: s.opts.TLS, MaxRetries: -1, DialerRetries: 1, DisableIdentity: true,
		DialTimeout: 2 * time.Second, ReadTimeout: 2 * time.Second,
	})
}

// Await waits until ready returns nil for a client of this server alone, or the server says that it
// wants a password first.
func (s *Server) Await(ctx context.Context, ready func(ctx context.Context, c *redis.Client) error) error {
	c := s.Client()
	defer func() { _ = c.Close() }()
	var err error
	for deadline := time.Now().Add(upWithin); time.Now().Before(deadline) && ctx.Err() == nil; <-time.After(20 * time.Millisecond) {
		if err = s.listens(ctx); err != nil {
			continue // not the client's business yet: it would write a line about every try
		}
		if err = ready(ctx, c); err == nil || redis.HasErrorPrefix(err, "NOAUTH") {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.opts.Dir, "log"))
	return fmt.Errorf("redis-server at %s did not come up: %w\n%s", s.Addr, err, log)
}

func (s *Server) listens(ctx context.Context) error {
	conn, err := (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "tcp", s.Addr)
	if err != nil {
		return err
	}
	return conn.Close()
}

// ports remembers what Port gave out, because a port is free again until its server binds it.
var ports sync.Map

// Port finds a free port of loopback that was not given out before.
func Port() (int, error) {
	for {
		l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			return 0, fmt.Errorf("finding a free port: %w", err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if _, taken := ports.LoadOrStore(port, true); !taken {
			return port, nil
		}
	}
}
