package record

import (
	"context"
	"database/sql"
	"fmt"

	"yijian/session"
)

// Live notes the life that a log is about to begin (session/lives.go). Whoever has lost Redis comes with
// many sessions at once, so those who ask together share a transaction.
func (db *DB) Live(ctx context.Context, life session.Life) (bool, error) {
	return db.lives.do(ctx, life, db.live)
}

// live notes lives in one transaction and says which. It waits for whoever writes segments, as they do
// for each other: what they began with the old life is in the record when it returns.
func (db *DB) live(ctx context.Context, lives []session.Life) (noted []bool, err error) {
	err = db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := writeNumbers(ctx, tx, 0); err != nil {
			return err
		}
		noted = noted[:0]
		for chunk := range chunks(lives) {
			known, err := db.known(ctx, tx, chunk)
			if err != nil {
				return err
			}
			names := map[session.ID]string{}
			for _, l := range chunk {
				ok := known[l.ID] != l.Again
				if noted = append(noted, ok); ok {
					names[l.ID] = l.Name
				}
			}
			if err := db.putLives(ctx, tx, names); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("note the lives of %d sessions: %w", len(lives), err)
	}
	return noted, nil
}

// known says which of the sessions the record has.
func (db *DB) known(ctx context.Context, tx *sql.Tx, lives []session.Life) (map[session.ID]bool, error) {
	ids := make([]any, len(lives))
	for i, l := range lives {
		ids[i] = string(l.ID)
	}
	rows, err := db.query(ctx, tx, selectKnown, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[session.ID]bool{}
	for rows.Next() {
		var id session.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		known[id] = true
	}
	return known, rows.Err()
}

func (db *DB) putLives(ctx context.Context, tx *sql.Tx, names map[session.ID]string) error {
	if len(names) == 0 {
		return nil
	}
	args := make([]any, 0, 2*len(names))
	for id, name := range names {
		args = append(args, string(id), name)
	}
	return db.exec(ctx, tx, insertLives, len(names), args)
}

// livesBefore reads the lives of those sessions that have no head: they may have begun again before the
// record had anything of them.
func (db *DB) livesBefore(ctx context.Context, tx *sql.Tx, ids []any, heads map[session.ID]head) error {
	var fresh []any
	for _, id := range ids {
		if _, has := heads[session.ID(id.(string))]; !has {
			fresh = append(fresh, id)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	rows, err := db.query(ctx, tx, selectLives, fresh)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id session.ID
		var h head
		if err := rows.Scan(&id, &h.life); err != nil {
			return err
		}
		heads[id] = h
	}
	return rows.Err()
}

// head is where the archive of a session ends, and the life that it goes on with.
type head struct {
	at   session.Position
	life string
}

// headOf reads the head of one session; the zero head if the record has nothing of it.
func (db *DB) headOf(ctx context.Context, id session.ID) (head, error) {
	tx, err := db.Read(ctx)
	if err != nil {
		return head{}, err
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	return db.headIn(ctx, tx, id)
}

func (db *DB) headIn(ctx context.Context, tx *sql.Tx, id session.ID) (head, error) {
	heads, err := db.headsOf(ctx, tx, []Segment{{Session: id}})
	return heads[id], err
}

var (
	selectKnown = &bulk{before: "SELECT id FROM sessions WHERE id IN "}
	selectLives = &bulk{before: "SELECT session_id, life FROM lives WHERE session_id IN "}
	insertLives = &bulk{
		before:  "INSERT INTO lives (session_id, life) VALUES ",
		columns: 2,
		after:   " ON CONFLICT (session_id) DO UPDATE SET life = excluded.life",
	}
)
