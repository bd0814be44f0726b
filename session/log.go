package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

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
	// safe runs the scripts that write, if what they wrote must outlive the master; nil is `fast`.
	safe *rdb.Safe
}

// NewLog returns the log on an open Redis. A nil clock means Redis' own, which is what production
// uses; tests pass one to move time.
func NewLog(db *rdb.DB, clock func() int64) *Log {
	return &Log{db: db, crowd: rdb.NewCrowd(db), clock: clock}
}

// Safely returns the same log with the durability `safe`: a write is answered only when a replica of
// the master has it.
func (l *Log) Safely(s *rdb.Safe) *Log {
	return &Log{db: l.db, crowd: l.crowd, clock: l.clock, safe: s}
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

// Birth is what a session is created with.
type Birth struct {
	ID    ID
	Site  string
	Lang  string
	First string // "human" if the visitor wants a person first
}

// Create makes a session, owned by the bot. It reports false if the session was there already.
func (l *Log) Create(ctx context.Context, b Birth) (bool, error) {
	k := keysOf(b.ID)
	n, err := l.write(ctx, createScript, []string{k.state, k.timers}, l.now(), b.Site, b.Lang, b.First).Int()
	if err != nil {
		return false, fmt.Errorf("create session %s: %w", b.ID, err)
	}
	return n == 1, nil
}

// State reads the live state. It returns ErrGone if the session is not in Redis.
func (l *Log) State(ctx context.Context, id ID) (State, error) {
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

// Read returns the events from one seq to another, both included, oldest first.
func (l *Log) Read(ctx context.Context, id ID, from, to uint64) ([]Event, error) {
	entries, err := l.db.Client.XRange(ctx, keysOf(id).log, entryID(from), entryID(to)).Result()
	if err != nil {
		return nil, fmt.Errorf("read session %s: %w", id, err)
	}
	return eventsOf(entries)
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

// Position is where a reader of a log stands: the last seq it has, and the id of that event.
type Position struct {
	Since uint64
	Tail  string
}

// Opened is a session as it stands when a node opens it.
type Opened struct {
	State State
	// Reset says that the reader's position is not in this log: Events are then the last ones, and
	// what the reader holds is not to be trusted.
	Reset  bool
	Events []Event
}

// Open reads the state and the events after a position in one step and, if node is not empty, leases
// the node a place among those told of new events.
//
// What it reads may be younger than the promise of a safe log: a reader who comes is not held up.
func (l *Log) Open(ctx context.Context, id ID, node string, lease time.Duration, at Position) (Opened, error) {
	return l.open(ctx, l.crowd.Do, id, visit{node, lease, at})
}

// openSafely is Open for readers who are told of nothing that could be lost again. Without a replica it
// reads what there is, and confirmed is false.
func (l *Log) openSafely(ctx context.Context, id ID, v visit) (now Opened, confirmed bool, err error) {
	now, err = l.open(ctx, l.write, id, v)
	if errors.Is(err, rdb.ErrNoReplica) {
		now, err = l.open(ctx, l.writeFast, id, v)
		return now, false, err
	}
	return now, true, err
}

// visit is who opens a session, for how long, and from where on.
type visit struct {
	node  string
	lease time.Duration
	at    Position
}

type runner func(ctx context.Context, script rdb.Script, keys []string, args ...any) *redis.Cmd

func (l *Log) open(ctx context.Context, do runner, id ID, v visit) (Opened, error) {
	k := keysOf(id)
	res, err := do(ctx, openScript, []string{k.state, k.log, k.nodes},
		l.now(), v.node, v.lease.Milliseconds(), v.at.Since, v.at.Tail, Window).Slice()
	if err != nil {
		return Opened{}, fmt.Errorf("open session %s: %w", id, err)
	}
	if res[0] == "gone" {
		return Opened{}, fmt.Errorf("open session %s: %w", id, ErrGone)
	}
	out := Opened{State: stateOf(pairs(res[2].([]any))), Reset: res[1].(int64) == 1}
	out.Events, err = eventsOf(entriesOf(res[3].([]any)))
	if cut := overWeight(out.Events); cut > 0 {
		out.Events = out.Events[cut:]
		out.Reset = out.Reset || v.at.Since > 0 // what was cut off would be a gap
	}
	return out, err
}

// windowBytes bounds the text in a window, well within what a socket may have waiting: a visitor who
// cannot take the window would never get past hello. What is older is paged.
const windowBytes = 192 << 10

// overWeight says how many events to leave off at the front.
func overWeight(events []Event) int {
	left := windowBytes
	for i, e := range slices.Backward(events) {
		if left -= len(e.Body.Text) + len(e.Body.Decision); left < 0 && i+1 < len(events) {
			return i + 1
		}
	}
	return 0
}

func entryID(seq uint64) string { return strconv.FormatUint(seq, 10) + "-0" }

func pairs(v []any) map[string]string {
	m := make(map[string]string, len(v)/2)
	for i := 0; i+1 < len(v); i += 2 {
		m[v[i].(string)] = v[i+1].(string)
	}
	return m
}

// entriesOf reads stream entries out of a script's answer, which go-redis leaves raw.
func entriesOf(v []any) []redis.XMessage {
	out := make([]redis.XMessage, len(v))
	for i, e := range v {
		entry := e.([]any)
		fields := entry[1].([]any)
		values := make(map[string]any, len(fields)/2)
		for f := 0; f+1 < len(fields); f += 2 {
			values[fields[f].(string)] = fields[f+1]
		}
		out[i] = redis.XMessage{ID: entry[0].(string), Values: values}
	}
	return out
}

func stateOf(m map[string]string) State {
	num := func(k string) int64 { n, _ := strconv.ParseInt(m[k], 10, 64); return n }
	at := func(k string) (t time.Time) {
		if ms := num(k); ms > 0 {
			t = time.UnixMilli(ms).UTC()
		}
		return t
	}
	s := State{
		Seq: uint64(num("seq")), Tail: m["tail"], Epoch: num("epoch"), Owner: Owner(m["owner"]),
		Agent: m["agent"], Ask: m["ask"], Arrived: num("arrived"), Reason: m["reason"], Queue: m["queue"],
		LastAgent: m["last_agent"], Site: m["site"], Lang: m["lang"], First: m["first"],
		Created: time.UnixMilli(num("created")).UTC(), Void: num("void"),
	}
	s.Spoke = Role(m["spoke"])
	s.At, s.MovedAt, s.HumanAt = at("at"), at("moved"), at("human_at")
	s.Quiet = Quiet{ActiveAt: at("active"), WarnedAt: at("warned"), SeenAt: at("seen")}
	return s
}

func eventsOf(entries []redis.XMessage) ([]Event, error) {
	out := make([]Event, 0, len(entries))
	for _, m := range entries {
		e, err := eventOf(m)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func eventOf(m redis.XMessage) (Event, error) {
	str := func(k string) string { s, _ := m.Values[k].(string); return s }
	head, _, _ := strings.Cut(m.ID, "-")
	seq, err := strconv.ParseUint(head, 10, 64)
	if err != nil {
		return Event{}, fmt.Errorf("stream entry %s: %w", m.ID, err)
	}
	at, _ := strconv.ParseInt(str("at"), 10, 64)
	e := Event{
		Seq: seq, ID: str("id"), Prev: str("p"), At: time.UnixMilli(at).UTC(),
		Kind: Kind(str("k")), From: Role(str("f")), By: str("by"),
	}
	if err := json.Unmarshal([]byte(str("b")), &e.Body); err != nil {
		return Event{}, fmt.Errorf("event %s: %w", e.ID, err)
	}
	if e.Kind == KindMove && (e.Body.To == Waiting || e.Body.To == Human) {
		e.Body.Arrived, _ = strconv.ParseInt(str("ar"), 10, 64)
	}
	return e, nil
}
