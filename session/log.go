package session

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/singleflight"

	"yijian/session/rdb"
)

// Window is how many events an opening client gets at the most; older ones are paged.
const Window = 200

// Log stores sessions in Redis.
type Log struct {
	db    *rdb.DB
	crowd *rdb.Crowd
	// clock returns the time the scripts take, in ms since 1970; nil, always in production, means
	// Redis' own clock.
	clock func() int64
	// record gives back what Redis lost; nil if nothing does.
	record   Restorer
	restores *singleflight.Group
	// keep, if set, returns once the record has a session up to an event: see Keeping.
	keep func(ctx context.Context, id ID, upto uint64) error
	// safe runs the scripts that write, if what they wrote must outlive the master; nil is `fast`.
	safe *rdb.Safe
}

// NewLog returns the log on an open Redis. A nil clock means Redis' own, which is what production
// uses; tests pass one to move time.
func NewLog(db *rdb.DB, clock func() int64) *Log {
	return &Log{db: db, crowd: rdb.NewCrowd(db), clock: clock, restores: &singleflight.Group{}}
}

// Safely returns the same log with the durability `safe`: a write is answered only when a replica of
// the master has it.
func (l *Log) Safely(s *rdb.Safe) *Log {
	c := *l
	c.safe = s
	return &c
}

// write runs a script that changes a session.
func (l *Log) write(ctx context.Context, script rdb.Script, keys []string, args ...any) *redis.Cmd {
	if l.safe != nil {
		return l.safe.Do(ctx, script, keys, args...)
	}
	return l.writeFast(ctx, script, keys, args...)
}

func (l *Log) writeFast(ctx context.Context, script rdb.Script, keys []string, args ...any) *redis.Cmd {
	return script.Do(ctx, l.db.Client, keys, args...)
}

func (l *Log) now() int64 {
	if l.clock == nil {
		return 0
	}
	return l.clock()
}

// NewID returns a fresh session id, a UUIDv7.
func NewID() ID { return ID(uuid.Must(uuid.NewV7()).String()) }

// ParseID reads a session id that came from outside.
func ParseID(s string) (ID, error) {
	u, err := uuid.Parse(s)
	if err != nil || u.Version() != 7 || u.String() != s {
		return "", errors.New("not a session id")
	}
	return ID(s), nil
}

// Born returns when the id was given out.
func (id ID) Born() time.Time {
	u, err := uuid.Parse(string(id))
	if err != nil {
		return time.Time{}
	}
	return time.Unix(u.Time().UnixTime())
}

// Birth is what a session is created with.
type Birth struct {
	ID   ID
	Site string
	Lang string
	Prefers
	// Life is what the record knows a session by that begins again.
	Life string
}

// Create makes a session, owned by the bot. It reports false if the session was there already.
func (l *Log) Create(ctx context.Context, b Birth) (bool, error) {
	k := keysOf(b.ID)
	n, err := l.write(ctx, createScript, []string{k.state, k.timers}, l.now(), b.Site, b.Lang, b.First, b.Assist, b.Life).Int()
	if err != nil {
		return false, fmt.Errorf("create session %s: %w", b.ID, err)
	}
	return n == 1, nil
}

// State reads the live state. It returns ErrGone if the session is neither in Redis nor in the record.
func (l *Log) State(ctx context.Context, id ID) (State, error) {
	var s State
	err := l.again(ctx, id, func() (err error) {
		s, err = l.state(ctx, id)
		return err
	})
	return s, err
}

func (l *Log) state(ctx context.Context, id ID) (State, error) {
	m, err := l.db.Client.HGetAll(ctx, keysOf(id).state).Result()
	if err != nil {
		return State{}, fmt.Errorf("read session %s: %w", id, err)
	}
	if len(m) == 0 {
		return State{}, fmt.Errorf("read session %s: %w", id, ErrGone)
	}
	return stateOf(m), nil
}

// Head is the little that tells whether something else agrees with a session. The zero Head is that
// of a session that is not in Redis.
type Head struct {
	Epoch int64
	Owner Owner
}

// Heads reads the heads of many sessions in one pipeline, in the order asked.
func (l *Log) Heads(ctx context.Context, ids []ID) ([]Head, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	pipe := l.db.Client.Pipeline()
	cmds := make([]*redis.SliceCmd, len(ids))
	for i, id := range ids {
		cmds[i] = pipe.HMGet(ctx, keysOf(id).state, "epoch", "owner")
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return nil, fmt.Errorf("reading the heads of %d sessions: %w", len(ids), err)
	}
	heads := make([]Head, len(ids))
	for i, cmd := range cmds {
		epoch, _ := cmd.Val()[0].(string)
		owner, _ := cmd.Val()[1].(string)
		heads[i].Owner = Owner(owner)
		heads[i].Epoch, _ = strconv.ParseInt(epoch, 10, 64)
	}
	return heads, nil
}

// Read returns the events from one seq to another, both included, oldest first; those that Redis has
// let go of come from the record.
func (l *Log) Read(ctx context.Context, id ID, from, to uint64) ([]Event, error) {
	entries, err := l.db.Client.XRange(ctx, keysOf(id).log, entryID(from), entryID(to)).Result()
	if err != nil {
		return nil, fmt.Errorf("read session %s: %w", id, err)
	}
	events, err := eventsOf(entries)
	from = max(from, 1)
	if err != nil || l.record == nil || to < from || len(events) > 0 && events[0].Seq == from {
		return events, err
	}
	if len(events) > 0 {
		to = events[0].Seq - 1
	}
	older, err := l.record.Events(ctx, id, from, to)
	return append(older, events...), err
}

// Last returns the newest n events, oldest first.
func (l *Log) Last(ctx context.Context, id ID, n int64) ([]Event, error) {
	entries, err := l.db.Client.XRevRangeN(ctx, keysOf(id).log, "+", "-", n).Result()
	if err != nil {
		return nil, fmt.Errorf("read session %s: %w", id, err)
	}
	for i, j := 0, len(entries)-1; i < j; i, j = i+1, j-1 {
		entries[i], entries[j] = entries[j], entries[i]
	}
	return eventsOf(entries)
}

// Void makes the log refuse every accept with an offer number up to offer.
func (l *Log) Void(ctx context.Context, id ID, offer int64) error {
	if err := l.write(ctx, voidScript, []string{keysOf(id).state}, offer).Err(); err != nil {
		return fmt.Errorf("void offer %d of session %s: %w", offer, id, err)
	}
	return nil
}
