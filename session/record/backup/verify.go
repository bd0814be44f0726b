package backup

import (
	"context"
	"fmt"
	"math"

	"yijian/session/record"
	"yijian/session/record/search"
)

// Fault is something that is not as it must be.
type Fault struct {
	Session string
	What    string
}

// String is the fault on a line.
func (f Fault) String() string { return f.Session + ": " + f.What }

// Verified is what Verify looked at and found.
type Verified struct {
	Sessions, Events int
	Faults           []Fault
	// Behind is how many messages the text index lacks; it catches up by itself.
	Behind int
}

// mostFaults bounds what is remembered; a record with more has one cause.
const mostFaults = 1000

// Verify reads every conversation: its segments can be decoded, its events are numbered without a gap,
// each names the one before it, and they end where the session says; and it counts what the index lacks.
func Verify(ctx context.Context, db *record.DB) (Verified, error) {
	var v Verified
	searchable := 0
	err := db.Sessions(ctx, func(s record.Session) error {
		v.Sessions++
		n, err := v.session(ctx, db, s)
		searchable += n
		return err
	})
	if err != nil {
		return v, err
	}
	var indexed int
	if err := db.QueryRow(ctx, "SELECT count(*) FROM messages").Scan(&indexed); err != nil {
		return v, fmt.Errorf("count the index: %w", err)
	}
	v.Behind = searchable - indexed
	return v, ctx.Err()
}

func (v *Verified) session(ctx context.Context, db *record.DB, s record.Session) (searchable int, err error) {
	events, err := db.Events(ctx, s.ID, 1, math.MaxInt64)
	if ctx.Err() != nil {
		return 0, err
	}
	if err != nil {
		v.fault(s, "its segments cannot be read: %s", err)
		return 0, nil
	}
	prev := ""
	for i, e := range events {
		if e.Seq != uint64(i)+1 {
			v.fault(s, "event %d stands where %d should", e.Seq, i+1)
			return searchable, nil
		}
		if e.Prev != prev {
			v.fault(s, "event %d follows %q, but %q stands before it", e.Seq, e.Prev, prev)
		}
		if prev = e.ID; search.Indexed(e) {
			searchable++
		}
	}
	v.Events += len(events)
	if n := uint64(len(events)); n != s.Last.Since || prev != s.Last.Tail {
		v.fault(s, "it ends at event %d %q, and says %d %q", n, prev, s.Last.Since, s.Last.Tail)
	}
	return searchable, nil
}

func (v *Verified) fault(s record.Session, what string, args ...any) {
	if len(v.Faults) < mostFaults {
		v.Faults = append(v.Faults, Fault{string(s.ID), fmt.Sprintf(what, args...)})
	}
}
