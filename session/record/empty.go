package record

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Exists reports whether there may be a record at target, without touching it: a SQLite file that is
// there, or any PostgreSQL server.
func Exists(target string) bool {
	if isPostgres(target) {
		return true
	}
	_, err := os.Stat(target)
	return !errors.Is(err, os.ErrNotExist)
}

// Empty reports whether nobody has used the record yet: it holds neither a conversation nor an account.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	var used bool
	err := db.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM sessions) OR EXISTS (SELECT 1 FROM accounts)").Scan(&used)
	if err != nil {
		return false, fmt.Errorf("look whether the record is empty: %w", err)
	}
	return !used, nil
}
