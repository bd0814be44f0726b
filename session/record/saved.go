package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yijian/session"
	"yijian/session/rdb"
)

var _ session.Restorer = (*DB)(nil)

// livelyFor is how long after its last event a conversation with the bot is put back by itself when
// Redis lost it. Older ones are put back when somebody comes.
const livelyFor = 24 * time.Hour

// Saved returns a session as the record has it, or session.ErrGone.
func (db *DB) Saved(ctx context.Context, id session.ID) (session.Saved, error) {
	s, err := db.Session(ctx, id)
	if errors.Is(err, ErrNoSession) {
		return session.Saved{}, fmt.Errorf("restore session %s: %w", id, session.ErrGone)
	}
	if err != nil {
		return session.Saved{}, err
	}
	state, err := db.stateAt(ctx, s)
	if err != nil {
		return session.Saved{}, err
	}
	from := uint64(1)
	if state.Seq > session.Window {
		from = state.Seq - session.Window + 1
	}
	events, err := db.Events(ctx, id, from, state.Seq)
	return session.Saved{State: state, Events: events}, err
}

// stateAt returns how a session stood at its last archived event. As a rule the row says it; in the
// midst of a long catching up, or after a fork was cut off, it follows from the events.
func (db *DB) stateAt(ctx context.Context, s Session) (session.State, error) {
	if s.State.Seq == s.Last.Since && s.State.Tail == s.Last.Tail {
		return s.State, nil
	}
	now := session.State{
		Owner: session.Bot, Epoch: 1,
		Life: s.State.Life, Site: s.State.Site, Lang: s.State.Lang, Prefers: s.State.Prefers, Created: s.State.Created,
	}
	for now.Seq < s.Last.Since {
		events, err := db.Events(ctx, s.ID, now.Seq+1, min(now.Seq+joinedEvents, s.Last.Since))
		if err != nil {
			return session.State{}, err
		}
		if len(events) == 0 || events[0].Seq != now.Seq+1 {
			return session.State{}, fmt.Errorf("the archive of session %s lacks event %d", s.ID, now.Seq+1)
		}
		for _, e := range events {
			now = session.Fold(now, e)
		}
	}
	return now, nil
}

// Living calls each for the open sessions in which something has yet to happen: those who wait, in
// the order of their arrival, then those with a person, then those with the bot that somebody wrote to
// within a day.
func (db *DB) Living(ctx context.Context, who session.Living, each func(session.ID) error) error {
	ids, err := db.living(ctx, who)
	if err != nil {
		return fmt.Errorf("look for open sessions in the record: %w", err)
	}
	for _, id := range ids {
		if err := each(id); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) living(ctx context.Context, who session.Living) ([]session.ID, error) {
	query, args := `SELECT id, part FROM sessions WHERE closed_at IS NULL`, []any{}
	if who.Site != "" {
		query += " AND owner IN ('waiting', 'human') AND site = $1"
		args = append(args, who.Site)
	} else {
		query += " AND (owner IN ('waiting', 'human') OR last_at > $1)"
		args = append(args, time.Now().Add(-livelyFor).UnixMilli())
	}
	query += " ORDER BY CASE owner WHEN 'waiting' THEN 0 WHEN 'human' THEN 1 ELSE 2 END, arrived, id"
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var wanted [rdb.Partitions]bool
	for _, p := range who.Parts {
		wanted[p] = true
	}
	var ids []session.ID
	for rows.Next() {
		var id session.ID
		var part int
		if err := rows.Scan(&id, &part); err != nil {
			return nil, err
		}
		if len(who.Parts) == 0 || wanted[part] {
			ids = append(ids, id)
		}
	}
	return slices.Clip(ids), rows.Err()
}
