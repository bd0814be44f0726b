package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Child is a process that a bench started.
type Child struct {
	cmd  *exec.Cmd
	Addr string
}

// Command is how to start a child: a program that listens on an address.
type Command struct {
	Path string
	// Args make the arguments, given the address.
	Args func(host, port string) []string
	// Dir is where it runs; Errors is where its complaints go.
	Dir    string
	Errors io.Writer
	// Ready asks whether it can be used.
	Ready func(ctx context.Context, addr string) error
}

const (
	readyWithin = 30 * time.Second
	stopWithin  = 15 * time.Second
)

// Start runs a child on a free port of this machine and returns when it is ready. The child is asked
// to stop when ctx ends, and killed if it does not.
func Start(ctx context.Context, c Command) (*Child, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("finding a free port: %w", err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, fmt.Errorf("finding a free port: %w", err)
	}
	host, port, _ := strings.Cut(addr, ":")
	cmd := exec.CommandContext(ctx, c.Path, c.Args(host, port)...) //nolint:gosec // ourselves, or the redis-server of this machine
	cmd.Dir, cmd.Stderr = c.Dir, c.Errors
	cmd.Env = withoutSettings(os.Environ())
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopWithin
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", c.Path, err)
	}
	child := &Child{cmd: cmd, Addr: addr}
	if err := child.ready(ctx, c.Ready); err != nil {
		return nil, errors.Join(fmt.Errorf("%s %s did not get ready: %w", c.Path, cmd.Args[1], err), child.Stop())
	}
	return child, nil
}

// withoutSettings keeps the settings of the person's own server out of those that are measured.
func withoutSettings(env []string) []string {
	var out []string
	for _, one := range env {
		if !strings.HasPrefix(one, "YJ_") {
			out = append(out, one)
		}
	}
	return out
}

func (c *Child) ready(ctx context.Context, ask func(context.Context, string) error) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ask(ctx, c.Addr)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}

// Server is the child as something to measure.
func (c *Child) Server() Server { return Server{URL: "http://" + c.Addr, PID: c.cmd.Process.Pid} }

// Signal does to the child what nobody asks it about: SIGSTOP, SIGKILL.
func (c *Child) Signal(s syscall.Signal) error {
	if err := c.cmd.Process.Signal(s); err != nil {
		return fmt.Errorf("sending %s to a server: %w", s, err)
	}
	return nil
}

// Stop asks the child to end and waits for it, however it ends.
func (c *Child) Stop() error {
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stopping a server: %w", err)
	}
	late := time.AfterFunc(stopWithin, func() { _ = c.cmd.Process.Kill() })
	defer late.Stop()
	_ = c.cmd.Wait() // its exit code says nothing about what was measured
	return nil
}

// AnswersHTTP asks a server whether visitors may be sent to it.
func AnswersHTTP(ctx context.Context, addr string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("asking %s: %w", addr, err)
	}
	answer, err := (&http.Client{Timeout: 2 * time.Second}).Do(req)
	if err != nil {
		return fmt.Errorf("asking %s: %w", addr, err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("asking %s: it answered %s", addr, answer.Status)
	}
	return nil
}

// AnswersTCP asks whether something listens.
func AnswersTCP(ctx context.Context, addr string) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("asking %s: %w", addr, err)
	}
	return conn.Close()
}

// MayOpen raises the limit of open files to what n sockets need, here and in the children.
func MayOpen(n int) error {
	need := uint64(n) + 512
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return fmt.Errorf("reading the limit of open files: %w", err)
	}
	if uint64(limit.Cur) >= need {
		return nil
	}
	limit.Max = max(limit.Max, need)
	limit.Cur = need
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return fmt.Errorf("%d connections need as many open files: %w; raise ulimit -n, or take fewer with --conns", n, err)
	}
	return nil
}
