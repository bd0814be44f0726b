package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"yijian/session"
)

const (
	// compactEvery is after how many events the segments of a conversation that goes on are joined.
	compactEvery = 200
	// A joined segment holds at most so many events and bytes of them, so that a page of a long
	// conversation does not cost the whole of it.
	joinedEvents = 400
	joinedBytes  = 256 << 10
)

// finish joins the segments of conversations that have ended or grown long, and measures those that
// have ended.
func (a *Archiver) finish(ctx context.Context, segments []Segment) error {
	var join []session.ID
	var errs []error
	for _, s := range segments {
		first, last := s.Events[0].Seq, s.Events[len(s.Events)-1].Seq
		ended := s.State.Owner == session.Closed && last == s.State.Seq
		if ended || (first-1)/compactEvery != last/compactEvery {
			join = append(join, s.Session)
		}
		if ended {
			errs = append(errs, a.measured(ctx, s.Session))
		}
	}
	return errors.Join(append(errs, a.db.Compact(ctx, join...))...)
}

func (a *Archiver) measured(ctx context.Context, id session.ID) error {
	events, err := a.db.Events(ctx, id, 1, 1<<62)
	if err != nil {
		return err
	}
	version, values, err := a.measure(events)
	if err != nil {
		return fmt.Errorf("measure session %s: %w", id, err)
	}
	return a.db.PutSignals(ctx, id, version, values)
}

// Compact joins the segments of sessions, so that a conversation that took a hundred writes is read
// with one, and is a fraction of the size. Nobody who reads sees a difference.
func (db *DB) Compact(ctx context.Context, ids ...session.ID) error {
	if len(ids) == 0 {
		return nil
	}
	err := db.Tx(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if err := db.compact(ctx, tx, id); err != nil {
				return fmt.Errorf("of session %s: %w", id, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("join segments %w", err)
	}
	return nil
}

// row is a segment as it lies in the table.
type row struct {
	n           int64
	from, to    uint64
	first, last string
	prev        string
	events      []byte
}

func (db *DB) compact(ctx context.Context, tx *sql.Tx, id session.ID) error {
	// The number is taken first, so that nobody writes to the session meanwhile.
	n, err := writeNumbers(ctx, tx, 1)
	if err != nil {
		return err
	}
	rows, err := readRows(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, group := range groups(rows) {
		if len(group) < 2 {
			continue
		}
		if err := db.join(ctx, tx, id, n, group); err != nil {
			return err
		}
		if n, err = writeNumbers(ctx, tx, 1); err != nil {
			return err
		}
	}
	return nil
}

func readRows(ctx context.Context, tx *sql.Tx, id session.ID) ([]row, error) {
	rows, err := tx.QueryContext(ctx, `SELECT n, from_seq, to_seq, first_id, last_id, prev_id, events
		FROM segments WHERE session_id = $1 ORDER BY to_seq`, string(id))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []row
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.n, &r.from, &r.to, &r.first, &r.last, &r.prev, &r.events); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// groups says which neighbours become one segment.
func groups(rows []row) [][]row {
	var out [][]row
	var events uint64
	bytes := 0
	for _, r := range rows {
		count := r.to - r.from + 1
		if len(out) == 0 || events+count > joinedEvents || bytes+len(r.events) > joinedBytes {
			out, events, bytes = append(out, nil), 0, 0
		}
		out[len(out)-1] = append(out[len(out)-1], r)
		events, bytes = events+count, bytes+len(r.events)
	}
	return out
}

func (db *DB) join(ctx context.Context, tx *sql.Tx, id session.ID, n int64, group []row) error {
	var events []session.Event
	numbers := make([]any, len(group))
	for i, r := range group {
		some, err := decode(r.events, r.from, r.prev)
		if err != nil {
			return fmt.Errorf("segment %d: %w", r.n, err)
		}
		events, numbers[i] = append(events, some...), r.n
	}
	encoded, err := encode(events)
	if err != nil {
		return err
	}
	if encoded, err = deflate(encoded); err != nil {
		return err
	}
	for chunk := range chunks(numbers) {
		if err := db.exec(ctx, tx, deleteSegments, len(chunk), chunk); err != nil {
			return err
		}
	}
	first, last := group[0], group[len(group)-1]
	return db.exec(ctx, tx, insertSegments, 1,
		[]any{n, string(id), first.from, last.to, first.first, last.last, first.prev, encoded})
}

var deleteSegments = &bulk{before: "DELETE FROM segments WHERE n IN "}
