package rdb_test

import (
	"errors"
	"testing"

	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

func TestEveryBackendAnswers(t *testing.T) {
	t.Parallel()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t)
			if err := db.Client.Set(t.Context(), "yj:k", "v", 0).Err(); err != nil {
				t.Fatal(err)
			}
			if got := db.Client.Get(t.Context(), "yj:k").Val(); got != "v" {
				t.Errorf("got %q, want v", got)
			}
		})
	}
}

func TestTagsAreFixedForEver(t *testing.T) {
	t.Parallel()
	want := map[int]string{0: rdb.Tag(0), 1: rdb.Tag(1), 255: rdb.Tag(255)}
	golden := map[int]string{}
	for i := range want {
		golden[i] = goldenTags[i]
	}
	for i, tag := range want {
		if tag != golden[i] {
			t.Errorf("tag of partition %d: got %s, want %s; changing it loses every session", i, tag, golden[i])
		}
	}
	seen := map[string]bool{}
	for i := range rdb.Partitions {
		seen[rdb.Tag(i)] = true
	}
	if len(seen) != rdb.Partitions {
		t.Errorf("got %d different tags, want %d", len(seen), rdb.Partitions)
	}
}

func TestAnUnreachableRedisIsNamedSo(t *testing.T) {
	t.Parallel()
	_, err := rdb.Open(t.Context(), "redis://127.0.0.1:1")
	if !errors.Is(err, rdb.ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable", err)
	}
}
