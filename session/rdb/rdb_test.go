package rdb_test

import (
	"context"
	"errors"
	"strings"
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
			if err := db.Client.Set(t.Context(), "k", "v", 0).Err(); err != nil {
				t.Fatal(err)
			}
			if got := db.Client.Get(t.Context(), "k").Val(); got != "v" {
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

func TestAWrongURLSaysWhatToWriteAndKeepsThePassword(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://h", "redis://:s3cret@[", "redis-sentinel://h:1"} {
		_, err := rdb.Open(context.Background(), url)
		if err == nil {
			t.Fatalf("%s: got no error", url)
		}
		if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the password is in the error: %v", err)
		}
	}
}

func TestAnUnreachableRedisIsNamedSo(t *testing.T) {
	t.Parallel()
	_, err := rdb.Open(t.Context(), "redis://127.0.0.1:1")
	if !errors.Is(err, rdb.ErrUnreachable) {
		t.Errorf("got %v, want ErrUnreachable", err)
	}
}
