package session_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// realServers are the kinds of Redis that can be rolled back from outside.
func realServers() map[string]func(t *testing.T) *rdb.DB {
	all := rdbtest.Backends()
	maps.DeleteFunc(all, func(name string, _ func(*testing.T) *rdb.DB) bool { return name != "redis-server" && name != "cluster" })
	return all
}

// rollback remembers a session as it is now and returns what brings it back to that, as a failover
// to a replica that was behind does.
func rollback(t *testing.T, db *rdb.DB, id session.ID) (undo func()) {
	t.Helper()
	tag := "yj:" + rdb.Tag(rdb.PartitionOf(string(id)))
	was := map[string]string{}
	for _, kind := range []string{":s:", ":l:", ":c:"} {
		key := tag + kind + string(id)
		if dump, err := db.Client.Dump(t.Context(), key).Result(); err == nil {
			was[key] = dump
		} else {
			was[key] = ""
		}
	}
	return func() {
		t.Helper()
		pipe := db.Client.TxPipeline() // nobody sees the half of it
		for key, dump := range was {
			if pipe.Del(t.Context(), key); dump != "" {
				pipe.RestoreReplace(t.Context(), key, 0, dump)
			}
		}
		if _, err := pipe.Exec(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// ids are the events of a history, for comparing.
func ids(events []session.Event) []string {
	out := make([]string, len(events))
	for i, e := range events {
		out[i] = e.ID
	}
	return out
}

// tells waits until an ear's history is the log, and says how often it was reset.
func (e *ear) tells(t *testing.T, l *session.Log, id session.ID) int {
	t.Helper()
	var log []session.Event
	e.until(t, "the history of the log", func() bool {
		var err error
		log, err = l.Last(t.Context(), id, session.Window)
		return err == nil && slices.Equal(ids(log), ids(e.history))
	})
	e.mu.Lock()
	defer e.mu.Unlock()
	if diff := cmp.Diff(log, e.history); diff != "" {
		t.Errorf("heard differs from the log (-log +heard):\n%s", diff)
	}
	return e.resets
}

func TestInvariant1WhoeverHeldWhatAFailoverTookBackIsTold(t *testing.T) {
	t.Parallel()
	// How the other timeline goes on after the rollback, and what finds it.
	for name, after := range map[string]func(t *testing.T, n *session.Node, id session.ID){
		"the log is shorter": func(t *testing.T, n *session.Node, _ session.ID) { renew(t, n) },
		"the number is used again": func(t *testing.T, n *session.Node, id session.ID) {
			say(t, n, id, "other")
		},
		"another node uses the number again": func(t *testing.T, n *session.Node, id session.ID) {
			say(t, session.NewNode(n.Log, zerolog.Nop()), id, "other")
		},
		"the numbers are used again and more": func(t *testing.T, n *session.Node, id session.ID) {
			for _, text := range []string{"1", "2", "3", "4", "5", "6"} {
				say(t, session.NewNode(n.Log, zerolog.Nop()), id, text)
			}
		},
		"nobody hinted at the new numbers": func(t *testing.T, n *session.Node, id session.ID) {
			write(t, n.Log, id, says("a", "a"), says("b", "b"), says("c", "c"), says("d", "d"))
			renew(t, n)
		},
		"another listener comes": func(t *testing.T, n *session.Node, id session.ID) { listen(t, n, id, newEar()) },
		"another listener comes later": func(t *testing.T, n *session.Node, id session.ID) {
			write(t, n.Log, id, says("a", "a"), says("b", "b"), says("c", "c"), says("d", "d"))
			listen(t, n, id, newEar())
		},
	} {
		for kind, open := range realServers() {
			t.Run(name+" on "+kind, func(t *testing.T) {
				t.Parallel()
				db := open(t)
				n := runNode(t, session.NewLog(db, nil))
				id := born(t, n.Log)
				e := newEar()
				listen(t, n, id, e)
				say(t, n, id, "kept")
				undo := rollback(t, db, id)
				say(t, n, id, "lost 1")
				say(t, n, id, "lost 2")
				if got := e.tells(t, n.Log, id); got != 0 {
					t.Fatalf("%d resets before anything happened", got)
				}
				undo()
				after(t, n, id)
				if got := e.tells(t, n.Log, id); got == 0 {
					t.Error("the history changed and nobody was told")
				}
				say(t, n, id, "and on")
				e.tells(t, n.Log, id)
			})
		}
	}
}

func TestAResetThatComesBeforeTheStartIsHeardFirst(t *testing.T) {
	t.Parallel()
	db := rdbtest.Real(t)
	n := runNode(t, session.NewLog(db, nil))
	id := born(t, n.Log)
	say(t, n, id, "kept")
	undo := rollback(t, db, id)
	say(t, n, id, "lost")
	e := newEar()
	sub, opened, err := n.Subscribe(t.Context(), id, session.Position{}, e)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Close()
	undo()
	other := newEar()
	listen(t, n, id, other)
	other.tells(t, n.Log, id)
	say(t, n, id, "new")
	other.tells(t, n.Log, id)
	for _, ev := range opened.Events {
		e.Deliver(id, ev)
	}
	sub.Start()
	if e.tells(t, n.Log, id) != 1 {
		t.Errorf("reset %d times, want once", e.resets)
	}
}

func TestASessionThatIsLostWholeIsToldToo(t *testing.T) {
	t.Parallel()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t)
			n := runNode(t, session.NewLog(db, nil))
			id := born(t, n.Log)
			e := newEar()
			listen(t, n, id, e)
			if err := db.Client.Del(t.Context(), "yj:"+rdb.Tag(rdb.PartitionOf(string(id)))+":s:"+string(id)).Err(); err != nil {
				t.Fatal(err)
			}
			renew(t, n)
			e.until(t, "the news", func() bool { return e.lost })
		})
	}
}

func renew(t *testing.T, n *session.Node) {
	t.Helper()
	if err := n.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func say(t *testing.T, n *session.Node, id session.ID, text string) {
	t.Helper()
	if _, err := n.Append(t.Context(), id, session.Append{Drafts: []session.Draft{says(text, text)}}); err != nil {
		t.Fatal(err)
	}
}
