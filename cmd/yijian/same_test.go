package main

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/record"
)

// sameEverywhere waits until every archive is its log, both ways: the record has all that is in Redis, and
// nothing else. It returns how many sessions and events there are.
func sameEverywhere(t *testing.T, redisURL, target string) (sessions, events int) {
	t.Helper()
	redisDB, err := rdb.Open(t.Context(), redisURL)
	if err != nil {
		t.Fatal(err)
	}
	defer redisDB.Close()
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var diff string
	defer func() {
		if diff != "" {
			t.Log(diff)
		}
	}()
	began := time.Now()
	eventually(t, "the archiver does not catch up", func() bool { return unarchived(t, redisDB) == 0 })
	t.Logf("the archiver had caught up after %s", time.Since(began).Round(time.Millisecond))
	eventually(t, "the record does not become what is in redis", func() bool {
		diff, sessions, events = difference(t, redisDB, db)
		return diff == ""
	})
	return sessions, events
}

// difference is the first that is found between logs and archives, or empty.
func difference(t *testing.T, redisDB *rdb.DB, db *record.DB) (diff string, sessions, events int) {
	t.Helper()
	log := session.NewLog(redisDB, nil).Recorded(db)
	known := map[session.ID]bool{}
	err := db.Sessions(t.Context(), func(s record.Session) error {
		stored, err := log.Read(t.Context(), s.ID, 1, 1<<40)
		if err != nil {
			return err
		}
		archived, err := db.Events(t.Context(), s.ID, 1, 1<<40)
		if diff == "" && !reflect.DeepEqual(archived, stored) { // cmp takes long where there is much
			diff = fmt.Sprintf("the archive of session %s is not its log: %s", s.ID, cmp.Diff(archived, stored))
		}
		known[s.ID] = true
		sessions, events = sessions+1, events+len(stored)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range inRedis(t, redisDB) {
		state, err := log.State(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if !known[id] && state.Seq > 0 {
			diff = fmt.Sprintf("the record does not have session %s", id)
		}
	}
	return diff, sessions, events
}

// unarchived counts the sessions that a Redis has to archive, due or not.
func unarchived(t *testing.T, db *rdb.DB) (n int) {
	t.Helper()
	for _, key := range keysLike(t, db, "yj:{p*}:dirty") {
		n += int(db.Client.ZCard(t.Context(), key).Val())
	}
	return n
}

func inRedis(t *testing.T, db *rdb.DB) (ids []session.ID) {
	t.Helper()
	for _, key := range keysLike(t, db, "yj:{p*}:s:*") {
		ids = append(ids, session.ID(key[strings.LastIndexByte(key, ':')+1:]))
	}
	return ids
}

func keysLike(t *testing.T, db *rdb.DB, pattern string) (keys []string) {
	t.Helper()
	single, ok := db.Client.(*redis.Client)
	if !ok {
		t.Fatalf("%T cannot be scanned", db.Client)
	}
	found := single.Scan(context.WithoutCancel(t.Context()), 0, pattern, 1000).Iterator()
	for found.Next(t.Context()) {
		keys = append(keys, found.Val())
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return keys
}
