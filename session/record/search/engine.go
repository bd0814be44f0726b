package search

import (
	"context"
	"database/sql"

	"yijian/session/record"
	"yijian/session/record/words"
)

// engine is what SQLite and PostgreSQL spell differently.
type engine interface {
	// insert adds rows whose places are free.
	insert(ctx context.Context, tx *sql.Tx, rows []row) error
	// condition is what the words of a search are matched with, for any of these sites; none are all.
	condition(q words.Query, sites []string) string
	// window selects the ids of one window: below $2, from $3 on, at most $4, of what matches $1.
	window() string
	// list is a table hits with the column id, made of these ids, which are its argument $1.
	list(ids []int64) (table string, argument any)
	// among is how the messages of a few conversations are asked one by one whether they match $1, and how
	// many may be asked; 0 where that is dearer than a window.
	among() (condition string, most int)
	// prepare is run in the transaction of a search before it; empty for nothing.
	prepare() string
	// learn is run when the index has grown by much; empty for nothing.
	learn() string
}

func engineOf(db *record.DB) engine {
	if db.Postgres() {
		return postgres{}
	}
	return sqlite{}
}
