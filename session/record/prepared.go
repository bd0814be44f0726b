package record

import (
	"context"
	"database/sql"
	"sync"
)

// text is a bulk spelled for so many rows.
type text struct {
	bulk *bulk
	rows int
}

// statements are the texts that are kept prepared on the connection that writes, until it is closed. The
// lock is not held while one is prepared: whoever has the connection meanwhile may ask for another.
type statements struct {
	mu   sync.Mutex
	kept map[text]*sql.Stmt
}

func (s *statements) of(t text) *sql.Stmt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[t]
}

// keep takes a prepared text, unless another came first.
func (s *statements) keep(t text, prepared *sql.Stmt) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept[t] != nil {
		return prepared.Close()
	}
	if s.kept == nil {
		s.kept = map[text]*sql.Stmt{}
	}
	s.kept[t] = prepared
	return nil
}

// prepare has all texts of some bulks kept from now on; that of PostgreSQL is done by its driver. It
// needs the one connection that writes to SQLite, so within a transaction it would wait for ever.
func (db *DB) prepare(ctx context.Context, bulks ...*bulk) error {
	if db.Postgres() {
		return nil
	}
	for _, b := range bulks {
		for _, rows := range lengths {
			t := text{b, rows}
			if db.kept.of(t) != nil {
				continue
			}
			prepared, err := db.write.PrepareContext(ctx, db.spell(b, rows))
			if err != nil {
				return err
			}
			if err := db.kept.keep(t, prepared); err != nil {
				return err
			}
		}
	}
	return nil
}
