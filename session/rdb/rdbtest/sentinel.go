package rdbtest

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
	"yijian/session/rdb/redisproc"
)

const sentinels = 3

// Sentinel opens an empty master with one replica, watched by three sentinels.
func Sentinel(t *testing.T) *rdb.DB {
	t.Helper()
	return open(t, StartSentinel(t).URL)
}

// SentinelServers are a master, its replica and the sentinels that watch them.
type SentinelServers struct {
	// URL is what rdb.Open takes.
	URL     string
	master  *redisproc.Server
	replica *redisproc.Server
}

// StartSentinel runs them until the test ends.
func StartSentinel(t *testing.T) *SentinelServers {
	t.Helper()
	port := freePort(t)
	master, replica := startReplicated(t, port)
	s := &SentinelServers{master: master, replica: replica}
	watchers := make([]*redisproc.Server, sentinels)
	addrs := make([]string, sentinels)
	for i := range watchers {
		watchers[i] = startSentinel(t, port)
		addrs[i] = watchers[i].Addr
	}
	for _, w := range watchers {
		awaitOrFail(t, w, func(ctx context.Context, c *redis.Client) error {
			return holds(c.Info(ctx, "sentinel"), fmt.Sprintf("slaves=1,sentinels=%d", sentinels))
		})
	}
	s.URL = "redis-sentinel://yijian@" + strings.Join(addrs, ",") + "/0"
	return s
}

// KillMaster kills the first master with kill -9.
func (s *SentinelServers) KillMaster(t *testing.T) {
	t.Helper()
	if err := s.master.Kill(); err != nil {
		t.Fatal(err)
	}
}

// CutReplication brings the replica to where the master is and lets nothing through from then on. A
// replica that only hangs would still find in its socket what the master sent before it died.
func (s *SentinelServers) CutReplication(t *testing.T) {
	t.Helper()
	c := s.master.Client()
	defer func() { _ = c.Close() }()
	conn := c.Conn()
	defer func() { _ = conn.Close() }()
	ctx := t.Context()
	if err := conn.Set(ctx, "yj:cut", 1, 0).Err(); err != nil {
		t.Fatal(err)
	}
	if n, err := conn.Do(ctx, "WAIT", 1, 1900).Int(); err != nil || n < 1 {
		t.Fatalf("%d replicas are where the master is, %v", n, err)
	}
	if err := s.replica.Pause(); err != nil {
		t.Fatal(err)
	}
	if err := c.Do(ctx, "CLIENT", "KILL", "TYPE", "replica").Err(); err != nil {
		t.Fatal(err)
	}
}

// Promote kills the master with kill -9 and lets the replica go on, which the sentinels promote.
func (s *SentinelServers) Promote(t *testing.T) {
	t.Helper()
	s.KillMaster(t)
	if err := s.replica.Continue(); err != nil {
		t.Fatal(err)
	}
}

// AddReplica gives the promoted replica one of its own.
func (s *SentinelServers) AddReplica(t *testing.T) {
	t.Helper()
	host, port, err := net.SplitHostPort(s.replica.Addr)
	if err != nil {
		t.Fatal(err)
	}
	run(t, freePort(t), nil, "--replicaof", host, port)
}

// StartReplicated runs a master and its replica until the test ends.
func StartReplicated(t *testing.T) (master, replica *Server) {
	t.Helper()
	m, r := startReplicated(t, freePort(t))
	return &Server{"redis://" + m.Addr, m}, &Server{"redis://" + r.Addr, r}
}

func startReplicated(t *testing.T, port int) (master, replica *redisproc.Server) {
	t.Helper()
	master = run(t, port, nil, "--repl-diskless-sync-delay", "0")
	replica = run(t, freePort(t), nil, "--replicaof", "127.0.0.1", strconv.Itoa(port))
	awaitOrFail(t, replica, func(ctx context.Context, c *redis.Client) error {
		return holds(c.Info(ctx, "replication"), "master_link_status:up")
	})
	awaitOrFail(t, master, func(ctx context.Context, c *redis.Client) error {
		return holds(c.Info(ctx, "replication"), "state=online")
	})
	return master, replica
}

func startSentinel(t *testing.T, master int) *redisproc.Server {
	t.Helper()
	port, dir := freePort(t), workdir(t)
	conf := fmt.Sprintf("port %d\nbind 127.0.0.1\nsentinel monitor yijian 127.0.0.1 %d 2\n"+
		"sentinel down-after-milliseconds yijian 1000\nsentinel failover-timeout yijian 6000\n", port, master)
	file := filepath.Join(dir, "sentinel.conf")
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	return launch(t, redisproc.Options{Dir: dir, Port: port, Args: []string{file, "--sentinel"}, Bare: true})
}

// holds reports an answer that does not hold what it should.
func holds(answer *redis.StringCmd, want string) error {
	text, err := answer.Result()
	if err == nil && !strings.Contains(text, want) {
		err = fmt.Errorf("no %s in:\n%s", want, text)
	}
	return err
}
