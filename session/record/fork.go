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
//
// The record may also know another life of the log than the one in Redis: of two nodes that brought it back
// the slower one noted its name, or a replica was promoted that had not heard of a loss. Then what is
// in Redis now stands. All that is written here, on either side, is written only if that side is still as
// it was read: whoever is held up in between must not mend what has lost its memory since.
func (a *Archiver) compare(ctx context.Context, id session.ID) error {
	was, err := a.db.headOf(ctx, id)
	if err != nil {
		return err
	}
	state, err := a.log.State(ctx, id)
	if errors.Is(err, session.ErrGone) {
		return a.mark(ctx, id, head{}) // neither has it any more
	}
	if err != nil {
		return err
	}
	at, err := a.parting(ctx, id, min(was.at.Since, state.Seq))
	if err != nil {
		return err
	}
	f := fork{id: id, was: was, now: head{at, state.Life}}
	switch {
	case at == was.at:
		return a.adopt(ctx, f)
	case at.Since == state.Seq && at.Tail == state.Tail:
		return a.extend(ctx, f)
	}
	if err := a.mendFork(ctx, f); !errors.Is(err, errLost) {
		return err
	}
	return nil // it is compared again when it is back
}

// fork is how the archive of a session was found, and the event at which it parts from the log, with
// the life that the log is in.
type fork struct {
	id       session.ID
	was, now head
}

func (a *Archiver) mark(ctx context.Context, id session.ID, h head) error {
	_, err := a.log.Archived(ctx, []session.Mark{{ID: id, At: h.at, Life: h.life}})
	return err
}

// adopt has the archive go on with the log's life where it ends.
func (a *Archiver) adopt(ctx context.Context, f fork) error {
	if f.was.life != f.now.life {
		done, err := a.db.mend(ctx, f, nil, Segment{})
		if err != nil || !done {
			return err
		}
		a.metrics.forks.WithLabelValues("adopted").Inc()
	}
	return a.mark(ctx, f.id, f.now)
}

func (a *Archiver) extend(ctx context.Context, f fork) error {
	if f.was.life != f.now.life {
		if done, err := a.db.mend(ctx, fork{f.id, f.was, head{f.was.at, f.now.life}}, nil, Segment{}); err != nil || !done {
			return err
		}
	}
	saved, err := a.db.Saved(ctx, f.id)
	if err != nil {
		return err
	}
	saved.State.Life = f.now.life
	done, err := a.log.Extend(ctx, f.id, f.now.at, saved)
	if done {
		a.metrics.forks.WithLabelValues("extended").Inc()
		a.logger.Warn().Str("session", string(f.id)).Uint64("from", f.now.at.Since).Msg("log extended from the record")
	}
	return err
}

// forkPage is how many events of log and archive are compared at a time.
const forkPage = 100

// mendMost is how many events of a log go over to the archive in one step; more follow as they always do.
const mendMost = 5_000

// mendFork says again in the log what only the archive has after the event at which they part, and has
// the archive go on with the log's events from there. The log goes first: whoever dies in between does it
// once more. The archive goes over in one step, so that what was in it is in it at every moment.
func (a *Archiver) mendFork(ctx context.Context, f fork) error {
	extra, err := a.db.Events(ctx, f.id, f.now.at.Since+1, 1<<62)
	if err != nil {
		return err
	}
	left, err := a.sayAgain(ctx, f, extra)
	if err != nil {
		return err
	}
	s, err := a.rest(ctx, f)
	if err != nil {
		return err
	}
	done, err := a.db.mend(ctx, f, left, s)
	if err != nil || !done {
		return err
	}
	a.metrics.forks.WithLabelValues("forked").Inc()
	a.logger.Warn().Str("session", string(f.id)).Uint64("from", f.now.at.Since+1).
		Int("events", len(extra)).Int("left", len(left)).Msg("archive had events that the log lost")
	last := s.Events[len(s.Events)-1]
	return a.mark(ctx, f.id, head{session.Position{Since: last.Seq, Tail: last.ID}, f.now.life})
}

// rest reads what the log has after the event at which it parts from its archive.
func (a *Archiver) rest(ctx context.Context, f fork) (Segment, error) {
	events, err := a.log.Read(ctx, f.id, f.now.at.Since+1, f.now.at.Since+mendMost)
	if err != nil {
		return Segment{}, err
	}
	if len(events) == 0 || events[0].Prev != f.now.at.Tail {
		return Segment{}, fmt.Errorf("session %s: %w", f.id, errLost)
	}
	state, err := a.log.State(ctx, f.id)
	if errors.Is(err, session.ErrGone) || err == nil && state.Life != f.now.life {
		return Segment{}, fmt.Errorf("session %s: %w", f.id, errLost)
	}
	return Segment{Session: f.id, Events: events, State: state}, err
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
func (a *Archiver) sayAgain(ctx context.Context, f fork, events []session.Event) (left []session.Event, err error) {
	for _, e := range events {
		if err := a.lives(ctx, f); err != nil {
			return nil, err
		}
		d := session.Draft{ID: e.ID, Kind: e.Kind, From: e.From, By: e.By, Body: e.Body}
		switch e.Kind {
		case session.KindMessage:
			d.Body.Reason = Recovered
		case session.KindNote, session.KindRating, session.KindFile:
		default:
			left = append(left, e)
			continue
		}
		_, err := a.log.Append(ctx, f.id, session.Append{Drafts: []session.Draft{d}})
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

var errLost = errors.New("the log was lost again while it was compared with its archive")

// lives reports errLost unless the log is still in the life in which it was compared.
func (a *Archiver) lives(ctx context.Context, f fork) error {
	now, err := a.log.State(ctx, f.id)
	if errors.Is(err, session.ErrGone) || err == nil && now.Life != f.now.life {
		return fmt.Errorf("session %s: %w", f.id, errLost)
	}
	return err
}

// mend has the archive of a session end where it parts from the log, and go on from there with a segment
// of the log, if there is one, and in the log's life. What nobody else has is kept beside it. It reports
// false, and changes nothing, if the archive is not any more as it was found.
func (db *DB) mend(ctx context.Context, f fork, left []session.Event, on Segment) (done bool, err error) {
	err = db.Tx(ctx, func(tx *sql.Tx) error {
		n, err := writeNumbers(ctx, tx, 3)
		if err != nil {
			return err
		}
		if now, err := db.headIn(ctx, tx, f.id); err != nil || now != f.was {
			return err
		}
		done = true
		if f.was.life != f.now.life {
			if err := db.putLives(ctx, tx, map[session.ID]string{f.id: f.now.life}); err != nil {
				return err
			}
		}
		if len(left) > 0 {
			if err := keepFork(ctx, tx, n, f.id, left); err != nil {
				return err
			}
		}
		if f.was.at == f.now.at {
			return nil
		}
		if err := db.cutSegments(ctx, tx, n+1, f.id, f.now.at.Since); err != nil {
			return err
		}
		segments := append([]Segment(nil), on)
		segments = db.redacted(segments)
		if err := db.putSessions(ctx, tx, segments); err != nil {
			return err
		}
		return db.putSegments(ctx, tx, n+2, segments)
	})
	if err != nil {
		return false, fmt.Errorf("mend the archive of session %s: %w", f.id, err)
	}
	return done, nil
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
