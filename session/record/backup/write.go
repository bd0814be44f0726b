package backup

import (
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"yijian/session/record"
)

// format is the version of the file; a reader refuses a later one.
const format = 1

// line is one of the file: the head, a row, or the end.
type line struct {
	// Head.
	Yijian int       `json:"yijian,omitempty"`
	Schema int64     `json:"schema,omitempty"`
	At     time.Time `json:"at,omitzero"`
	// Row.
	Table   string   `json:"table,omitempty"`
	Columns []string `json:"columns,omitempty"`
	Values  []value  `json:"values,omitempty"`
	// End, with the number of rows before it. A file without it was cut off.
	End *int `json:"end,omitempty"`
}

// value is a cell: a text, a number, bytes or NULL.
type value struct {
	Text  *string `json:"t,omitempty"`
	Int   *int64  `json:"i,omitempty"`
	Bytes []byte  `json:"b,omitempty"`
}

// Write writes the whole record and returns how many rows that were.
func Write(ctx context.Context, w io.Writer, db *record.DB) (int, error) {
	schema, err := db.Schema(ctx)
	if err != nil {
		return 0, err
	}
	tx, err := db.Read(ctx)
	if err != nil {
		return 0, err
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	zip := gzip.NewWriter(w)
	out := json.NewEncoder(zip)
	if err := out.Encode(line{Yijian: format, Schema: schema, At: time.Now().UTC()}); err != nil {
		return 0, err
	}
	rows := 0
	for _, table := range tables {
		n, err := writeTable(ctx, out, tx, table)
		if err != nil {
			return rows, fmt.Errorf("back up the table %s: %w", table, err)
		}
		rows += n
	}
	return rows, errors.Join(out.Encode(line{End: &rows}), zip.Close())
}

func writeTable(ctx context.Context, out *json.Encoder, tx *sql.Tx, table string) (n int, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+table) //nolint:gosec // G202: a name of our own
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		values, err := scanRow(rows, len(columns))
		if err != nil {
			return n, err
		}
		if err := out.Encode(line{Table: table, Columns: columns, Values: values}); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

func scanRow(rows *sql.Rows, n int) ([]value, error) {
	cells, into := make([]any, n), make([]any, n)
	for i := range cells {
		into[i] = &cells[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	values := make([]value, n)
	for i, cell := range cells {
		switch v := cell.(type) {
		case nil:
		case int64:
			values[i].Int = &v
		case string:
			values[i].Text = &v
		case []byte:
			values[i].Bytes = v
		default:
			return nil, fmt.Errorf("a column holds %T, for which a backup has no form", cell)
		}
	}
	return values, nil
}
