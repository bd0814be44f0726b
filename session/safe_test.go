package session_test

import (
	"errors"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// safeWorld is a safe log on a master, with a session in it, and the replica, which may be made to
// hang.
func safeWorld(t *testing.T) (l *session.Log, id session.ID, replica *rdbtest.Server) {
	t.Helper()
	master, replica := rdbtest.StartReplicated(t)
	l, id = safeOn(t, master)
	return l, id, replica
}

func safeOn(t *testing.T, master *rdbtest.Server) (*session.Log, session.ID) {
	t.Helper()
	db, err := rdb.Open(t.Context(), master.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	safe := rdb.NewSafe(db, rdb.SafeOptions{Wait: 300 * time.Millisecond, Log: zerolog.Nop()})
	fast := session.NewLog(db, nil)
	return fast.Safely(safe), born(t, fast)
}

func TestInvariant1WhatNoReplicaHasIsNeitherAcknowledgedNorDelivered(t *testing.T) {
	t.Parallel()
	l, id, replica := safeWorld(t)
	n := runNode(t, l)
	e := newEar()
	listen(t, n, id, e)
	said := session.Append{Drafts: []session.Draft{says("x", "hello")}}
	replica.Signal(t, syscall.SIGSTOP)
	for range 2 {
		if out, err := n.Append(t.Context(), id, said); !errors.Is(err, rdb.ErrUnconfirmed) {
			t.Fatalf("acknowledged %v, %v", out.Seqs, err)
		}
	}
	if seqs := e.all(); len(seqs) > 0 {
		t.Errorf("delivered %v, which the master may take with it", seqs)
	}
	replica.Signal(t, syscall.SIGCONT)
	// Nobody has to send it again: the node sees to it.
	e.until(t, "the event", func() bool { return slices.Equal(e.seqs, []uint64{1}) })
}

// A replica that lost its connection may be promoted all the same, without what came after.
func TestInvariant1WhatAMasterAloneHasIsNotDeliveredByComparing(t *testing.T) {
	t.Parallel()
	master, replica := rdbtest.StartReplicated(t)
	l, id := safeOn(t, master)
	n := runNode(t, l)
	e := newEar()
	listen(t, n, id, e)
	replica.Signal(t, syscall.SIGSTOP)
	c := master.Client()
	defer func() { _ = c.Close() }()
	if err := c.Do(t.Context(), "CLIENT", "KILL", "TYPE", "replica").Err(); err != nil {
		t.Fatal(err)
	}
	if out, err := n.Append(t.Context(), id, session.Append{Drafts: []session.Draft{says("x", "hello")}}); !errors.Is(err, rdb.ErrNoReplica) {
		t.Fatalf("acknowledged %v, %v", out.Seqs, err)
	}
	wish := session.Append{Drafts: []session.Draft{moves("m:1", session.FromVisitor, session.Waiting, "")}, Urgent: true}
	if _, err := n.Append(t.Context(), id, wish); err != nil {
		t.Fatal(err)
	}
	n.CompareNow(id) // the wish came early: what is before it is looked for
	if seqs := e.all(); len(seqs) > 0 {
		t.Errorf("delivered %v, which the master may take with it", seqs)
	}
	replica.Signal(t, syscall.SIGCONT)
	e.until(t, "both events", func() bool { return slices.Equal(e.seqs, []uint64{1, 2}) })
}

func TestInvariant4AWishForAPersonIsNotHeldUpByAReplica(t *testing.T) {
	t.Parallel()
	l, id, replica := safeWorld(t)
	n := runNode(t, l)
	replica.Signal(t, syscall.SIGSTOP)
	move := session.Append{Drafts: []session.Draft{moves("m:1", session.FromVisitor, session.Waiting, "")}, Urgent: true}
	if out, err := n.Append(t.Context(), id, move); err != nil || out.Now.Owner != session.Waiting {
		t.Errorf("got %+v, %v", out.Now, err)
	}
	replica.Signal(t, syscall.SIGCONT)
}

func TestASessionThatNoReplicaHasIsNotBorn(t *testing.T) {
	t.Parallel()
	l, id, replica := safeWorld(t)
	replica.Signal(t, syscall.SIGSTOP)
	if _, err := l.Create(t.Context(), session.Birth{ID: session.NewID(), Site: "demo"}); !errors.Is(err, rdb.ErrUnconfirmed) {
		t.Errorf("create: got %v, want ErrUnconfirmed", err)
	}
	if err := l.Void(t.Context(), id, 1); !errors.Is(err, rdb.ErrUnconfirmed) {
		t.Errorf("void: got %v, want ErrUnconfirmed", err)
	}
	replica.Signal(t, syscall.SIGCONT)
}

func TestAWriteThatANodeLostTheAnswerToIsDeliveredWhenItIsSentAgain(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		a, b := runNode(t, l), runNode(t, l)
		id := born(t, l)
		atA, atB := newEar(), newEar()
		listen(t, a, id, atA)
		listen(t, b, id, atB)
		write(t, l, id, says("x", "hello")) // stored, and whoever stored it died
		if _, err := a.Append(t.Context(), id, session.Append{Drafts: []session.Draft{says("x", "hello")}}); err != nil {
			t.Fatal(err)
		}
		for _, e := range []*ear{atA, atB} {
			e.until(t, "the event", func() bool { return slices.Equal(e.seqs, []uint64{1}) })
		}
	})
}
