package queue_test

import (
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

func TestTheP95IsOfThoseWhoReachedAPersonInTheLastHalfHour(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		p95 := func() time.Duration {
			b.Helper()
			got, err := b.desk.P95(b.Context(), site)
			b.is(err, nil)
			return got
		}
		b.same("of nobody", p95(), time.Duration(0))
		for i := range 20 {
			b.join(sid(i))
		}
		for i := range 20 {
			b.advance(10 * time.Second)
			b.settle(human(sid(i), 2, "ann"))
			b.settle(human(sid(i), 2, "ann")) // told twice is one
		}
		b.same("of twenty, the nineteenth", p95(), 190*time.Second)
		b.advance(29 * time.Minute)
		b.settle(queue.Projection{Session: sid(0), Epoch: 3, Owner: session.Waiting, Queue: "general", Arrived: start.UnixMicro()})
		b.advance(30 * time.Second)
		b.settle(human(sid(0), 4, "bob"))
		b.same("with one given back, who waited anew", p95(), 200*time.Second)
		b.advance(40 * time.Second)
		b.same("the last half hour", p95(), 30*time.Second)
		b.advance(time.Hour)
		b.same("long after", p95(), time.Duration(0))
	})
}
