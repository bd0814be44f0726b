package queue_test

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

const site = "demo"

// start is when every test begins, on the clock it hands to the desk.
var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// bench is one desk on one backend with a clock of its own.
type bench struct {
	*testing.T
	desk *queue.Desk
	db   *rdb.DB
	now  atomic.Int64 // ms
}

// onEveryBackend runs a test on the in-process Redis and on a real one.
func onEveryBackend(t *testing.T, test func(b *bench)) {
	t.Helper()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(newBench(t, open(t), queue.Options{}))
		})
	}
}

func newBench(t *testing.T, db *rdb.DB, o queue.Options) *bench {
	t.Helper()
	b := &bench{T: t, db: db}
	b.now.Store(start.UnixMilli())
	o.NowMS = b.now.Load
	if o.AwayAfter == 0 {
		o.AwayAfter = 1000 * time.Hour // whoever is not about visitors who leave has pages open
	}
	b.desk = queue.New(db, o)
	return b
}

func (b *bench) advance(d time.Duration) { b.now.Add(d.Milliseconds()) }

func (b *bench) clock() time.Time { return time.UnixMilli(b.now.Load()).UTC() }

// join puts a session in line, arriving now.
func (b *bench) join(id session.ID) queue.Change {
	b.Helper()
	return b.settle(queue.Projection{
		Session: id, Epoch: 1, Owner: session.Waiting, Queue: "general", Arrived: b.clock().UnixMicro(),
	})
}

func (b *bench) settle(p queue.Projection) queue.Change {
	b.Helper()
	c, err := b.desk.Settle(b.Context(), site, p)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

// sit puts an available agent with this capacity on a seat.
func (b *bench) sit(agent string, capacity int) queue.Taken {
	b.Helper()
	taken, err := b.desk.Sit(b.Context(), site, sitting(agent, capacity))
	if err != nil {
		b.Fatal(err)
	}
	return taken
}

func sitting(agent string, capacity int) queue.Sitting {
	return queue.Sitting{Agent: agent, Node: "n1", Status: queue.Available, Capacity: capacity}
}

func (b *bench) dispatch() []queue.Offer {
	b.Helper()
	done, err := b.desk.Dispatch(b.Context(), site)
	if err != nil {
		b.Fatal(err)
	}
	return done.Offers
}

// only dispatches and wants exactly one offer.
func (b *bench) only() queue.Offer {
	b.Helper()
	offers := b.dispatch()
	if len(offers) != 1 {
		b.Fatalf("got %d offers, want 1: %+v", len(offers), offers)
	}
	return offers[0]
}

func (b *bench) accept(o queue.Offer) queue.Accepted {
	b.Helper()
	a, err := b.desk.Accept(b.Context(), site, o.Agent, o.ID)
	if err != nil {
		b.Fatal(err)
	}
	return a
}

func (b *bench) decline(o queue.Offer) {
	b.Helper()
	if err := b.desk.Decline(b.Context(), site, o.Agent, o.ID); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) lapse(id session.ID) queue.Lapsed {
	b.Helper()
	l, err := b.desk.Lapse(b.Context(), site, id)
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// due are the timers of tickets and seats whose time has come; that of the desk has tests of its own.
func (b *bench) due() []queue.Timer {
	b.Helper()
	timers, err := b.desk.Due(b.Context(), site, 100)
	if err != nil {
		b.Fatal(err)
	}
	return slices.DeleteFunc(timers, func(t queue.Timer) bool { return t.What == queue.TimerCheck })
}

func (b *bench) ticket(id session.ID) queue.Ticket {
	b.Helper()
	ticket, err := b.desk.Ticket(b.Context(), site, id)
	if err != nil {
		b.Fatal(err)
	}
	return ticket
}

func (b *bench) seat(agent string) queue.Seat {
	b.Helper()
	seats, err := b.desk.Seats(b.Context(), site)
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range seats {
		if s.Agent == agent {
			return s
		}
	}
	return queue.Seat{}
}

// line lists the sessions of a queue in their order.
func (b *bench) line(name string) []session.ID {
	b.Helper()
	tickets, err := b.desk.Tickets(b.Context(), site, name, queue.Page{N: 1000})
	if err != nil {
		b.Fatal(err)
	}
	var out []session.ID
	for _, t := range tickets {
		out = append(out, t.Session)
	}
	return out
}

func (b *bench) same(what string, got, want any, opts ...cmp.Option) {
	b.Helper()
	if diff := cmp.Diff(got, want, append(opts, cmpopts.EquateEmpty())...); diff != "" {
		b.Errorf("%s (-got +want):\n%s", what, diff)
	}
}

func (b *bench) is(err, want error) {
	b.Helper()
	if !errors.Is(err, want) {
		b.Errorf("got error %v, want %v", err, want)
	}
}

func sid(n int) session.ID { return session.ID(fmt.Sprintf("s%03d", n)) }
