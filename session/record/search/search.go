package search

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"yijian/session"
	"yijian/session/record/words"
)

// The windows of one search: how many matches each looks at. Together they bound the work.
const (
	firstWindow = 256
	lastWindow  = 16 << 10
	wider       = 8
)

const hitColumns = `s.id, s.site, s.lang, s.owner, s.agent, s.reason, s.queue, COALESCE(s.rating, 0), s.opened_at, COALESCE(s.closed_at, 0)`

// Search returns one page of what a query finds.
func (x *Index) Search(ctx context.Context, q Query) (Page, error) {
	page, err := x.page(ctx, q)
	if err != nil {
		return Page{}, err
	}
	for i := range page.Hits {
		if err := x.read(ctx, &page.Hits[i]); err != nil {
			return Page{}, err
		}
	}
	return page, nil
}

// page is one without its messages.
func (x *Index) page(ctx context.Context, q Query) (Page, error) {
	if q.Limit <= 0 || q.Limit > MaxLimit {
		q.Limit = DefaultLimit
	}
	q.Sites = possible(q.Sites)
	if !findable(string(q.Owner)) || !findable(q.Agent) || !findable(q.Reason) || !findable(q.Queue) {
		return Page{}, nil
	}
	if q.Text == "" {
		return x.browse(ctx, q)
	}
	return x.words(ctx, q)
}

// words looks for messages.
func (x *Index) words(ctx context.Context, q Query) (Page, error) {
	parsed := words.Parse(q.Text)
	page := Page{Terms: parsed.Terms()}
	if parsed.Empty() || q.Sites != nil && len(q.Sites) == 0 {
		return page, nil
	}
	before, least := bounds(q)
	if q.After != "" {
		at, err := decodeCursor(q.After)
		if err != nil {
			return page, err
		}
		if before, err = at.message(); err != nil {
			return page, err
		}
	}
	tx, err := x.db.Read(ctx)
	if err != nil {
		return page, err
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	if prepare := x.engine.prepare(); prepare != "" {
		if _, err := tx.ExecContext(ctx, prepare); err != nil {
			return page, fmt.Errorf("search the record: %w", err)
		}
	}
	w := &windows{tx: tx, engine: x.engine, query: q, match: x.engine.condition(parsed, q.Sites), before: before, least: least}
	if err := w.run(ctx); err != nil {
		return page, fmt.Errorf("search the record: %w", err)
	}
	page.Hits, page.Next = w.hits, w.next
	return page, nil
}

// bounds are the ids between which messages of the asked time lie.
func bounds(q Query) (before, least int64) {
	before = 1<<63 - 1
	if !q.To.IsZero() {
		before = firstID(q.To)
	}
	if !q.From.IsZero() {
		least = firstID(q.From)
	}
	return before, least
}

// windows walks back through the matches until a page is full, all are seen, or it was enough.
type windows struct {
	tx            *sql.Tx
	engine        engine
	query         Query
	match         string
	before, least int64
	hits          []Hit
	next          string
}

func (w *windows) run(ctx context.Context) error {
	for size := firstWindow; size <= lastWindow; size *= wider {
		if err := w.look(ctx, size); err != nil {
			return err
		}
		if n := w.query.Limit; len(w.hits) > n {
			w.hits, w.next = w.hits[:n], messageCursor(w.hits[n-1].id).encode()
			return nil
		}
		seen, last, err := w.seen(ctx, size)
		if err != nil || seen < size {
			return err
		}
		w.before = last
	}
	w.next = messageCursor(w.before).encode()
	return nil
}

// look adds the hits of one window.
func (w *windows) look(ctx context.Context, size int) error {
	f := &filter{args: []any{w.match, w.before, w.least, size}}
	f.of(w.query)
	f.args = append(f.args, w.query.Limit+1-len(w.hits))
	rows, err := w.tx.QueryContext(ctx, "WITH hits AS ("+w.engine.window()+") SELECT "+hitColumns+`, m.id, m.seq
		FROM hits JOIN messages m ON m.id = hits.id JOIN sessions s ON s.id = m.session_id
		WHERE `+f.sql()+fmt.Sprintf(" ORDER BY m.id DESC LIMIT $%d", len(f.args)), f.args...)
	if err != nil {
		return err
	}
	found, err := scan(rows, true)
	w.hits = append(w.hits, found...)
	return err
}

// seen counts the matches of a window and returns the last.
func (w *windows) seen(ctx context.Context, size int) (n int, last int64, err error) {
	err = w.tx.QueryRowContext(ctx, "SELECT count(*), COALESCE(min(id), 0) FROM ("+w.engine.window()+") AS hits",
		w.match, w.before, w.least, size).Scan(&n, &last)
	return n, last, err
}

// browse lists sessions, the youngest first.
func (x *Index) browse(ctx context.Context, q Query) (Page, error) {
	var f filter
	f.sites(q.Sites)
	f.of(q)
	if !q.From.IsZero() {
		f.add("s.opened_at >= ?", q.From.UnixMilli())
	}
	if !q.To.IsZero() {
		f.add("s.opened_at < ?", q.To.UnixMilli())
	}
	if q.After != "" {
		at, err := decodeCursor(q.After)
		if err != nil {
			return Page{}, err
		}
		id, err := at.session()
		if err != nil {
			return Page{}, err
		}
		f.add("s.id < ?", string(id))
	}
	f.args = append(f.args, q.Limit+1)
	rows, err := x.db.Query(ctx, "SELECT "+hitColumns+" FROM sessions s WHERE "+f.sql()+
		fmt.Sprintf(" ORDER BY s.id DESC LIMIT $%d", len(f.args)), f.args...)
	if err != nil {
		return Page{}, fmt.Errorf("list the record: %w", err)
	}
	var page Page
	if page.Hits, err = scan(rows, false); err != nil {
		return Page{}, fmt.Errorf("list the record: %w", err)
	}
	if len(page.Hits) > q.Limit {
		page.Hits = page.Hits[:q.Limit]
		page.Next = sessionCursor(page.Hits[q.Limit-1].Session).encode()
	}
	return page, nil
}

func scan(rows *sql.Rows, found bool) ([]Hit, error) {
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var h Hit
		var opened, closed int64
		into := []any{&h.Session, &h.Site, &h.Lang, &h.Owner, &h.Agent, &h.Reason, &h.Queue, &h.Rating, &opened, &closed}
		if found {
			into = append(into, &h.id, &h.seq)
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		h.Opened = time.UnixMilli(opened).UTC()
		if closed > 0 {
			h.Closed = time.UnixMilli(closed).UTC()
		}
		hits = append(hits, h)
	}
	return hits, rows.Err()
}

// opening is how many events of a conversation are looked through for the visitor's first words.
const opening = 8

// read puts the message of a hit in, from the one place where texts are kept.
func (x *Index) read(ctx context.Context, h *Hit) error {
	from, to := h.seq, h.seq
	if h.seq == 0 {
		from, to = 1, opening
	}
	events, err := x.db.Events(ctx, h.Session, from, to)
	if err != nil {
		return err
	}
	for _, e := range events {
		if h.seq != 0 || e.Kind == session.KindMessage && e.From == session.FromVisitor {
			h.Message = e
			return nil
		}
	}
	return nil
}
