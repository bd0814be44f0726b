package backup

import (
	"bufio"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yijian/session/record"
)

// What a restore refuses.
var (
	// ErrNotEmpty says that the record has something in it already.
	ErrNotEmpty = errors.New("the record is not empty; restore into a new file or database")
	// ErrFile says that a file is no backup, or not a whole one.
	ErrFile = errors.New("this is not a whole backup")
)

// columnName keeps a file from saying anything but names where names stand.
var columnName = regexp.MustCompile(`^[a-z_]{1,40}$`)

// Read restores a backup into an empty record, all of it or nothing, and returns how many rows it had.
func Read(ctx context.Context, r io.Reader, db *record.DB) (int, error) {
	zip, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrFile, err)
	}
	in := json.NewDecoder(zip)
	if err := checkHead(ctx, in, db); err != nil {
		return 0, err
	}
	rows := 0
	err = db.Tx(ctx, func(tx *sql.Tx) error {
		if err := empty(ctx, tx); err != nil {
			return err
		}
		rows, err = readRows(ctx, in, tx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("restore: %w", err)
	}
	return rows, nil
}

func checkHead(ctx context.Context, in *json.Decoder, db *record.DB) error {
	var head line
	if err := in.Decode(&head); err != nil || head.Yijian == 0 {
		return fmt.Errorf("%w: it does not begin as one", ErrFile)
	}
	schema, err := db.Schema(ctx)
	if err != nil {
		return err
	}
	if head.Yijian > format || head.Schema > schema {
		return fmt.Errorf("%w (%d, known up to %d); restore with the Yijian that wrote the backup", record.ErrNewerSchema, head.Schema, schema)
	}
	return nil
}

// empty removes what every new record has, and refuses one that has more.
func empty(ctx context.Context, tx *sql.Tx) error {
	for _, table := range []string{"accounts", "sessions", "sites", "audit"} {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("%w (%d rows in %s)", ErrNotEmpty, n, table)
		}
	}
	for _, table := range []string{"settings", "counters"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil { //nolint:gosec // G202: a name of our own
			return err
		}
	}
	return nil
}

func readRows(ctx context.Context, in *json.Decoder, tx *sql.Tx) (int, error) {
	for n := 0; ; n++ {
		var l line
		if err := in.Decode(&l); err != nil {
			return n, fmt.Errorf("%w: after %d rows: %w", ErrFile, n, err)
		}
		if l.End != nil {
			if *l.End != n {
				return n, fmt.Errorf("%w: it has %d rows and says %d", ErrFile, n, *l.End)
			}
			// The index begins anew.
			_, err := tx.ExecContext(ctx, "UPDATE counters SET n = 0 WHERE name = 'index'")
			return n, err
		}
		if err := putRow(ctx, tx, l); err != nil {
			return n, fmt.Errorf("row %d, of %s: %w", n+1, l.Table, err)
		}
	}
}

func putRow(ctx context.Context, tx *sql.Tx, l line) error {
	if !slices.Contains(tables, l.Table) || len(l.Columns) != len(l.Values) || len(l.Columns) == 0 {
		return fmt.Errorf("%w: there is no such row", ErrFile)
	}
	marks, args := make([]string, len(l.Values)), make([]any, len(l.Values))
	for i, v := range l.Values {
		if !columnName.MatchString(l.Columns[i]) {
			return fmt.Errorf("%w: %q is no column", ErrFile, l.Columns[i])
		}
		marks[i] = "$" + strconv.Itoa(i+1)
		switch {
		case v.Int != nil:
			args[i] = *v.Int
		case v.Text != nil:
			args[i] = *v.Text
		case v.Bytes != nil:
			args[i] = v.Bytes
		}
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO "+l.Table+" ("+strings.Join(l.Columns, ",")+") VALUES ("+strings.Join(marks, ",")+")", args...) //nolint:gosec // G202: names were checked
	return err
}
