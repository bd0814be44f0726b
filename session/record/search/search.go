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
	firstWindow = 64
	lastWindow  = 16 << 10
	wider       = 16
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
	if w.query.Agent != "" {
		condition, most := w.engine.among()
		n, err := w.answered(ctx, most)
		switch {
		case err != nil || n == 0:
			return err
		case n <= most:
			return w.through(ctx, condition)
		}
	}
	for size := firstWindow; size <= lastWindow; size *= wider {
		ids, err := w.window(ctx, size)
		if err != nil {
			return err
		}
		if err := w.look(ctx, ids); err != nil {
			return err
		}
		if w.full() || len(ids) < size {
			return nil
		}
		w.before = ids[size-1]
	}
	w.next = messageCursor(w.before).encode()
	return nil
}

// full cuts the page where there is more than one of hits, and says where the next begins.
func (w *windows) full() bool {
	n := w.query.Limit
	if len(w.hits) <= n {
		return false
	}
	w.hits, w.next = w.hits[:n], messageCursor(w.hits[n-1].id).encode()
	return true
}

// window reads the ids of the next matches. They are asked for alone: together with who they belong to and
// how few are wanted, PostgreSQL expects to meet enough of a rare word on its way back through all that was
// said, and walks it to the end.
func (w *windows) window(ctx context.Context, size int) ([]int64, error) {
	rows, err := w.tx.QueryContext(ctx, w.engine.window(), w.match, w.before, w.least, size)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// look adds the hits among some matches.
func (w *windows) look(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	table, list := w.engine.list(ids)
	f := &filter{args: []any{list}}
	f.of(w.query)
	f.args = append(f.args, w.query.Limit+1-len(w.hits))
	query := "SELECT " + hitColumns + ", m.id, m.seq FROM " + table + //nolint:gosec // G202: placeholders only
		`
		JOIN messages m ON m.id = hits.id JOIN sessions s ON s.id = m.session_id
		WHERE ` + f.sql() + fmt.Sprintf(" ORDER BY m.id DESC LIMIT $%d", len(f.args))
	rows, err := w.tx.QueryContext(ctx, query, f.args...)
	if err != nil {
		return err
	}
	found, err := scan(rows, true)
	w.hits = append(w.hits, found...)
	return err
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
