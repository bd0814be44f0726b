package record

import (
	"context"
	"database/sql"
	"fmt"

	"yijian/session"
)

// Events returns the archived events of a session from one seq to another, both included, oldest
// first. What is not archived is not there: the answer may be shorter, or empty.
func (db *DB) Events(ctx context.Context, id session.ID, from, to uint64) ([]session.Event, error) {
	if to < from {
		return nil, nil
	}
	const most = 1<<63 - 1 // what a BIGINT holds
	rows, err := db.Query(ctx, selectWritten+" WHERE session_id = $1 AND to_seq >= $2 AND from_seq <= $3 ORDER BY to_seq",
		string(id), min(from, most), min(to, most))
	if err != nil {
		return nil, fmt.Errorf("read the archive of session %s: %w", id, err)
	}
	written, err := scanWritten(rows)
	if err != nil {
		return nil, fmt.Errorf("read the archive of session %s: %w", id, err)
	}
	var events []session.Event
	for _, w := range written {
		for _, e := range w.Events {
			if e.Seq >= from && e.Seq <= to {
				events = append(events, e)
			}
		}
	}
	return events, nil
}

// Written is a segment as the record has it.
type Written struct {
	// N is its write number. Numbers grow in the order of commits, with gaps.
	N       int64
	Session session.ID
	Events  []session.Event
}

// Follow returns segments in the order they were written, the first with a number above after, for
// whoever keeps something beside the record that is made from all of it, such as a text index. It
// remembers the last number it has dealt with, and sees everything once that way:
//
//   - A segment's events are the truth about their numbers. After a failover that took events back,
//     a later segment brings other events under numbers that were seen before.
//   - Compacting a session writes its events once more under a new number, so what is made from
//     them has to bear being made twice.
//   - What is gone before it was followed was compacted, and follows under its new number, or was
//     erased.
func (db *DB) Follow(ctx context.Context, after int64, most int) ([]Written, error) {
	rows, err := db.Query(ctx, selectWritten+" WHERE n > $1 ORDER BY n LIMIT $2", after, most)
	if err != nil {
		return nil, fmt.Errorf("follow the archive: %w", err)
	}
	written, err := scanWritten(rows)
	if err != nil {
		return nil, fmt.Errorf("follow the archive: %w", err)
	}
	return written, nil
}

const selectWritten = "SELECT n, session_id, from_seq, prev_id, events FROM segments"

func scanWritten(rows *sql.Rows) ([]Written, error) {
	defer rows.Close()
	var all []Written
	for rows.Next() {
		var (
			w       Written
			from    uint64
			prev    string
			encoded []byte
		)
		if err := rows.Scan(&w.N, &w.Session, &from, &prev, &encoded); err != nil {
			return nil, err
		}
		var err error
		if w.Events, err = decode(encoded, from, prev); err != nil {
			return nil, fmt.Errorf("segment %d of session %s: %w", w.N, w.Session, err)
		}
		all = append(all, w)
	}
	return all, rows.Err()
}
