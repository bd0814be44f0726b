package rdbtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
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
	URL    string
	master *process
}

// StartSentinel runs them until the test ends.
func StartSentinel(t *testing.T) *SentinelServers {
	t.Helper()
	port := freePort(t)
	s := &SentinelServers{master: run(t, port, nil, "--repl-diskless-sync-delay", "0")}
	replica := run(t, freePort(t), nil, "--replicaof", "127.0.0.1", strconv.Itoa(port))
	awaitOrFail(t, replica, func(c *redis.Client) error {
		return holds(c.Info(context.Background(), "replication"), "master_link_status:up")
	})
	watchers := make([]*process, sentinels)
	addrs := make([]string, sentinels)
	for i := range watchers {
		watchers[i] = startSentinel(t, port)
		addrs[i] = watchers[i].addr
	}
	for _, w := range watchers {
		awaitOrFail(t, w, func(c *redis.Client) error {
			return holds(c.Info(context.Background(), "sentinel"), fmt.Sprintf("slaves=1,sentinels=%d", sentinels))
		})
	}
	s.URL = "redis-sentinel://yijian@" + strings.Join(addrs, ",") + "/0"
	return s
}

// KillMaster kills the first master with kill -9.
func (s *SentinelServers) KillMaster(t *testing.T) {
	t.Helper()
	s.master.signal(t, syscall.SIGKILL)
}

func startSentinel(t *testing.T, master int) *process {
	t.Helper()
	need(t)
	port := freePort(t)
	dir, err := workdir()
	if err != nil {
		t.Fatal(err)
	}
	conf := fmt.Sprintf("port %d\nbind 127.0.0.1\nsentinel monitor yijian 127.0.0.1 %d 2\n"+
		"sentinel down-after-milliseconds yijian 1000\nsentinel failover-timeout yijian 6000\n", port, master)
	file := filepath.Join(dir, "sentinel.conf")
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := launch(dir, port, file, "--sentinel")
	if err != nil {
		t.Fatalf("starting a sentinel: %v", err)
	}
	t.Cleanup(p.stop)
	return p
}

func awaitOrFail(t *testing.T, p *process, ready func(c *redis.Client) error) {
	t.Helper()
	if err := p.await(ready); err != nil {
		t.Fatal(err)
	}
}

// holds reports an answer that does not hold what it should.
func holds(answer *redis.StringCmd, want string) error {
	text, err := answer.Result()
	if err == nil && !strings.Contains(text, want) {
		err = fmt.Errorf("no %s in:\n%s", want, text)
	}
	return err
}
