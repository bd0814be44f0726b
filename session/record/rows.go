package record

import (
	"context"
	"database/sql"
	"iter"
	"strconv"
	"strings"
)

// bulk is a statement over a list: every row of the list adds placeholders to its text.
type bulk struct {
	before string
	// columns is how many values a row has. Without them a row is one value of a list in brackets, as IN
	// takes it.
	columns int
	after   string
}

// lengths are how many rows one text of a bulk has. The longest takes a batch of the archiver, and few
// lengths make few texts, which are kept prepared: to read a text costs SQLite half of what it costs to
// run it.
var lengths = [...]int{batchSegments, 64, 16, 4, 1}

// chunks cuts a list into what texts take.
func chunks[T any](list []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		for _, n := range lengths {
			for len(list) >= n {
				if !yield(list[:n:n]) {
					return
				}
				list = list[n:]
			}
		}
	}
}

// spell writes the text of a bulk for so many rows: … ($1,$2),($3,$4) …. To SQLite a number is a name,
// and it looks through all names before it for each, so there they have none: … (?,?),(?,?) ….
func (db *DB) spell(b *bulk, rows int) string {
	var text strings.Builder
	text.WriteString(b.before)
	columns, number := b.columns, 0
	if columns == 0 {
		columns, rows = rows, 1
	}
	for row := range rows {
		if row > 0 {
			text.WriteByte(',')
		}
		for column := range columns {
			text.WriteByte("(,"[min(column, 1)])
			if number++; db.Postgres() {
				text.WriteByte('$')
				text.WriteString(strconv.Itoa(number))
			} else {
				text.WriteByte('?')
			}
		}
		text.WriteByte(')')
	}
	text.WriteString(b.after)
	return text.String()
}

// exec runs a bulk that writes a chunk, in a transaction of Tx.
func (db *DB) exec(ctx context.Context, tx *sql.Tx, b *bulk, rows int, args []any) error {
	kept := db.kept.of(text{b, rows})
	if kept == nil {
		_, err := tx.ExecContext(ctx, db.spell(b, rows), args...)
		return err
	}
	_, err := tx.StmtContext(ctx, kept).ExecContext(ctx, args...) //nolint:sqlclosecheck // it ends with its transaction
	return err
}

// query runs a bulk that reads for a chunk, in a transaction of any kind.
func (db *DB) query(ctx context.Context, tx *sql.Tx, b *bulk, values []any) (*sql.Rows, error) {
	return tx.QueryContext(ctx, db.spell(b, len(values)), values...)
}
