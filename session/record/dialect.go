package record

import (
	"cmp"
	"io/fs"
	"slices"

	"github.com/pressly/goose/v3"
)

// Postgres reports whether the record is kept in PostgreSQL, and not in a SQLite file. It is for what
// the engines do not spell alike: full text, backups.
func (db *DB) Postgres() bool { return db.dialect == goose.DialectPostgres }

// migrationFiles are those that both engines share, and those of this one.
func (db *DB) migrationFiles() (fs.FS, error) {
	shared, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	folder := "migrations/sqlite"
	if db.Postgres() {
		folder = "migrations/postgres"
	}
	own, err := fs.Sub(migrations, folder)
	return layered{own, shared}, err
}

// layered shows the files of two folders as if they lay in one.
type layered struct{ upper, lower fs.FS }

var _ fs.ReadDirFS = layered{}

// Open opens a file of the upper folder, or else of the lower.
func (l layered) Open(name string) (fs.File, error) {
	if file, err := l.upper.Open(name); err == nil {
		return file, nil
	}
	return l.lower.Open(name)
}

// ReadDir lists both.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	upper, err := fs.ReadDir(l.upper, name)
	if err != nil {
		return nil, err
	}
	lower, err := fs.ReadDir(l.lower, name)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(upper, lower)
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return all, nil
}
