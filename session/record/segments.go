package record

import (
	"context"
	"database/sql"
	"fmt"

	"yijian/session"
)

// Segment is a stretch of one session's log on its way into the record.
type Segment struct {
	Session session.ID
	// Events follow each other without a gap; there is at least one.
	Events []session.Event
	// State is how the session stood when the events were read, at the last of them or later.
	State session.State
}

// Outcome says what became of a segment.
type Outcome int

const (
	// Stored says that the record has the segment now.
	Stored Outcome = iota
	// Known says that the record had reached the segment's last event before, with the same id.
	Known
	// Apart says that the segment does not go on where the record ends, or is of another life than the
	// record knows. The archive of the session has to be compared with the log; nothing was written.
	Apart
)

// WriteSegments adds segments to the record in one transaction and says of each what became of it.
// It is what every event costs, so all go in a handful of statements, and what is written of an
// event is one line of JSON.
//
// The number that a segment gets is taken first, and whoever has taken one holds up the next until
// the commit. So write numbers become visible in their order, and an indexer that follows them never
// misses one (see Follow); and of two nodes that archive one session, the second sees what the first
// has written, and finds it Known.
func (db *DB) WriteSegments(ctx context.Context, segments []Segment) ([]Outcome, error) {
	if len(segments) == 0 {
		return nil, nil
	}
	segments = db.redacted(segments)
	if err := db.prepare(ctx, insertSessions, insertSegments); err != nil {
		return nil, fmt.Errorf("archive %d segments: %w", len(segments), err)
	}
	var outcomes []Outcome
	err := db.Tx(ctx, func(tx *sql.Tx) error {
		n, err := writeNumbers(ctx, tx, len(segments))
		if err != nil {
			return err
		}
		heads, err := db.headsOf(ctx, tx, segments)
		if err != nil {
			return err
		}
		var fresh []Segment
		outcomes, fresh = place(segments, heads)
		if err := db.putSessions(ctx, tx, fresh); err != nil {
			return err
		}
		return db.putSegments(ctx, tx, n, fresh)
	})
	if err != nil {
		return nil, fmt.Errorf("archive %d segments: %w", len(segments), err)
	}
	return outcomes, nil
}

// writeNumbers takes the next count write numbers and returns the first of them.
func writeNumbers(ctx context.Context, tx *sql.Tx, count int) (first int64, err error) {
	err = tx.QueryRowContext(ctx, "UPDATE counters SET n = n + $1 WHERE name = 'segments' RETURNING n", count).Scan(&first)
	if err != nil {
		return 0, fmt.Errorf("take write numbers: %w", err)
	}
	return first - int64(count) + 1, nil
}

// headsOf reads where the archives of the segments' sessions end.
func (db *DB) headsOf(ctx context.Context, tx *sql.Tx, segments []Segment) (map[session.ID]head, error) {
	heads := make(map[session.ID]head, len(segments))
	for chunk := range chunks(segments) {
		ids := make([]any, len(chunk))
		for i := range chunk {
			ids[i] = string(chunk[i].Session)
		}
		rows, err := db.query(ctx, tx, selectHeads, ids)
		if err != nil {
			return nil, fmt.Errorf("read where archives end: %w", err)
		}
		if err := scanHeads(rows, heads); err != nil {
			return nil, err
		}
		if err := db.livesBefore(ctx, tx, ids, heads); err != nil {
			return nil, fmt.Errorf("read the lives of logs: %w", err)
		}
	}
	return heads, nil
}

var selectHeads = &bulk{before: `SELECT id, seq, tail, COALESCE((SELECT life FROM lives WHERE session_id = sessions.id), '')
	FROM sessions WHERE id IN `}

func scanHeads(rows *sql.Rows, heads map[session.ID]head) error {
	defer rows.Close()
	for rows.Next() {
		var id session.ID
		var h head
		if err := rows.Scan(&id, &h.at.Since, &h.at.Tail, &h.life); err != nil {
			return fmt.Errorf("read where archives end: %w", err)
		}
		heads[id] = h
	}
	return rows.Err()
}

// place decides what becomes of each segment and returns those to be written. It moves heads on.
func place(segments []Segment, heads map[session.ID]head) (outcomes []Outcome, fresh []Segment) {
	outcomes = make([]Outcome, len(segments))
	for i, s := range segments {
		now := heads[s.Session]
		head := now.at
		first, last := s.Events[0], s.Events[len(s.Events)-1]
		then := now
		then.at = session.Position{Since: last.Seq, Tail: last.ID}
		switch {
		case s.State.Life != now.life:
			outcomes[i] = Apart
		case first.Seq == head.Since+1 && first.Prev == head.Tail:
			heads[s.Session] = then
			fresh = append(fresh, s)
		case last.Seq == head.Since && last.ID == head.Tail:
			outcomes[i] = Known
		case overlaps(s.Events, head):
			// Somebody else read a little earlier, and was first.
			s.Events = s.Events[head.Since-first.Seq+1:]
			heads[s.Session] = then
			fresh = append(fresh, s)
		default:
			outcomes[i] = Apart
		}
	}
	return outcomes, fresh
}

// overlaps reports whether the archive ends at one of the events.
func overlaps(events []session.Event, head session.Position) bool {
	first, last := events[0].Seq, events[len(events)-1].Seq
	return first <= head.Since && head.Since < last && events[head.Since-first].ID == head.Tail
}

func (db *DB) putSegments(ctx context.Context, tx *sql.Tx, n int64, segments []Segment) error {
	for chunk := range chunks(segments) {
		args := make([]any, 0, len(chunk)*insertSegments.columns)
		for i := range chunk {
			events := chunk[i].Events
			encoded, err := encode(events)
			if err != nil {
				return err
			}
			first, last := events[0], events[len(events)-1]
			args = append(args, n, string(chunk[i].Session), first.Seq, last.Seq, first.ID, last.ID, first.Prev, encoded)
			n++
		}
		if err := db.exec(ctx, tx, insertSegments, len(chunk), args); err != nil {
			return fmt.Errorf("write segments: %w", err)
		}
	}
	return nil
}

var insertSegments = &bulk{
	before:  "INSERT INTO segments (n, session_id, from_seq, to_seq, first_id, last_id, prev_id, events) VALUES ",
	columns: 8,
}
