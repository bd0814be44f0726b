package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"yijian/router/escalate"
	"yijian/session"
	"yijian/session/record"
)

const (
	// journalRoom is how many judgements wait for the next write. More than that in two seconds are not
	// written down: nobody's turn waits for the journal.
	journalRoom = 4096
	// journalDays is how long a judgement is kept.
	journalDays = 30
	// journalMost is how many a site keeps.
	journalMost = 5000
)

// Judged takes a judgement to be written down. It never blocks.
func (s *Store) Judged(j escalate.Judgement) {
	select {
	case s.judged <- j:
	default:
		s.log.Debug().Msg("a judgement was not written down: too many at once")
	}
}

// write stores what is waiting. What cannot be stored is lost: it is a window for ops, not the record.
func (s *Store) write(ctx context.Context) {
	var all []escalate.Judgement
	for len(s.judged) > 0 {
		all = append(all, <-s.judged)
	}
	if len(all) == 0 {
		return
	}
	if err := s.db.Tx(ctx, func(tx *record.Tx) error { return note(ctx, tx, all) }); err != nil {
		s.log.Warn().Err(err).Int("judgements", len(all)).Msg("judgements not written down")
	}
}

func note(ctx context.Context, tx *record.Tx, all []escalate.Judgement) error {
	sites := map[string]time.Time{}
	for _, j := range all {
		body, err := json.Marshal(j.Decided)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO decisions (id, site, session, seq, at, policy, done, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
			j.ID, j.Site, string(j.Session), j.Seq, j.At.UnixMilli(), j.Decided.Policy, j.Done.String(), string(body)); err != nil {
			return err
		}
		sites[j.Site] = j.At
	}
	for site, now := range sites {
		if err := trim(ctx, tx, site, now); err != nil {
			return err
		}
	}
	return nil
}

// trim keeps the window of a site small.
func trim(ctx context.Context, tx *record.Tx, site string, now time.Time) error {
	old := now.AddDate(0, 0, -journalDays).UnixMilli()
	var last record.NullInt64
	err := tx.QueryRowContext(ctx, "SELECT at FROM decisions WHERE site = $1 ORDER BY at DESC LIMIT 1 OFFSET $2", site, journalMost).Scan(&last)
	if err == nil && last.Valid {
		old = max(old, last.Int64)
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM decisions WHERE site = $1 AND at <= $2", site, old)
	return err
}

// Decisions returns the last judgements of some sites, newest first. Only those that would have acted,
// if acted is true.
func (s *Store) Decisions(ctx context.Context, sites []string, acted bool, limit int) ([]escalate.Judgement, error) {
	if len(sites) == 0 {
		return nil, nil
	}
	args := []any{limit}
	marks := make([]string, len(sites))
	for i, site := range sites {
		args = append(args, site)
		marks[i] = "$" + strconv.Itoa(i+2)
	}
	where := "site IN (" + strings.Join(marks, ", ") + ")"
	if acted {
		where += " AND done <> 'none'"
	}
	rows, err := s.db.Query(ctx,
		"SELECT id, site, session, seq, at, done, body FROM decisions WHERE "+where+" ORDER BY at DESC, id LIMIT $1", args...)
	if err != nil {
		return nil, fmt.Errorf("reading decisions: %w", err)
	}
	defer rows.Close()
	all := []escalate.Judgement{}
	for rows.Next() {
		j, err := scanJudgement(rows)
		if err != nil {
			return nil, fmt.Errorf("reading decisions: %w", err)
		}
		all = append(all, j)
	}
	return all, rows.Err()
}

func scanJudgement(rows *record.Rows) (escalate.Judgement, error) {
	var j escalate.Judgement
	var id, done, body string
	var at int64
	if err := rows.Scan(&j.ID, &j.Site, &id, &j.Seq, &at, &done, &body); err != nil {
		return j, err
	}
	j.Session, j.At = session.ID(id), time.UnixMilli(at).UTC()
	if err := j.Done.UnmarshalText([]byte(done)); err != nil {
		return j, err
	}
	return j, json.Unmarshal([]byte(body), &j.Decided)
}
