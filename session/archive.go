package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
)

const (
	// Kept is how many archived events a log keeps in Redis: a window for whoever opens the session,
	// and as much again for whoever resumes. Older ones are read from the record.
	Kept = 2 * Window
	// archiveAgain is how soon a session is looked at again that has more to archive.
	archiveAgain = time.Second
)

// Backlog is what the record does not have yet of a session.
type Backlog struct {
	ID ID
	// Gone says that the session is not in Redis.
	Gone  bool
	State State
	// Archived is the seq of the last event that the log has noted as archived.
	Archived uint64
	// Events follow Archived, not necessarily up to the end of the log.
	Events []Event
}

// Dirty returns the partitions that have sessions to archive now, and since when the first of all of
// them waits for it; zero if none does. A shard that is away is an error beside what others answer.
func (l *Log) Dirty(ctx context.Context) (parts []int, since time.Time, now time.Time, err error) {
	pipe := l.db.Client.Pipeline()
	clock := pipe.Time(ctx)
	firsts := make([]*redis.ZSliceCmd, rdb.Partitions)
	for p := range firsts {
		firsts[p] = pipe.ZRangeWithScores(ctx, dirtyKey(rdb.Tag(p)), 0, 0)
	}
	if _, err = pipe.Exec(ctx); err != nil {
		err = fmt.Errorf("looking for sessions to archive: %w", err)
	}
	if clock.Err() != nil {
		return nil, time.Time{}, time.Time{}, err
	}
	now = clock.Val()
	if ms := l.now(); ms > 0 {
		now = time.UnixMilli(ms)
	}
	for p, first := range firsts {
		z := first.Val()
		if len(z) == 0 || int64(z[0].Score) > now.UnixMilli() {
			continue
		}
		parts = append(parts, p)
		if at := time.UnixMilli(int64(z[0].Score)); since.IsZero() || at.Before(since) {
			since = at
		}
	}
	return parts, since, now, err
}

// ClaimDirty returns at most so many sessions of a partition that are to be archived now. Nobody else
// gets them for a while; Archived ends that.
func (l *Log) ClaimDirty(ctx context.Context, part, most int) ([]ID, error) {
	res, err := claimScript.Do(ctx, l.db.Client, []string{dirtyKey(rdb.Tag(part))},
		l.now(), claimFor.Milliseconds(), most).StringSlice()
	if err != nil {
		return nil, fmt.Errorf("claiming sessions of partition %d to archive: %w", part, err)
	}
	ids := make([]ID, len(res)-1)
	for i, id := range res[1:] {
		ids[i] = ID(id)
	}
	return ids, nil
}

// Backlogs reads what the record does not have yet of sessions of one partition, at most so many
// events of each.
func (l *Log) Backlogs(ctx context.Context, ids []ID, most int) ([]Backlog, error) {
	names := make([]string, 0, 2*len(ids))
	for _, id := range ids {
		k := keysOf(id)
		names = append(names, k.state, k.log)
	}
	res, err := unarchivedScript.Do(ctx, l.db.Client, names, most).Slice()
	if err != nil {
		return nil, fmt.Errorf("reading %d sessions to archive: %w", len(ids), err)
	}
	out := make([]Backlog, len(ids))
	for i, id := range ids {
		one := res[i].([]any)
		m := pairs(one[0].([]any))
		out[i] = Backlog{ID: id, Gone: len(m) == 0}
		if out[i].Gone {
			continue
		}
		out[i].State, out[i].Archived = stateOf(m), uint64(number(m["archived"]))
		if out[i].Events, err = eventsOf(entriesOf(one[1].([]any))); err != nil {
			return nil, fmt.Errorf("reading session %s to archive: %w", id, err)
		}
	}
	return out, nil
}

// Mark is up to where the record has a session, and the life that it has it of.
type Mark struct {
	ID   ID
	At   Position
	Life string
}

// Archived notes up to where the record has sessions of one partition. Their logs let go of what is
// older than Kept. It reports of each whether the log has that event; if not, a failover took it back, or
// the log is in another life.
func (l *Log) Archived(ctx context.Context, marks []Mark) ([]bool, error) {
	if len(marks) == 0 {
		return nil, nil
	}
	names := make([]string, 0, 3*len(marks))
	args := make([]any, 0, 3+4*len(marks))
	args = append(args, l.now(), Kept, archiveAgain.Milliseconds())
	for _, m := range marks {
		k := keysOf(m.ID)
		names = append(names, k.state, k.log, k.dirty)
		args = append(args, string(m.ID), m.At.Since, m.At.Tail, m.Life)
	}
	res, err := archivedScript.Do(ctx, l.db.Client, names, args...).Int64Slice()
	if err != nil {
		return nil, fmt.Errorf("noting what is archived of %d sessions: %w", len(marks), err)
	}
	if len(res) != len(marks) {
		return nil, errors.New("noting what is archived: another number of answers than sessions")
	}
	has := make([]bool, len(marks))
	for i, n := range res {
		has[i] = n == 1
	}
	return has, nil
}
