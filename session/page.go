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
		entries, err := l.db.Client.XRevRangeN(ctx, keysOf(id).log, entryID(p.Next-1), "-", pageEvents).Result()
		if err != nil {
			return Page{}, fmt.Errorf("read session %s: %w", id, err)
		}
		events, err := eventsOf(entries)
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
