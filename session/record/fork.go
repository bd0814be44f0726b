package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"yijian/session"
)

// compare makes the archive of a session and its log follow each other again. After a failover, or
// when a session came back from the record, they may not:
//
// The last event alone does not tell: a message that was sent again may have its old number by chance.
//
//	the archive ends within the log    the log has forgotten how much is archived: it is told
//	the log ends within the archive    it was set back: it gets the missing events, numbers and all
//	both go on differently             a fork: what only the archive has is said again in the log,
//	                                   under the ids it had, and the log's numbers win
func (a *Archiver) compare(ctx context.Context, id session.ID) error {
	last, err := a.db.LastOf(ctx, id)
	if err != nil {
		return err
	}
	state, err := a.log.State(ctx, id)
	if errors.Is(err, session.ErrGone) {
		return a.mark(ctx, id, session.Position{}) // neither has it any more
	}
	if err != nil {
		return err
	}
	at, err := a.parting(ctx, id, min(last.Since, state.Seq))
	switch {
	case err != nil:
		return err
	case at == last:
		return a.mark(ctx, id, last)
	case at.Since == state.Seq && at.Tail == state.Tail:
		return a.extend(ctx, id, at)
	}
	return a.mendFork(ctx, id, at)
}

func (a *Archiver) mark(ctx context.Context, id session.ID, at session.Position) error {
	_, err := a.log.Archived(ctx, []session.Mark{{ID: id, At: at}})
	return err
}

func (a *Archiver) extend(ctx context.Context, id session.ID, at session.Position) error {
	saved, err := a.db.Saved(ctx, id)
	if err != nil {
		return err
	}
	done, err := a.log.Extend(ctx, id, at, saved)
	if done {
		a.metrics.forks.WithLabelValues("extended").Inc()
		a.logger.Warn().Str("session", string(id)).Uint64("from", at.Since).Msg("log extended from the record")
	}
	return err
}

// forkPage is how many events of log and archive are compared at a time.
const forkPage = 100

// mendFork says again in the log what only the archive has after the event at which they part, and lets
// the archive end there. The log goes first: whoever dies in between does it once more.
func (a *Archiver) mendFork(ctx context.Context, id session.ID, at session.Position) error {
	extra, err := a.db.Events(ctx, id, at.Since+1, 1<<62)
	if err != nil {
		return err
	}
	left, err := a.sayAgain(ctx, id, extra)
	if err != nil {
		return err
	}
	if err := a.db.cut(ctx, id, at, left); err != nil {
		return err
	}
	a.metrics.forks.WithLabelValues("forked").Inc()
	a.logger.Warn().Str("session", string(id)).Uint64("from", at.Since+1).
		Int("events", len(extra)).Int("left", len(left)).Msg("archive had events that the log lost")
	return a.mark(ctx, id, at)
}

// parting returns the last event up to a seq until which log and archive are the same. What the log has
// let go of was archived before, and counts as the same.
func (a *Archiver) parting(ctx context.Context, id session.ID, upto uint64) (session.Position, error) {
	for upto > 0 {
		from := uint64(1)
		if upto > forkPage {
			from = upto - forkPage + 1
		}
		theirs, err := a.log.Recorded(a.db).Read(ctx, id, from, upto)
		if err != nil {
			return session.Position{}, err
		}
		ours, err := a.db.Events(ctx, id, from, upto)
		if err != nil {
			return session.Position{}, err
		}
		var common session.Position
		for i := range min(len(ours), len(theirs)) {
			if ours[i].ID != theirs[i].ID || ours[i].Prev != theirs[i].Prev {
				break
			}
			common = session.Position{Since: ours[i].Seq, Tail: ours[i].ID}
		}
		if common.Since > 0 {
			return common, nil
		}
		upto = from - 1
	}
	return session.Position{}, nil
}

// Recovered is the reason of messages that come back into a log out of the record.
const Recovered = "recovered"

// sayAgain brings back what people and bots said. It returns what the log does not take: moves and
// decisions, which were about a state that is no more, and what the bot said to somebody who is in
// line by now.
func (a *Archiver) sayAgain(ctx context.Context, id session.ID, events []session.Event) (left []session.Event, err error) {
	for _, e := range events {
		d := session.Draft{ID: e.ID, Kind: e.Kind, From: e.From, By: e.By, Body: e.Body}
		switch e.Kind {
		case session.KindMessage:
			d.Body.Reason = Recovered
		case session.KindNote, session.KindRating, session.KindFile:
		default:
			left = append(left, e)
			continue
		}
		_, err := a.log.Append(ctx, id, session.Append{Drafts: []session.Draft{d}})
		if _, refused := errors.AsType[*session.RefusedError](err); refused {
			left = append(left, e)
			continue
		}
		if err != nil {
			return nil, err
		}
	}
	return left, nil
}

// cut lets the archive of a session end at a position. What nobody else has is kept beside it.
func (db *DB) cut(ctx context.Context, id session.ID, at session.Position, left []session.Event) error {
	err := db.Tx(ctx, func(tx *sql.Tx) error {
		n, err := writeNumbers(ctx, tx, 2)
		if err != nil {
			return err
		}
		if len(left) > 0 {
			if err := keepFork(ctx, tx, n, id, left); err != nil {
				return err
			}
		}
		if err := db.cutSegments(ctx, tx, n+1, id, at.Since); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE sessions SET seq = $1, tail = $2 WHERE id = $3", at.Since, at.Tail, string(id))
		return err
	})
	if err != nil {
		return fmt.Errorf("cut the archive of session %s: %w", id, err)
	}
	return nil
}

func keepFork(ctx context.Context, tx *sql.Tx, n int64, id session.ID, left []session.Event) error {
	encoded, err := encode(left)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO forks (n, session_id, found_at, from_seq, prev_id, events)
		VALUES ($1, $2, $3, $4, $5, $6)`, n, string(id), time.Now().UnixMilli(), left[0].Seq, left[0].Prev, encoded)
	return err
}

// cutSegments removes what lies after a seq, and writes anew the one segment that it goes through.
func (db *DB) cutSegments(ctx context.Context, tx *sql.Tx, n int64, id session.ID, upto uint64) error {
	rows, err := readRows(ctx, tx, id)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM segments WHERE session_id = $1 AND to_seq > $2", string(id), upto); err != nil {
		return err
	}
	for _, r := range rows {
		if r.from > upto || r.to <= upto {
			continue
		}
		events, err := decode(r.events, r.from, r.prev)
		if err != nil {
			return err
		}
		return db.putSegments(ctx, tx, n, []Segment{{Session: id, Events: events[:upto-r.from+1]}})
	}
	return nil
}
