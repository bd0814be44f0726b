package rdb_test

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// backWithin is how soon writes must work again after a master was killed, with a node timeout of
// 2 s: left to itself, the client would need up to a minute.
const backWithin = 15 * time.Second

func opened(t *testing.T, url string) *rdb.DB {
	t.Helper()
	db, err := rdb.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func put(t *testing.T, db *rdb.DB, key string) error {
	t.Helper()
	return db.Client.Set(t.Context(), key, "v", 0).Err()
}

// backAfter counts how long writes fail from now on.
func backAfter(t *testing.T, db *rdb.DB, key string) time.Duration {
	t.Helper()
	began := time.Now()
	var err error
	for time.Since(began) < 4*backWithin {
		if err = put(t, db, key); err == nil {
			return time.Since(began)
		}
		<-time.After(50 * time.Millisecond)
	}
	t.Fatalf("writes do not work again: %v", err)
	return 0
}

func TestWritesWorkAgainSoonAfterAMasterOfTheClusterDied(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a failover takes seconds")
	}
	servers := rdbtest.StartCluster(t)
	db := opened(t, servers.URL)
	const key = "yj:{p1q}:due"
	if err := put(t, db, key); err != nil {
		t.Fatal(err)
	}
	servers.KillMasterOf(t, db, key)
	took := backAfter(t, db, key)
	t.Logf("writes work again after %v", took.Round(time.Millisecond))
	if took > backWithin {
		t.Errorf("writes worked again after %v, want at most %v", took, backWithin)
	}
}

func TestWritesWorkAgainSoonAfterTheMasterOfTheSentinelsDied(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a failover takes seconds")
	}
	servers := rdbtest.StartSentinel(t)
	db := opened(t, servers.URL)
	if err := put(t, db, "yj:k"); err != nil {
		t.Fatal(err)
	}
	servers.KillMaster(t)
	took := backAfter(t, db, "yj:k")
	t.Logf("writes work again after %v", took.Round(time.Millisecond))
	if took > 2*backWithin {
		t.Errorf("writes worked again after %v, want at most %v", took, 2*backWithin)
	}
}

func TestAClusterWithTLSAnswers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a cluster takes seconds to start")
	}
	db := opened(t, rdbtest.StartTLSCluster(t).URL)
	for i := range rdb.Partitions {
		if err := put(t, db, "yj:"+rdb.Tag(i)+":due"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestABlockingReadEndsSoonOnARedisThatHangs(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a read that hangs takes seconds")
	}
	server := rdbtest.StartServer(t)
	db := opened(t, server.URL)
	server.Signal(t, syscall.SIGSTOP)
	began := time.Now()
	err := db.Blocking.XRead(t.Context(), &redis.XReadArgs{Streams: []string{"yj:in", "0"}, Block: rdb.BlockFor}).Err()
	if err == nil || errors.Is(err, redis.Nil) {
		t.Errorf("got %v from a Redis that hangs", err)
	}
	if took := time.Since(began); took > rdb.BlockFor+5*time.Second {
		t.Errorf("the read ended after %v, want about %v", took, rdb.BlockFor+time.Second)
	}
}
