package session_test

import (
	"testing"
	"time"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// Invariant 12: a node that starts while Redis is away serves once it is back, and an inbox that Redis
// forgot is opened again. Signals are only ever in inboxes, so they show it.
func TestANodeHearsHintsAfterARedisThatWasAwayOrForgotTheInboxInvariant12(t *testing.T) {
	t.Parallel()
	server := rdbtest.StartServer(t)
	db, err := rdb.Open(t.Context(), server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	log := session.NewLog(db, nil)
	a, b := runNode(t, log), runNode(t, log)
	for range 2 {
		if err := server.Restart(); err != nil { // with nothing in it
			t.Fatal(err)
		}
		hears(t, a, b)
	}
}

// hears waits until a listener on one node hears what is said on another.
func hears(t *testing.T, a, b *session.Node) {
	t.Helper()
	id, ear := session.NewID(), newEar()
	deadline := time.Now().Add(30 * time.Second)
	subscribed := false
	for time.Now().Before(deadline) {
		if !subscribed {
			subscribed = subscribe(t, a, id, ear)
		}
		_ = b.Signal(t.Context(), id, session.Signal{What: "typing", From: session.FromVisitor})
		select {
		case <-ear.heard:
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Fatal("nothing was heard")
}

// subscribe reports whether Redis was there to do it.
func subscribe(t *testing.T, n *session.Node, id session.ID, l session.Listener) bool {
	t.Helper()
	if _, err := n.Create(t.Context(), session.Birth{ID: id, Site: "demo"}); err != nil {
		return false
	}
	sub, _, err := n.Subscribe(t.Context(), id, session.Position{}, l)
	if err != nil {
		return false
	}
	sub.Start()
	t.Cleanup(sub.Close)
	return true
}
