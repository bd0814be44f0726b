package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // registers the "sqlite" driver
)

// maxPostgresConns bounds the pool of one process, so that a few nodes stay far below the 100
// connections a PostgreSQL server allows by default.
const maxPostgresConns = 16

// DB is an open record. It is safe for concurrent use.
type DB struct {
	read, write *sql.DB
	dialect     goose.Dialect
	redact      func(site, text string) string
	lives       *gathering
	kept        statements
}

// Open opens the record at target and brings its schema up to date. A target that starts with
// postgres:// or postgresql:// is a PostgreSQL server; anything else is the path of a SQLite file,
// which is created, with its folder, readable by this user only.
func Open(ctx context.Context, target string) (*DB, error) {
	db, err := connect(target)
	if err != nil {
		return nil, err
	}
	if err := db.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the record %s: %w", Redact(target), err), db.Close())
	}
	return db, nil
}

// Redact returns target without its password, fit for logs and messages.
func Redact(target string) string {
	if !isPostgres(target) {
		return target
	}
	u, err := url.Parse(target)
	if err != nil {
		return "postgres://…"
	}
	// A password may also be given as a parameter.
	if q := u.Query(); q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

func isPostgres(target string) bool {
	return strings.HasPrefix(target, "postgres://") || strings.HasPrefix(target, "postgresql://")
}

func connect(target string) (*DB, error) {
	switch {
	case target == "":
		return nil, errors.New("the record has no address: give a file name or a postgres:// URL")
	case isPostgres(target):
		return connectPostgres(target)
	case strings.Contains(target, "://"):
		return nil, fmt.Errorf("the record %q is of an unknown kind: "+
			"give a file name or a postgres:// URL", target)
	}
	return connectSQLite(target)
}

func connectPostgres(target string) (*DB, error) {
	config, err := pgx.ParseConfig(target)
	if err != nil {
		return nil, fmt.Errorf("read the address of the record: %w; "+
			"it looks like postgres://user:password@host:5432/database", err)
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(maxPostgresConns)
	return &DB{read: pool, write: pool, dialect: goose.DialectPostgres, lives: newGathering()}, nil
}

func connectSQLite(path string) (*DB, error) {
	if err := createPrivate(path); err != nil {
		return nil, err
	}
	write, err := sql.Open("sqlite", sqliteDSN(path, "_txlock=immediate"))
	if err != nil {
		return nil, fmt.Errorf("open %s for writing: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	read, err := sql.Open("sqlite", sqliteDSN(path, "_pragma=query_only(1)"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s for reading: %w", path, err), write.Close())
	}
	read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	return &DB{read: read, write: write, dialect: goose.DialectSQLite3, lives: newGathering()}, nil
}

// sqliteDSN gives every connection its pragmas. synchronous=FULL, because an acknowledged write has
// to survive a power cut as well as a killed process.
func sqliteDSN(path, extra string) string {
	u := url.URL{Scheme: "file", OmitHost: true, Path: path}
	return u.String() + "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&" + extra
}

// createPrivate creates the file before SQLite does, which would make it readable by everybody;
// SQLite gives its -wal and -shm files the mode of the file they belong to.
func createPrivate(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("create the folder of the record: %w", err)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("create the record: %w; choose another file or allow this user to write it", err)
	}
	return file.Close()
}

func (db *DB) start(ctx context.Context) error {
	if err := db.write.PingContext(ctx); err != nil {
		return fmt.Errorf("%w; %s", err, hint(err))
	}
	return db.migrate(ctx)
}
