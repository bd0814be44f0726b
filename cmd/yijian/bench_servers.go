package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"

	"yijian/agents"
	"yijian/cmd/yijian/bench"
	"yijian/session/record"
)

// measure starts a Redis, the reference and a server, each a process of its own, and stops them
// afterwards. The server has as many agents as asked for.
func (f benchFlags) measure(e *env, seats int, do func(context.Context, bench.Pair, []string) error) error {
	return f.starting(e, func(ctx context.Context, s *starter) error {
		keys, err := agentKeys(e.ctx, s.db(), seats)
		if err != nil {
			return err
		}
		pair, err := s.pair(ctx, f.Profile)
		if err != nil {
			return err
		}
		return do(e.ctx, pair, keys)
	})
}

// storm starts a Redis and two nodes on it and stops them afterwards.
func (f benchFlags) storm(e *env, do func(ctx context.Context, redisURL string, nodes bench.Nodes) error) error {
	return f.starting(e, func(ctx context.Context, s *starter) error {
		dies, err := s.node(ctx, f.Profile)
		if err != nil {
			return err
		}
		stays, err := s.node(ctx, f.Profile)
		if err != nil {
			return err
		}
		nodes := bench.Nodes{
			Dies: dies.Server(), Stays: stays.Server(), Redis: s.redisPID,
			Pause: func() error { return dies.Signal(syscall.SIGSTOP) },
			Kill:  func() error { return dies.Signal(syscall.SIGKILL) },
		}
		nodes.Stays.Profile = f.Profile
		return do(e.ctx, s.redis, nodes)
	})
}

// starting does something with a starter that has a Redis, and ends what it started.
func (f benchFlags) starting(e *env, do func(context.Context, *starter) error) (err error) {
	folder, err := os.MkdirTemp("", "yijian-bench-")
	if err != nil {
		return fmt.Errorf("making a folder for the record: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	// The children end after the sockets to them, also after a Ctrl-C.
	ctx, stop := context.WithCancel(context.WithoutCancel(e.ctx))
	defer stop()
	s := &starter{e: e, folder: folder, redis: f.Redis}
	defer func() { err = errors.Join(err, s.stop()) }()
	if f.Redis == "" {
		if err := s.redisServer(ctx); err != nil {
			return err
		}
	}
	return do(ctx, s)
}

// starter starts the processes of a bench and remembers them.
type starter struct {
	e             *env
	folder, redis string
	redisPID      int // of one that was started
	children      []*bench.Child
}

// start starts a child that lives no longer than ctx.
func (s *starter) start(ctx context.Context, c bench.Command) (*bench.Child, error) {
	c.Dir, c.Errors = s.folder, s.e.stderr
	child, err := bench.Start(ctx, c)
	if err == nil {
		s.children = append(s.children, child)
	}
	return child, err
}

func (s *starter) stop() error {
	var errs []error
	for _, c := range slices.Backward(s.children) {
		errs = append(errs, c.Stop())
	}
	return errors.Join(errs...)
}

// redisServer starts a Redis as one is to be run: with the AOF that keeps what is acknowledged.
func (s *starter) redisServer(ctx context.Context) error {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return errors.New("there is no redis-server on this machine; install it, or name a Redis with --redis")
	}
	child, err := s.start(ctx, bench.Command{Path: path, Ready: bench.AnswersTCP, Args: func(host, port string) []string {
		return []string{
			"--port", port, "--bind", host, "--save", "", "--appendonly", "yes",
			"--appendfsync", "everysec", "--dir", s.folder, "--loglevel", "warning",
		}
	}})
	if err == nil {
		s.redis, s.redisPID = "redis://"+child.Addr, child.Server().PID
	}
	return err
}

// db is the record of the servers.
func (s *starter) db() string { return filepath.Join(s.folder, "bench.db") }

func (s *starter) pair(ctx context.Context, profile string) (bench.Pair, error) {
	self, err := os.Executable()
	if err != nil {
		return bench.Pair{}, fmt.Errorf("finding this program: %w", err)
	}
	reference, err := s.start(ctx, bench.Command{Path: self, Ready: bench.AnswersHTTP, Args: func(host, port string) []string {
		return []string{"bench", "reference", "--listen", net.JoinHostPort(host, port), "--redis", s.redis}
	}})
	if err != nil {
		return bench.Pair{}, err
	}
	yijian, err := s.node(ctx, profile)
	if err != nil {
		return bench.Pair{}, err
	}
	pair := bench.Pair{Reference: reference.Server(), Yijian: yijian.Server()}
	pair.Yijian.Profile = profile
	return pair, nil
}

// node starts a server as operators do.
func (s *starter) node(ctx context.Context, profile string) (*bench.Child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding this program: %w", err)
	}
	return s.start(ctx, bench.Command{Path: self, Ready: bench.AnswersHTTP, Args: func(host, port string) []string {
		args := []string{
			"serve", "--listen", net.JoinHostPort(host, port), "--redis", s.redis, "--db", s.db(),
			"--log-level", "warn", "--drain-timeout", "1s",
		}
		if profile != "" {
			args = append(args, "--pprof")
		}
		return args
	}})
}

// agentKeys makes the accounts of the agents in a new record and returns a key for each.
func agentKeys(ctx context.Context, path string, n int) (keys []string, err error) {
	db, err := record.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.PutSites(ctx, record.Site{ID: "demo", NameZH: "demo", NameEN: "demo", Langs: []string{"zh-CN"}}); err != nil {
		return nil, err
	}
	store := agents.New(db, agents.Options{})
	for i := range n {
		login := fmt.Sprintf("bench-%d", i+1)
		account, err := store.Create(ctx, agents.Draft{
			Login: login, Name: login, Role: agents.RoleAgent, Sites: []string{"demo"},
			Langs: []string{"zh-CN", "en"}, Capacity: bench.Capacity,
		})
		if err != nil {
			return nil, err
		}
		_, key, err := store.CreateKey(ctx, account.ID, "bench")
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}
