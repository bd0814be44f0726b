package record

import (
	"iter"
	"slices"
	"strconv"

	"github.com/pressly/goose/v3"
)

// chunkRows is how many rows one statement writes or asks for: enough that its text costs little a
// row, and few enough that there are not many texts to know.
const chunkRows = 64

// chunks cuts a list into what one statement takes.
func chunks[T any](list []T) iter.Seq[[]T] { return slices.Chunk(list, chunkRows) }

// places are the placeholders of so many rows: ($1,$2),($3,$4). To SQLite a number is a name, and it
// looks through all names before it for each, so there they have none: (?,?),(?,?).
func (db *DB) places(rows, columns int) string {
	named := db.dialect == goose.DialectPostgres
	b := make([]byte, 0, rows*columns*5)
	for row := range rows {
		if row > 0 {
			b = append(b, ',')
		}
		for column := range columns {
			b = append(b, "(,"[min(column, 1)])
			if !named {
				b = append(b, '?')
				continue
			}
			b = append(b, '$')
			b = strconv.AppendInt(b, int64(row*columns+column+1), 10)
		}
		b = append(b, ')')
	}
	return string(b)
}
