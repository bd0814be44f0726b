package record

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql migrations/*/*.sql
var migrations embed.FS

// ErrNewerSchema says that the record was written by a newer Yijian than this one.
var ErrNewerSchema = errors.New("the record has a newer schema than this program knows")

// migrateLock is the advisory lock that keeps two nodes from migrating one PostgreSQL at once.
const migrateLock = 0x796a // "yj"

func (db *DB) migrate(ctx context.Context) error {
	files, err := db.migrationFiles()
	if err != nil {
		return fmt.Errorf("read the embedded migrations: %w", err)
	}
	provider, err := goose.NewProvider(db.dialect, db.write, files, db.migrateOptions()...)
	if err != nil {
		return fmt.Errorf("prepare the migrations: %w", err)
	}
	if err := up(ctx, provider); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	have, known, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if have > known {
		return fmt.Errorf("%w (%d, known up to %d); run the Yijian that wrote it, "+
			"or restore the backup made before the upgrade", ErrNewerSchema, have, known)
	}
	return nil
}

func (db *DB) migrateOptions() []goose.ProviderOption {
	options := []goose.ProviderOption{
		goose.WithTableName("schema_version"),
		goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()),
	}
	if db.dialect == goose.DialectPostgres {
		options = append(options, goose.WithSessionLocker(advisory{}))
	}
	return options
}

// up tries three times: SQLite has no advisory lock, so of two processes that create one file at
// the same moment the second may find a table made between its look and its step. Each step is one
// transaction, so a further try starts from a whole schema.
func up(ctx context.Context, provider *goose.Provider) error {
	var err error
	for range 3 {
		if _, err = provider.Up(ctx); err == nil || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// advisory is goose's lock on PostgreSQL. It waits for its turn instead of polling for it.
type advisory struct{}

// SessionLock waits until no other node migrates this database.
func (advisory) SessionLock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrateLock)
	return err
}

// SessionUnlock lets the next node go on.
func (advisory) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", migrateLock)
	return err
}

// Schema is the version of the record's schema, which is the newest that this program knows.
func (db *DB) Schema(ctx context.Context) (int64, error) {
	var version int64
	if err := db.QueryRow(ctx, "SELECT max(version_id) FROM schema_version").Scan(&version); err != nil {
		return 0, fmt.Errorf("read the schema version: %w", err)
	}
	return version, nil
}
