package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"yijian/session"
	"yijian/session/rdb"
)

// ErrNoSession says that the record has no session of the id asked for.
var ErrNoSession = errors.New("the record has no such session")

// Session is what the record keeps of a conversation beside its events.
type Session struct {
	ID session.ID
	// Last is where its archive ends.
	Last session.Position
	// Opened is its birth, At the time of its last archived event, and Closed is zero while it is open.
	Opened, At, Closed time.Time
	// State is how it stood at its event State.Seq: the last archived one, or an earlier one while a
	// long catching up is under way. See Events and session.Fold for what came after.
	State session.State
	// Signals are the raw values that decisions were taken from, as JSON, once they are measured. The
	// version says which code measured them.
	Signals       json.RawMessage
	SignalVersion int
}

// putSessions writes one row a session. The last segment of a session says how it stands.
func (db *DB) putSessions(ctx context.Context, tx *sql.Tx, segments []Segment) error {
	rows := make([]Segment, 0, len(segments))
	at := make(map[session.ID]int, len(segments))
	for _, s := range segments {
		if i, twice := at[s.Session]; twice {
			rows[i] = s // PostgreSQL refuses to upsert one row twice in a statement
			continue
		}
		at[s.Session] = len(rows)
		rows = append(rows, s)
	}
	for chunk := range chunks(rows) {
		args := make([]any, 0, len(chunk)*insertSessions.columns)
		for i := range chunk {
			var err error
			if args, err = appendRow(args, &chunk[i]); err != nil {
				return err
			}
		}
		if err := db.exec(ctx, tx, insertSessions, len(chunk), args); err != nil {
			return fmt.Errorf("write sessions: %w", err)
		}
	}
	return nil
}

var insertSessions = &bulk{
	before: `INSERT INTO sessions (id, part, site, lang, owner, agent, queue, reason, arrived, epoch,
	seq, tail, opened_at, last_at, closed_at, state, state_seq) VALUES `,
	columns: 17,
	after: ` ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, agent = excluded.agent,
	queue = excluded.queue, reason = excluded.reason, arrived = excluded.arrived, epoch = excluded.epoch,
	seq = excluded.seq, tail = excluded.tail, last_at = excluded.last_at, closed_at = excluded.closed_at,
	state = excluded.state, state_seq = excluded.state_seq`,
}

func appendRow(args []any, s *Segment) ([]any, error) {
	last := s.Events[len(s.Events)-1]
	state, err := json.Marshal(s.State)
	if err != nil {
		return nil, fmt.Errorf("encode the state of session %s: %w", s.Session, err)
	}
	now := &s.State
	var closed any
	if now.Owner == session.Closed {
		closed = now.MovedAt.UnixMilli()
	}
	return append(args, string(s.Session), rdb.PartitionOf(string(s.Session)), now.Site, now.Lang,
		string(now.Owner), now.Agent, now.Queue, now.Reason, now.Arrived, now.Epoch,
		last.Seq, last.ID, now.Created.UnixMilli(), last.At.UnixMilli(), closed, string(state), now.Seq), nil
}

const selectSession = "SELECT id, seq, tail, opened_at, last_at, closed_at, state, signals, signal_version FROM sessions"

// Session returns what the record keeps of one session, or ErrNoSession.
func (db *DB) Session(ctx context.Context, id session.ID) (Session, error) {
	s, err := scanSession(db.QueryRow(ctx, selectSession+" WHERE id = $1", string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, fmt.Errorf("%w: %s", ErrNoSession, id)
	}
	if err != nil {
		return Session{}, fmt.Errorf("read session %s in the record: %w", id, err)
	}
	return s, nil
}

// sessionsPage is how many rows one read of Sessions holds.
const sessionsPage = 500

// Sessions calls each for every session, in the order of their births. It reads in pages and holds
// nothing open between them, so each may take its time, and may read and write the record.
func (db *DB) Sessions(ctx context.Context, each func(Session) error) error {
	for after := session.ID(""); ; {
		page, err := db.sessionsAfter(ctx, after)
		if err != nil {
			return fmt.Errorf("read the sessions of the record: %w", err)
		}
		for i := range page {
			if err := each(page[i]); err != nil {
				return err
			}
		}
		if len(page) < sessionsPage {
			return nil
		}
		after = page[len(page)-1].ID
	}
}

// sessionsAfter reads a page. Ids are UUIDv7, which sort by birth.
func (db *DB) sessionsAfter(ctx context.Context, after session.ID) ([]Session, error) {
	rows, err := db.Query(ctx, selectSession+" WHERE id > $1 ORDER BY id LIMIT $2", string(after), sessionsPage)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var page []Session
	for rows.Next() {
		s, err := scanSession(rows)
		if err != nil {
			return nil, err
		}
		page = append(page, s)
	}
	return page, rows.Err()
}

func scanSession(row interface{ Scan(...any) error }) (Session, error) {
	var (
		s              Session
		opened, at     int64
		closed         sql.NullInt64
		state          string
		signals        sql.NullString
		signalsVersion sql.NullInt64
	)
	err := row.Scan(&s.ID, &s.Last.Since, &s.Last.Tail, &opened, &at, &closed, &state, &signals, &signalsVersion)
	if err != nil {
		return Session{}, err
	}
	s.Opened, s.At = time.UnixMilli(opened).UTC(), time.UnixMilli(at).UTC()
	if closed.Valid {
		s.Closed = time.UnixMilli(closed.Int64).UTC()
	}
	if signals.Valid {
		s.Signals = json.RawMessage(signals.String)
	}
	s.SignalVersion = int(signalsVersion.Int64)
	if err := json.Unmarshal([]byte(state), &s.State); err != nil {
		return Session{}, fmt.Errorf("state of session %s: %w", s.ID, err)
	}
	return s, nil
}

// PutSignals keeps the raw signal values of a session.
func (db *DB) PutSignals(ctx context.Context, id session.ID, version int, values json.RawMessage) error {
	_, err := db.Exec(ctx, "UPDATE sessions SET signals = $1, signal_version = $2 WHERE id = $3", string(values), version, string(id))
	if err != nil {
		return fmt.Errorf("write the signals of session %s: %w", id, err)
	}
	return nil
}
