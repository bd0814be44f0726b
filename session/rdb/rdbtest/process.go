package rdbtest

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// upWithin is how long servers may take to be ready, on a machine that is busy with other tests.
const upWithin = 60 * time.Second

// watchdog runs a server until its own stdin closes: when stop says so, or when the test binary is
// gone, however it died. So no server outlives its tests, and none needs a TestMain.
const watchdog = `dir=$1; shift; "$@" >/dev/null 2>&1 & echo $!
cat >/dev/null; kill -9 $! 2>/dev/null; wait; rm -rf "$dir"`

// process is one redis-server.
type process struct {
	addr string
	dir  string
	pid  int
	tls  *tls.Config

	watchdog *exec.Cmd
	alive    io.Closer
}

// workdir is a folder of a server's own, which its watchdog removes.
func workdir() (string, error) { return os.MkdirTemp("", "yijian-redis-") }

// launch starts a redis-server that was told in args to serve on a port of loopback.
func launch(dir string, port int, args ...string) (*process, error) {
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, err
	}
	args = append(args, "--dir", dir, "--logfile", filepath.Join(dir, "log"))
	p := &process{
		addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), dir: dir,
		watchdog: exec.Command("sh", append([]string{"-c", watchdog, "sh", dir, bin}, args...)...),
	}
	if p.alive, err = p.watchdog.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.watchdog.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.watchdog.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, err
	}
	p.pid, err = strconv.Atoi(strings.TrimSpace(line))
	return p, err
}

// run starts a server of no importance to the disk and stops it when the test ends.
func run(t *testing.T, port int, ca *authority, args ...string) *process {
	t.Helper()
	need(t)
	p, err := start(port, ca, args...)
	if err != nil {
		t.Fatalf("starting redis-server: %v", err)
	}
	t.Cleanup(p.stop)
	if err := p.await(func(c *redis.Client) error { return c.Ping(context.Background()).Err() }); err != nil {
		t.Fatal(err)
	}
	return p
}

// start starts a server with a port, or a TLS port if an authority is given.
func start(port int, ca *authority, args ...string) (*process, error) {
	dir, err := workdir()
	if err != nil {
		return nil, err
	}
	return startIn(dir, port, ca, args...)
}

func startIn(dir string, port int, ca *authority, args ...string) (*process, error) {
	settings := []string{"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", strconv.Itoa(port)}
	if ca != nil {
		settings[len(settings)-1] = "0"
		settings = append(settings, ca.settings(port)...)
	}
	p, err := launch(dir, port, append(settings, args...)...)
	if err != nil {
		return nil, err
	}
	if ca != nil {
		p.tls = ca.client()
	}
	return p, nil
}

// need skips the test where there is no redis-server.
func need(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed; run make test, or apt-get install redis-server")
	}
}

// signal sends a signal to the server.
func (p *process) signal(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(p.pid, s); err != nil {
		t.Fatalf("signal to redis-server %d: %v", p.pid, err)
	}
}

// stop ends the server and waits until it is gone.
func (p *process) stop() {
	_ = p.alive.Close()
	_ = p.watchdog.Wait()
}

// await waits until ready returns nil for a client of this server alone.
func (p *process) await(ready func(c *redis.Client) error) error {
	c := redis.NewClient(&redis.Options{Addr: p.addr, TLSConfig: p.tls, MaxRetries: -1, DialerRetries: 1})
	defer func() { _ = c.Close() }()
	var err error
	for deadline := time.Now().Add(upWithin); time.Now().Before(deadline); <-time.After(20 * time.Millisecond) {
		if err = ready(c); err == nil || redis.HasErrorPrefix(err, "NOAUTH") {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(p.dir, "log"))
	return fmt.Errorf("redis-server at %s did not come up: %w\n%s", p.addr, err, log)
}

// ports remembers what freePort gave out, because a port is free again until its server binds it.
var ports sync.Map

func freePort(t *testing.T) int {
	t.Helper()
	port, err := findPort()
	if err != nil {
		t.Fatalf("finding a free port: %v", err)
	}
	return port
}

func findPort() (int, error) {
	for {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return 0, err
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if _, taken := ports.LoadOrStore(port, true); !taken {
			return port, nil
		}
	}
}
