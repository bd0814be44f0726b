package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Exec runs one statement that writes, and commits it.
func (db *DB) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return db.write.ExecContext(ctx, query, args...)
}

// Query reads rows. It sees every write that was committed before it began.
func (db *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return db.read.QueryContext(ctx, query, args...)
}

// QueryRow reads at most one row; a statement that writes and returns belongs into Tx.
func (db *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return db.read.QueryRowContext(ctx, query, args...)
}

// Tx runs do in one transaction that may write: committed if do returns nil, undone otherwise, also
// when do panics. do must use tx alone; on SQLite, calling Exec or Tx inside it waits for ever.
func (db *DB) Tx(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit it has nothing to do; otherwise do's error counts
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit a transaction: %w", err)
	}
	return nil
}

// Ping reports whether the record can be reached.
func (db *DB) Ping(ctx context.Context) error { return db.read.PingContext(ctx) }

// Close closes the record after the statements that are running.
func (db *DB) Close() error {
	if db.read == db.write {
		return db.write.Close()
	}
	return errors.Join(db.read.Close(), db.write.Close())
}

// Read begins a transaction that only reads, for what has to see one moment. Roll it back when done.
func (db *DB) Read(ctx context.Context) (*sql.Tx, error) {
	tx, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("begin to read: %w", err)
	}
	return tx, nil
}

// Busy says how many connections are taken at this moment.
func (db *DB) Busy() int {
	busy := db.read.Stats().InUse
	if db.write != db.read {
		busy += db.write.Stats().InUse
	}
	return busy
}
