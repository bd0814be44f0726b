// Package pgtest gives tests a real PostgreSQL, because a database that is imitated agrees with
// the code that imitates it.
//
// The first call of URL in a test binary starts one server, without root's rights, on a Unix socket
// in a folder of its own; every call makes a database of its own, so that tests run in parallel. A
// package that uses it hands its TestMain over:
//
//	func TestMain(m *testing.M) { pgtest.Main(m) }
package pgtest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the "pgx" driver
)

// The server is a process of the whole test binary, so its handle is a variable of the package.
var (
	shared    = sync.OnceValues(start)
	started   atomic.Pointer[server]
	databases atomic.Int64
)

// Engines are the engines of a record, each with the address of a new and empty one.
func Engines() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{
		"sqlite": func(t testing.TB) string {
			t.Helper()
			return filepath.Join(t.TempDir(), "yijian.db")
		},
		"postgres": URL,
	}
}

// Main runs the tests, stops the server if one was started, and ends the process.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop stops the server and removes its folder. It is for a TestMain that does more than Main.
func Stop() {
	if s := started.Load(); s != nil {
		s.stop()
	}
}

// URL returns the address of a new, empty database. It skips the test where PostgreSQL is not
// installed and fails it where PostgreSQL does not start.
func URL(t testing.TB) string {
	t.Helper()
	if binaries() == "" {
		t.Skip("PostgreSQL is not installed: no /usr/lib/postgresql/*/bin/postgres and no postgres " +
			"in PATH; on Debian run: apt-get install postgresql")
	}
	s, err := shared()
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	name := fmt.Sprintf("test%d", databases.Add(1))
	if err := s.create(t.Context(), name); err != nil {
		t.Fatalf("create the database %s: %v", name, err)
	}
	return s.url(name)
}

func (s *server) url(database string) string {
	return "postgres://postgres@/" + database + "?" + url.Values{"host": {s.dir}}.Encode()
}

func (s *server) create(ctx context.Context, name string) error {
	db, err := sql.Open("pgx", s.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "CREATE DATABASE "+name)
	return err
}
