package session

import (
	"context"
	"fmt"
	"slices"
)

// What one page holds at the most. The bytes keep a page of long messages well inside what may wait
// to be written to one socket; the reads keep a log full of hidden events from holding Redis long.
const (
	pageEvents = 100
	pageBytes  = 128 << 10
	pageReads  = 20
)

// Page is a stretch of a log for a reader who goes backwards.
type Page struct {
	// Events are oldest first.
	Events []Event
	// Next is the seq to read before to go on, or 0 at the beginning of the log.
	Next uint64
}

// Before reads backwards from a seq, which is not included, and keeps the events that show accepts.
// Hidden ones do not make a page short, except where it would take more than a bounded number of
// reads: then the page ends early and Next says where to go on.
func (l *Log) Before(ctx context.Context, id ID, seq uint64, show func(Event) bool) (Page, error) {
	p := Page{Next: seq}
	size := 0
	for range pageReads {
		if p.Next <= 1 {
			break
		}
		events, err := l.back(ctx, id, p.Next)
		if err != nil {
			return Page{}, err
		}
		if full := p.take(events, show, &size); full {
			break
		}
		if len(events) < pageEvents {
			p.Next = 0
		}
	}
	if p.Next <= 1 {
		p.Next = 0
	}
	slices.Reverse(p.Events)
	return p, nil
}

// back returns at most pageEvents before a seq, newest first; what Redis let go of is in the record.
func (l *Log) back(ctx context.Context, id ID, seq uint64) ([]Event, error) {
	entries, err := l.db.Client.XRevRangeN(ctx, keysOf(id).log, entryID(seq-1), "-", pageEvents).Result()
	if err != nil {
		return nil, fmt.Errorf("read session %s: %w", id, err)
	}
	events, err := eventsOf(entries)
	if err != nil || l.record == nil || len(events) == pageEvents {
		return events, err
	}
	if len(events) > 0 {
		seq = events[len(events)-1].Seq
	}
	if seq <= 1 {
		return events, nil
	}
	first := uint64(1)
	if most := uint64(pageEvents - len(events)); seq > most {
		first = seq - most
	}
	older, err := l.record.Events(ctx, id, first, seq-1)
	slices.Reverse(older)
	return append(events, older...), err
}

// take adds events, which are newest first, until the page is full.
func (p *Page) take(events []Event, show func(Event) bool, size *int) (full bool) {
	for _, e := range events {
		if show(e) {
			*size += len(e.Body.Text)
			if len(p.Events) == pageEvents || (len(p.Events) > 0 && *size > pageBytes) {
				return true
			}
			p.Events = append(p.Events, e)
		}
		p.Next = e.Seq
	}
	return false
}
