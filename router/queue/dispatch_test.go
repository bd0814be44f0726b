package queue_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// TestADispatcherThatDiedKeepsOthersFromItsDeskNoLongerThanItsLease lets one die after every trip that
// it makes. What it had offered stands; what it had not, another offers once the lease is over.
func TestADispatcherThatDiedKeepsOthersFromItsDeskNoLongerThanItsLease(t *testing.T) {
	t.Parallel()
	for trips := range 6 {
		url := rdbtest.Start(t)
		b := newBench(t, rdbtest.Dying(t, url, math.MaxInt).DB, queue.Options{})
		b.join("a")
		b.join("b")
		b.sit("ann", 2)
		dead := queue.New(rdbtest.Dying(t, url, trips).DB, queue.Options{NowMS: b.now.Load})
		if _, err := dead.Dispatch(t.Context(), site); !errors.Is(err, rdbtest.ErrDead) {
			b.Fatalf("%d trips: got %v", trips, err)
		}
		b.advance(time.Second)
		b.dispatch() // perhaps too early
		b.advance(time.Second + time.Millisecond)
		b.dispatch()
		b.same("load", b.seat("ann").Load, 2)
		for _, id := range []session.ID{"a", "b"} {
			b.same(string(id), b.ticket(id).State, queue.Offered)
		}
	}
}

func TestADispatcherThatFindsAnotherAtWorkHasItLookAgain(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		for range 20 {
			first, second := make(chan queue.Dispatched), make(chan queue.Dispatched)
			for _, c := range []chan queue.Dispatched{first, second} {
				go func() {
					done, err := b.desk.Dispatch(b.Context(), site)
					if err != nil {
						b.Error(err)
					}
					c <- done
				}()
			}
			one, two := <-first, <-second
			offers := append(one.Offers, two.Offers...)
			if len(offers) == 0 && (one.More || two.More) {
				offers = b.dispatch()
			}
			b.same("offers", len(offers), 1)
			b.decline(offers[0])
			b.advance(queue.WidenAfter)
			b.sit("ann", 1)
		}
	})
}
