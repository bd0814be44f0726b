package pgtest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// server is one running postgres whose data and socket live in dir.
type server struct {
	dir  string
	proc *exec.Cmd
}

// binaries returns the folder of postgres and initdb, the newest version first, or "".
func binaries() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // fails on a bad pattern only
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1])
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(path)
	}
	return ""
}

func start() (*server, error) {
	dir, err := os.MkdirTemp("", "yj-pg-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	if err := s.run(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	started.Store(s)
	return s, nil
}

// run makes the data and starts the server on it.
func (s *server) run() error {
	as, err := s.init()
	if err != nil {
		return err
	}
	// Tests that share a server never see it die: without waiting for its log the suite is several times faster.
	return s.launch(as, "synchronous_commit=off")
}

// init makes the data, and returns whom the server runs as.
func (s *server) init() (as *syscall.Credential, err error) {
	if as, err = unprivileged(); err != nil {
		return nil, err
	}
	if as != nil {
		if err := os.Chown(s.dir, int(as.Uid), int(as.Gid)); err != nil {
			return nil, err
		}
	}
	initdb := s.command(as, "initdb", "--no-sync", "--auth=trust", "--username=postgres",
		"--encoding=UTF8", "--locale=C", "--pgdata", s.data())
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return as, s.lock(filepath.Join(s.data(), "pg_hba.conf"))
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

// launch starts the server on its data. A test database need not survive a power cut, so it never syncs.
func (s *server) launch(as *syscall.Credential, settings ...string) error {
	args := []string{"-D", s.data(), "-k", s.dir}
	for _, set := range append(settings, "listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=200") {
		args = append(args, "-c", set)
	}
	s.proc = s.command(as, "postgres", args...)
	return launch(s.proc)
}

// lock has the role named locked show a password, while all others are trusted.
func (s *server) lock(rules string) error {
	trusted, err := os.ReadFile(rules)
	if err != nil {
		return err
	}
	return os.WriteFile(rules, append([]byte("local all locked scram-sha-256\n"), trusted...), 0o600)
}

// unprivileged names the user to run as: postgres refuses root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil // no credential means: as we are
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		account, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("find a user for postgres, which refuses to run as root: %w", err)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

func (s *server) command(as *syscall.Credential, name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(binaries(), name), args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH")}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	dieWithParent(cmd.SysProcAttr)
	return cmd
}

// launch starts postgres and returns once it accepts connections.
func launch(cmd *exec.Cmd) error {
	logs, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	ready := make(chan error, 1)
	go func() {
		// The kernel ties "die with the parent" to the thread that forked, so that thread stays.
		runtime.LockOSThread()
		if err := cmd.Start(); err != nil {
			ready <- err
			return
		}
		follow(bufio.NewScanner(logs), ready)
	}()
	return <-ready
}

// follow reads the log to its end, so that the server never blocks on a full pipe.
func follow(lines *bufio.Scanner, ready chan<- error) {
	var seen []string
	for lines.Scan() {
		if ready == nil {
			continue
		}
		seen = append(seen, lines.Text())
		if strings.Contains(lines.Text(), "ready to accept connections") {
			ready <- nil
			ready = nil
		}
	}
	if ready != nil {
		ready <- fmt.Errorf("postgres ended before it was ready:\n%s", strings.Join(seen, "\n"))
	}
}

// stop ends the server at once; its data is thrown away anyway.
func (s *server) stop() {
	_ = s.proc.Process.Signal(syscall.SIGQUIT)
	_ = s.proc.Wait()
	_ = os.RemoveAll(s.dir)
}
