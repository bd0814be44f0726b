// Package rdbtest gives tests the Redis servers that Yijian runs on, so that one suite runs on all
// of them.
package rdbtest

import (
	"context"
	"net"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"yijian/session/rdb"
)

// Backends are the kinds of Redis every store suite runs on, each opened fresh and empty.
func Backends() map[string]func(t *testing.T) *rdb.DB {
	return map[string]func(t *testing.T) *rdb.DB{"in-process": Memory, "redis-server": Real}
}

// Memory opens an empty in-process Redis.
func Memory(t *testing.T) *rdb.DB {
	t.Helper()
	return open(t, rdb.Memory)
}

// Real opens an empty real redis-server of its own. The test is skipped where Debian's redis-server
// is not installed; `make test` installs it.
func Real(t *testing.T) *rdb.DB {
	t.Helper()
	return open(t, Start(t))
}

// Start runs a redis-server on a free loopback port until the test ends and returns its URL.
func Start(t *testing.T, args ...string) string {
	t.Helper()
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		t.Skip("redis-server is not installed; run make test, or apt-get install redis-server")
	}
	port := freePort(t)
	args = append([]string{
		"--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
		"--dir", t.TempDir(),
	}, args...)
	cmd := exec.Command(bin, args...)
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting redis-server: %v", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	addr := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	waitFor(t, addr)
	return "redis://" + addr
}

func open(t *testing.T, url string) *rdb.DB {
	t.Helper()
	db, err := rdb.Open(context.Background(), url)
	if err != nil {
		t.Fatalf("opening %s: %v", url, err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// ports remembers what freePort gave out, because a port is free again until its server binds it.
var ports sync.Map

func freePort(t *testing.T) int {
	t.Helper()
	for {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatalf("finding a free port: %v", err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if _, taken := ports.LoadOrStore(port, true); !taken {
			return port
		}
	}
}

func waitFor(t *testing.T, addr string) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for time.Now().Before(deadline) {
		c, err := net.DialTimeout("tcp", addr, 100*time.Millisecond)
		if err == nil {
			_ = c.Close()
			return
		}
		<-time.After(10 * time.Millisecond)
	}
	t.Fatalf("redis-server at %s did not come up", addr)
}
