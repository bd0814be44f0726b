package session_test

import (
	"testing"
	"time"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// evictable is a store with a session that is ready to leave it, but for what a test changes.
type evictable struct {
	*testing.T
	db  *rdb.DB
	log *session.Log
	clk *clock
	id  session.ID
}

const evictAfter = 24 * time.Hour

func (e *evictable) evicts(want session.Eviction) {
	e.Helper()
	got, err := e.log.Evict(e.Context(), e.id, evictAfter, "settle", "expire", "look")
	if err != nil || got != want {
		e.Fatalf("evicting: %q (%v), want %q", got, err, want)
	}
}

// archive says how much of the log the record has.
func (e *evictable) archive(seq uint64) {
	e.Helper()
	state := "yj:" + rdb.Tag(rdb.PartitionOf(string(e.id))) + ":s:" + string(e.id)
	if err := e.db.Client.HSet(e.Context(), state, "archived", seq).Err(); err != nil {
		e.Fatal(err)
	}
}

// left lists what Redis holds of the session and its partition: keys, then timers.
func (e *evictable) left() []string {
	e.Helper()
	tag := "yj:" + rdb.Tag(rdb.PartitionOf(string(e.id)))
	var out []string
	for _, key := range []string{":s:", ":l:", ":c:", ":n:"} {
		n, err := e.db.Client.Exists(e.Context(), tag+key+string(e.id)).Result()
		if err != nil {
			e.Fatal(err)
		}
		if n > 0 {
			out = append(out, key)
		}
	}
	timers, err := e.db.Client.ZRange(e.Context(), tag+":due", 0, -1).Result()
	if err != nil {
		e.Fatal(err)
	}
	return append(out, timers...)
}

func onEveryStoreWithAClosedSession(t *testing.T, test func(e *evictable)) {
	t.Helper()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &clock{ms: 1_700_000_000_000}
			db := open(t)
			l := session.NewLog(db, c.now)
			e := &evictable{T: t, db: db, log: l, clk: c, id: born(t, l)}
			armed(t, l, e.id, 90*24*time.Hour)
			write(t, l, e.id, moves("m:end", session.FromVisitor, session.Closed, ""))
			test(e)
		})
	}
}

func TestASessionLeavesRedisOnlyWhenNothingWouldBeLost(t *testing.T) {
	t.Parallel()
	onEveryStoreWithAClosedSession(t, func(e *evictable) {
		e.archive(2)
		e.evicts(session.TooRecent)
		e.clk.pass(evictAfter - time.Millisecond)
		e.evicts(session.TooRecent)
		e.clk.pass(time.Millisecond)
		e.archive(1)
		e.evicts(session.Unarchived)
		e.archive(2)

		write(e.T, e.log, e.id, moves("m:again", session.FromVisitor, session.Bot, ""))
		e.evicts(session.StillOpen)
		write(e.T, e.log, e.id, moves("m:end2", session.FromVisitor, session.Closed, ""))
		e.clk.pass(evictAfter)
		e.evicts(session.Unarchived)
		e.archive(4)

		e.heldBy("a node")
		e.evicts(session.StillHeld)
		before, err := e.log.State(e.Context(), e.id)
		if err != nil || before.Seq != 4 {
			e.Fatalf("after refusals the log is at %d (%v), want 4 untouched", before.Seq, err)
		}
		e.clk.pass(2 * time.Minute) // the node died: its lease runs out
		e.evicts(session.Evicted)
		if left := e.left(); len(left) > 0 {
			e.Errorf("left in Redis: %q", left)
		}
		e.evicts(session.Gone)
		if _, err := e.log.State(e.Context(), e.id); err == nil {
			e.Error("an evicted session has a state")
		}
	})
}

// heldBy opens the session as a node does for its visitor's page.
func (e *evictable) heldBy(node string) {
	e.Helper()
	if _, err := e.log.Open(e.Context(), e.id, node, time.Minute, session.Position{}); err != nil {
		e.Fatal(err)
	}
}
