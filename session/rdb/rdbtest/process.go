package rdbtest

import (
	"context"
	"testing"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb/redisproc"
)

// run starts a server, with TLS if an authority is given, and stops it when the test ends.
func run(t *testing.T, port int, ca *authority, args ...string) *redisproc.Server {
	t.Helper()
	o := redisproc.Options{Dir: workdir(t), Port: port, Args: args}
	if ca != nil {
		o.TLS, o.Args = ca.client(), append(append(ca.settings(port), "--port", "0"), args...)
	}
	s := launch(t, o)
	awaitOrFail(t, s, func(ctx context.Context, c *redis.Client) error { return c.Ping(ctx).Err() })
	return s
}

func launch(t *testing.T, o redisproc.Options) *redisproc.Server {
	t.Helper()
	need(t)
	s, err := redisproc.Start(o)
	t.Cleanup(s.Stop)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func workdir(t *testing.T) string {
	t.Helper()
	dir, err := redisproc.Dir()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func freePort(t *testing.T) int {
	t.Helper()
	port, err := redisproc.Port()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func awaitOrFail(t *testing.T, s *redisproc.Server, ready func(ctx context.Context, c *redis.Client) error) {
	t.Helper()
	if err := s.Await(t.Context(), ready); err != nil {
		t.Fatal(err)
	}
}

// need skips the test where there is no redis-server.
func need(t *testing.T) {
	t.Helper()
	if err := redisproc.Installed(); err != nil {
		t.Skip(err)
	}
}
