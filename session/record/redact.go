package record

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"yijian/session"
)

// Redact has every message of a site pass through do before it is written. What do takes out is in the
// live conversation only, and no longer there once Redis had to be given the conversation back. It is
// called once, before anything is written.
func (db *DB) Redact(do func(site, text string) string) { db.redact = do }

// redacted are segments as they may be written.
func (db *DB) redacted(segments []Segment) []Segment {
	if db.redact == nil {
		return segments
	}
	out := slices.Clone(segments)
	for i, s := range out {
		for n, e := range s.Events {
			text := db.redact(s.State.Site, e.Body.Text)
			if text == e.Body.Text {
				continue
			}
			if &out[i].Events[0] == &segments[i].Events[0] {
				out[i].Events = slices.Clone(s.Events) // the caller's events stay as they are
			}
			out[i].Events[n].Body.Text = text
		}
	}
	return out
}

// Rewrite changes archived events of a session in place: change returns whether it changed one. Their
// numbers and ids stay.
func (db *DB) Rewrite(ctx context.Context, id session.ID, change func(*session.Event) bool) error {
	err := db.Tx(ctx, func(tx *sql.Tx) error {
		// Whoever writes segments holds this number, so nobody does meanwhile.
		if _, err := writeNumbers(ctx, tx, 0); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, selectWritten+" WHERE session_id = $1 ORDER BY to_seq", string(id))
		if err != nil {
			return err
		}
		written, err := scanWritten(rows)
		if err != nil {
			return err
		}
		for _, w := range written {
			if err := rewrite(ctx, tx, w, change); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("rewrite session %s: %w", id, err)
	}
	return nil
}

func rewrite(ctx context.Context, tx *sql.Tx, w Written, change func(*session.Event) bool) error {
	changed := false
	for i := range w.Events {
		changed = change(&w.Events[i]) || changed
	}
	if !changed {
		return nil
	}
	encoded, err := encode(w.Events)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE segments SET events = $1 WHERE n = $2", encoded, w.N)
	return err
}

// Erase removes a session from the record, with all that was made from it.
func (db *DB) Erase(ctx context.Context, id session.ID) error {
	err := db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM decisions WHERE session = $1", string(id)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM lives WHERE session_id = $1", string(id)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE id = $1", string(id))
		return err
	})
	if err != nil {
		return fmt.Errorf("erase session %s from the record: %w", id, err)
	}
	return nil
}
