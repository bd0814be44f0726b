package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"yijian/session"
	"yijian/session/record"
)

// Format is how conversations are written.
type Format string

// The formats.
const (
	CSV   Format = "csv"
	JSONL Format = "jsonl"
)

// MediaType is the format's name in HTTP.
func (f Format) MediaType() string {
	if f == CSV {
		return "text/csv; charset=utf-8"
	}
	return "application/jsonl"
}

// Counts says how much was written.
type Counts struct{ Sessions, Events int }

// Sessions calls each for the ids of all sessions to export, until it returns an error.
type Sessions func(ctx context.Context, each func(session.ID) error) error

// One is the export of single sessions.
func One(ids ...session.ID) Sessions {
	return func(_ context.Context, each func(session.ID) error) error {
		for _, id := range ids {
			if err := each(id); err != nil {
				return err
			}
		}
		return nil
	}
}

// writer writes conversations in one format.
type writer interface {
	write(s record.Session, events []session.Event) error
	// flush passes on what is buffered.
	flush() error
}

// flushEvery is how many conversations are written between two flushes, so that a reader sees progress
// and a write that fails is seen.
const flushEvery = 50

// Write writes sessions to w. One that is erased meanwhile is left out.
func Write(ctx context.Context, w io.Writer, db *record.DB, format Format, sessions Sessions) (Counts, error) {
	var counts Counts
	out, err := newWriter(w, format)
	if err != nil {
		return counts, err
	}
	err = sessions(ctx, func(id session.ID) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, events, err := load(ctx, db, id)
		if errors.Is(err, record.ErrNoSession) {
			return nil
		}
		if err != nil {
			return err
		}
		counts.Sessions, counts.Events = counts.Sessions+1, counts.Events+len(events)
		if err := out.write(s, events); err != nil {
			return fmt.Errorf("export session %s: %w", id, err)
		}
		if counts.Sessions%flushEvery == 0 {
			return out.flush()
		}
		return nil
	})
	return counts, errors.Join(err, out.flush())
}

func newWriter(w io.Writer, format Format) (writer, error) {
	switch format {
	case CSV:
		return newCSV(w)
	case JSONL:
		return newJSONL(w), nil
	}
	return nil, fmt.Errorf("there is no format %q; write csv or jsonl", format)
}

// private is the reason that no export may have (DESIGN §6): nobody is told from others by needing time.
const private = "needs_more_time"

func load(ctx context.Context, db *record.DB, id session.ID) (record.Session, []session.Event, error) {
	s, err := db.Session(ctx, id)
	if err != nil {
		return s, nil, err
	}
	all, err := db.Events(ctx, id, 1, math.MaxInt64)
	if err != nil {
		return s, nil, err
	}
	if s.State.Reason == private {
		s.State.Reason = ""
	}
	events := all[:0]
	for _, e := range all {
		if e.Body.Reason == private {
			e.Body.Reason = ""
		}
		if e.Kind != session.KindDecision && e.Kind != session.KindRead {
			events = append(events, e)
		}
	}
	return s, events, nil
}
