package rdb_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// echo answers with what it is asked, so that no caller can be given another's answer unseen.
var echo = rdb.Script{Script: redis.NewScript(`return redis.call('INCR', KEYS[1]) .. ':' .. ARGV[1]`)}

func TestEveryoneInACrowdGetsTheirOwnAnswer(t *testing.T) {
	t.Parallel()
	for _, s := range []struct {
		name string
		url  string
	}{
		{"single", rdbtest.Start(t)},
		{"memory", rdb.Memory},
		{"cluster", rdbtest.StartCluster(t).URL},
	} {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			crowd := rdb.NewCrowd(opened(t, s.url))
			var wg sync.WaitGroup
			for i := range 2000 {
				wg.Go(func() {
					key, want := fmt.Sprintf("yj:%s:%d", rdb.Tag(i%rdb.Partitions), i), fmt.Sprintf("1:%d", i)
					got, err := crowd.Do(t.Context(), echo, []string{key}, i).Text()
					if err != nil || got != want {
						t.Errorf("caller %d got %q, %v", i, got, err)
					}
				})
			}
			wg.Wait()
		})
	}
}

func TestAMistakeInACrowdIsItsCallersAlone(t *testing.T) {
	t.Parallel()
	db := opened(t, rdbtest.Start(t))
	if err := db.Client.Set(t.Context(), "yj:{a}:bad", "no number", 0).Err(); err != nil {
		t.Fatal(err)
	}
	crowd := rdb.NewCrowd(db)
	var wg sync.WaitGroup
	for i := range 500 {
		wg.Go(func() {
			key := fmt.Sprintf("yj:{a}:%d", i)
			if i%5 == 0 {
				key = "yj:{a}:bad"
			}
			if err := crowd.Do(t.Context(), echo, []string{key}, i).Err(); (err != nil) != (i%5 == 0) {
				t.Errorf("caller %d got %v", i, err)
			}
		})
	}
	wg.Wait()
}

func TestWhoeverStopsWaitingInACrowdIsToldSo(t *testing.T) {
	t.Parallel()
	server := rdbtest.StartServer(t)
	crowd := rdb.NewCrowd(opened(t, server.URL))
	if err := crowd.Do(t.Context(), echo, []string{"yj:{a}:1"}, 1).Err(); err != nil {
		t.Fatal(err)
	}
	server.Signal(t, syscall.SIGSTOP)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	told := make(chan error, 10)
	for i := range cap(told) {
		wg.Go(func() { told <- crowd.Do(ctx, echo, []string{"yj:{a}:2"}, i).Err() })
	}
	// Two lead batches and see them to their ends, one leads the next; nobody else is held up.
	for range cap(told) - 3 {
		if err := <-told; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a caller got %v", err)
		}
	}
	server.Signal(t, syscall.SIGCONT)
	wg.Wait()
}
