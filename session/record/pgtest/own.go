package pgtest

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is a PostgreSQL of one test alone, which may die and come back. What it had committed before
// is there again, as long as the machine itself lives.
type Server struct {
	*server
	as *syscall.Credential
	// URL is the address of an empty database.
	URL string
}

// Start starts a server that ends with the test. It skips the test where PostgreSQL is not installed.
func Start(t testing.TB) *Server {
	t.Helper()
	if binaries() == "" {
		t.Skip("PostgreSQL is not installed; on Debian run: apt-get install postgresql")
	}
	dir, err := os.MkdirTemp("", "yj-pg-") //nolint:usetesting // a short name for a socket, in a folder that the user postgres may enter
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{server: &server{dir: dir}}
	s.URL = s.url("yijian")
	t.Cleanup(func() { s.Kill(); _ = os.RemoveAll(dir) })
	if s.as, err = s.init(); err != nil {
		t.Fatalf("make the data of PostgreSQL: %v", err)
	}
	s.Restart(t)
	if err := s.create(t.Context(), "yijian"); err != nil {
		t.Fatalf("create a database: %v", err)
	}
	return s
}

// Stop ends the server as an operator does who is in a hurry: connections are cut.
func (s *Server) Stop() { s.end(syscall.SIGINT) }

// Kill kills the server. Its children find that out and end by themselves.
func (s *Server) Kill() { s.end(syscall.SIGKILL) }

func (s *Server) end(sig syscall.Signal) {
	if s.proc == nil {
		return
	}
	_ = s.proc.Process.Signal(sig)
	_ = s.proc.Wait()
	s.proc = nil
}

// Restart starts the server on the data it had.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	for until := time.Now().Add(30 * time.Second); ; <-time.After(50 * time.Millisecond) {
		err := s.launch(s.as)
		if err == nil {
			return
		}
		// Children of one that was killed may still be there, and it is not let in beside them.
		if !strings.Contains(err.Error(), "still in use") || time.Now().After(until) {
			t.Fatalf("start PostgreSQL: %v", err)
		}
		_ = s.proc.Wait()
	}
}
