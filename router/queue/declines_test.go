package queue_test

import (
	"flag"
	"slices"
	"strconv"
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// long asks for the thousand tickets and two hundred seats of make declines.
var long = flag.Bool("declines", false, "play the declines of a thousand tickets by two hundred seats")

// TestInvariants56EveryoneDeclinesEverythingTwiceAndNobodyIsDropped lets every agent decline every
// ticket twice and take it the third time. The line keeps its order all along, and every ticket goes
// through two whole cycles of the seats before any of them must think again.
func TestInvariants56EveryoneDeclinesEverythingTwiceAndNobodyIsDropped(t *testing.T) {
	t.Parallel()
	tickets, seats := 60, 12
	if *long {
		tickets, seats = 1000, 200
	}
	onEveryBackend(t, func(b *bench) {
		c := crowdOfDecliners{bench: b, seats: seats, declined: map[session.ID]map[string]int{}}
		for i := range tickets {
			c.order = append(c.order, c.name(i))
			b.join(c.name(i))
			b.advance(time.Millisecond)
		}
		for i := range seats {
			b.sit("agent"+strconv.Itoa(i), 1)
		}
		for len(c.order) > 0 {
			c.round()
		}
		b.same("line", b.line("general"), []session.ID(nil))
		b.Logf("%d tickets were declined %d times each", tickets, 2*seats)
	})
}

// crowdOfDecliners is what a desk is put through, and what must be true of it.
type crowdOfDecliners struct {
	*bench
	seats, rounds int
	// order lists those who were not taken yet, first come first.
	order    []session.ID
	declined map[session.ID]map[string]int
}

func (c *crowdOfDecliners) name(i int) session.ID { return session.ID("s" + strconv.Itoa(100_000+i)) }

func (c *crowdOfDecliners) round() {
	c.Helper()
	// So little that no ticket comes to where a seat is asked again before others (WidenAfter).
	c.advance(5 * time.Millisecond)
	if c.rounds++; c.rounds%1000 == 0 {
		c.renew()
	}
	offers := c.dispatch()
	if len(offers) == 0 { // all that could be offered rest: everybody has given them back
		c.advance(queue.AskAgainAfter)
		c.renew()
		offers = c.dispatch()
	}
	if len(offers) == 0 {
		c.Fatalf("%d are in line and nobody is offered any of them", len(c.order))
	}
	if !slices.IsSortedFunc(offers, func(a, b queue.Offer) int { return int(b.Waited - a.Waited) }) {
		c.Fatalf("offered out of order: %+v", offers)
	}
	for _, o := range offers {
		c.answer(o)
	}
}

// renew keeps the leases, of which a thousand rounds take a sixth.
func (c *crowdOfDecliners) renew() {
	c.Helper()
	for i := range c.seats {
		if _, err := c.desk.Renew(c.Context(), site, sitting("agent"+strconv.Itoa(i), 1)); err != nil {
			c.Fatal(err)
		}
	}
}

func (c *crowdOfDecliners) answer(o queue.Offer) {
	c.Helper()
	of := c.declined[o.Session]
	if of == nil {
		of = map[string]int{}
		c.declined[o.Session] = of
	}
	if of[o.Agent] < 2 {
		of[o.Agent]++
		c.decline(o)
		return
	}
	for agent, n := range of {
		if n != 2 {
			c.Fatalf("%s has come to %s for the third time before the second to %s", o.Session, o.Agent, agent)
		}
	}
	c.same("agents who declined "+string(o.Session), len(of), c.seats)
	c.same("line", c.line("general"), c.order[:min(len(c.order), 1000)])
	c.accept(o)
	c.settle(human(o.Session, 2, o.Agent))
	c.settle(queue.Projection{Session: o.Session, Epoch: 3, Owner: session.Closed})
	at := slices.Index(c.order, o.Session)
	if at < 0 || at >= c.seats {
		c.Fatalf("%s is taken with %d before it, or twice", o.Session, at)
	}
	c.order = slices.Delete(c.order, at, at+1)
}
