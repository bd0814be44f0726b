package rdb_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/rs/zerolog"

	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// once stores a value the first time and writes nothing from then on, as an append does.
var once = rdb.Script{Script: redis.NewScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1`)}

func newSafe(db *rdb.DB, degrade bool) *rdb.Safe {
	return rdb.NewSafe(db, rdb.SafeOptions{Wait: 200 * time.Millisecond, Degrade: degrade, Log: zerolog.Nop()})
}

func TestInvariant1ASafeWriteIsAnsweredWhenAReplicaHasIt(t *testing.T) {
	t.Parallel()
	master, replica := rdbtest.StartReplicated(t)
	db, copied := opened(t, master.URL), opened(t, replica.URL)
	safe := newSafe(db, false)
	for i := range 50 {
		key := fmt.Sprintf("yj:{a}:%d", i)
		err := safe.Do(t.Context(), once, []string{key}, "v").Err()
		for errors.Is(err, rdb.ErrUnconfirmed) && t.Context().Err() == nil {
			err = safe.Do(t.Context(), once, []string{key}, "v").Err() // the machine is busy
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := copied.Client.Get(t.Context(), key).Err(); err != nil {
			t.Fatalf("answered, and the replica does not have it: %v", err)
		}
	}
}

// A write that is repeated finds its work done and writes nothing. It must wait for the first
// writing all the same.
func TestInvariant1ADuplicateIsHeldToTheSamePromise(t *testing.T) {
	t.Parallel()
	master, replica := rdbtest.StartReplicated(t)
	db := opened(t, master.URL)
	safe := newSafe(db, false)
	do := func() (int, error) { return safe.Do(t.Context(), once, []string{"yj:{a}:k"}, "v").Int() }
	replica.Signal(t, syscall.SIGSTOP)
	for range 3 {
		before := offsetOf(t, db)
		if _, err := do(); !errors.Is(err, rdb.ErrUnconfirmed) {
			t.Fatalf("got %v while the replica hangs, want ErrUnconfirmed", err)
		}
		// From Redis 7.2 on, WAIT looks at the connection's last write and not at its last command.
		if after := offsetOf(t, db); after == before {
			t.Fatal("nothing was written that WAIT could wait for")
		}
	}
	replica.Signal(t, syscall.SIGCONT)
	timeout := time.After(15 * time.Second)
	for {
		fresh, err := do()
		if err == nil && fresh == 0 {
			break
		}
		select {
		case <-timeout:
			t.Fatalf("got %d, %v after the replica is back", fresh, err)
		default:
		}
	}
}

func offsetOf(t *testing.T, db *rdb.DB) string {
	t.Helper()
	info, err := db.Client.Info(t.Context(), "replication").Result()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(info, "master_repl_offset:")
	offset, _, _ := strings.Cut(rest, "\r")
	return offset
}

func TestWritesThatComeTogetherShareOneWait(t *testing.T) {
	t.Parallel()
	master, replica := rdbtest.StartReplicated(t)
	safe := rdb.NewSafe(opened(t, master.URL), rdb.SafeOptions{Log: zerolog.Nop()})
	replica.Signal(t, syscall.SIGSTOP)
	const writes = 300
	var wg sync.WaitGroup
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for i := range writes {
		wg.Go(func() {
			key := []string{"yj:{a}:" + strconv.Itoa(i)}
			err := safe.Do(ctx, once, key, "v").Err()
			for errors.Is(err, rdb.ErrUnconfirmed) && ctx.Err() == nil {
				err = safe.Do(ctx, once, key, "v").Err()
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	<-time.After(50 * time.Millisecond) // not waited for: only so that most have begun
	replica.Signal(t, syscall.SIGCONT)
	wg.Wait()
	s := safe.Stats()
	t.Logf("%d writes in %d batches", s.Writes, s.Batches)
	if s.Writes < writes || s.Batches > s.Writes/5 {
		t.Errorf("%d writes took %d batches", s.Writes, s.Batches)
	}
}

func TestWithoutAReplicaSafeRefusesOrDegrades(t *testing.T) {
	t.Parallel()
	db := rdbtest.Real(t)
	refusing, degrading := newSafe(db, false), newSafe(db, true)
	for i := range 2 {
		err := refusing.Do(t.Context(), once, []string{"yj:{a}:" + strconv.Itoa(i)}, "v").Err()
		if !errors.Is(err, rdb.ErrNoReplica) {
			t.Errorf("refusing: got %v, want ErrNoReplica", err)
		}
	}
	if n := db.Client.Exists(t.Context(), "yj:{a}:1").Val(); n != 0 {
		t.Error("a write was refused and made, although the master was known to be alone")
	}
	began := time.Now()
	if got, err := degrading.Do(t.Context(), once, []string{"yj:{a}:2"}, "v").Int(); err != nil || got != 1 {
		t.Errorf("degrading: got %d, %v", got, err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("degrading took %v", took)
	}
	if got := degrading.Stats().Degraded; got != 1 {
		t.Errorf("%d writes counted as degraded, want 1", got)
	}
}

func TestSafeWritesGoToTheMasterOfTheirOwnKey(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a cluster takes seconds to start")
	}
	safe := newSafe(rdbtest.Cluster(t), false)
	var wg sync.WaitGroup
	for i := range rdb.Partitions {
		wg.Go(func() {
			for again := range 2 {
				got, err := safe.Do(t.Context(), once, []string{"yj:" + rdb.Tag(i) + ":k"}, "v").Int()
				if err != nil || got != 1-again {
					t.Errorf("partition %d, try %d: %d, %v", i, again, got, err)
				}
			}
		})
	}
	wg.Wait()
}

func TestInvariant1WhatWasAnsweredSafelySurvivesTheMaster(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a failover takes seconds")
	}
	servers := rdbtest.StartCluster(t)
	db := opened(t, servers.URL)
	safe := newSafe(db, true) // the promoted replica has none of its own
	const tag = "yj:{p1q}:"
	var answered []string
	began := time.Now()
	for i := 0; len(answered) < 200 && time.Since(began) < 4*backWithin; i++ {
		if i == 100 {
			servers.KillMasterOf(t, db, tag)
		}
		key := tag + strconv.Itoa(i)
		if err := safe.Do(t.Context(), once, []string{key}, "v").Err(); err == nil {
			answered = append(answered, key)
		}
	}
	if len(answered) < 200 {
		t.Fatalf("only %d writes were answered", len(answered))
	}
	for _, key := range answered {
		if err := db.Client.Get(t.Context(), key).Err(); err != nil {
			t.Errorf("%s was answered and is lost: %v", key, err)
		}
	}
}
