// Package rdbtest gives tests the Redis servers that Yijian runs on, so that one suite runs on all
// of them. The real ones are Debian's redis-server, started on free loopback ports.
package rdbtest

import (
	"context"
	"strconv"
	"syscall"
	"testing"

	"yijian/session/rdb"
	"yijian/session/rdb/redisproc"
)

// Backends are the kinds of Redis every store suite runs on, each opened empty. A short test leaves
// out the two that are slower to start.
func Backends() map[string]func(t *testing.T) *rdb.DB {
	all := Servers()
	if !testing.Short() {
		all["cluster"], all["tls"] = Cluster, TLS
	}
	return all
}

// Servers are the two kinds of Redis that start at once, for what stands above the stores: that a
// script fits a Cluster is the business of the package that owns it, and a test that shares the one
// cluster waits for every other that does.
func Servers() map[string]func(t *testing.T) *rdb.DB {
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

// Start runs a redis-server on a free loopback port until the test ends and returns its URL. More
// arguments are its settings, as on its command line.
func Start(t *testing.T, args ...string) string {
	t.Helper()
	return StartServer(t, args...).URL
}

// Server is one redis-server that a test may stop, continue or kill.
type Server struct {
	// URL is what rdb.Open takes.
	URL string
	*redisproc.Server
}

// StartServer is Start for a test that wants more than the URL.
func StartServer(t *testing.T, args ...string) *Server {
	t.Helper()
	s := run(t, freePort(t), nil, args...)
	return &Server{"redis://" + s.Addr, s}
}

// Signal sends the server a signal; whatever it is, the server is gone when the test ends.
func (s *Server) Signal(t *testing.T, sig syscall.Signal) {
	t.Helper()
	if err := s.Server.Signal(strconv.Itoa(int(sig))); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, url string) *rdb.DB {
	t.Helper()
	db, err := rdb.Open(context.Background(), url)
	if err != nil {
		t.Fatalf("opening redis: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}
