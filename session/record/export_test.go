package record

import (
	"context"
	"errors"

	"yijian/session"

	"github.com/pressly/goose/v3"
)

// OpenAt opens a new record as a Yijian of that schema version left it.
func OpenAt(ctx context.Context, target string, version int64) (*DB, error) {
	db, err := connect(target)
	if err != nil {
		return nil, err
	}
	files, err := db.migrationFiles()
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	provider, err := goose.NewProvider(db.dialect, db.write, files, db.migrateOptions()...)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if _, err := provider.UpTo(ctx, version); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// LastOf returns where the archive of a session ends: the zero Position if there is none.
func (db *DB) LastOf(ctx context.Context, id session.ID) (session.Position, error) {
	h, err := db.headOf(ctx, id)
	return h.at, err
}
