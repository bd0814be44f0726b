package queue_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	people "yijian/agents"
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

const (
	presenceSteps = 1500
	notesLast     = 20 * time.Second
	seatRoom      = 2
)

// TestASeatIsWhatThePureMachineSaysItIs plays random days of one agent on the desk and in agents.Next,
// and wants people to see the same status after every step.
func TestASeatIsWhatThePureMachineSaysItIs(t *testing.T) {
	t.Parallel()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			rules := queue.Rules{"general": {}, "notes": {WrapUp: notesLast}}
			d := &day{
				bench: newBench(t, open(t), queue.Options{Queues: rules}),
				rng:   rand.New(rand.NewPCG(seed, 9)), seen: map[string]int{},
			}
			for i := range presenceSteps {
				what := d.step()
				d.seen[what]++
				if d.compare(); t.Failed() {
					t.Fatalf("seed %d: after step %d, %s", seed, i, what)
				}
			}
			t.Logf("%v", d.seen)
		})
	}
}

// day is an agent's, on the desk and in the machine.
type day struct {
	*bench
	rng  *rand.Rand
	p    people.Presence
	seen map[string]int

	connected, known bool
	notes            time.Time
	offers           []queue.Offer
	held             []session.ID
	next             int
}

func (d *day) happens(e people.Event) {
	d.Helper()
	e.Load, e.Capacity = len(d.offers)+len(d.held), seatRoom
	p, err := people.Next(d.p, e)
	d.is(err, nil)
	d.p = p
}

// presenceStep is something that may happen to an agent now.
type presenceStep struct {
	name string
	can  bool
	do   func()
}

func (d *day) step() string {
	steps := []presenceStep{
		{"connects", !d.connected, d.connects},
		{"chooses", d.connected, d.chooses},
		{"is offered a ticket", d.connected, func() { d.offered("general") }},
		{"is offered one with notes", d.connected, func() { d.offered("notes") }},
		{"accepts", len(d.offers) > 0 && d.connected, d.accepts},
		{"declines", len(d.offers) > 0 && d.connected, d.declines},
		{"misses", len(d.offers) > 0, d.misses},
		{"closes", len(d.held) > 0, d.closes},
		{"waits for the notes", d.connected && !d.notes.IsZero(), d.wrapsUp},
		{"renews", d.connected, d.renews},
		{"is cut off", d.connected && d.rng.IntN(3) == 0, d.cutOff},
		{"is lost", !d.connected && d.known && d.rng.IntN(3) == 0, d.lost},
	}
	steps = slices.DeleteFunc(steps, func(s presenceStep) bool { return !s.can })
	s := steps[d.rng.IntN(len(steps))]
	s.do()
	return s.name
}

func (d *day) sits(choose bool, status queue.Status) {
	do := d.desk.Renew
	if choose {
		do = d.desk.Sit
	}
	s := sitting("ann", seatRoom)
	s.Status = status
	_, err := do(d.Context(), site, s)
	d.is(err, nil)
}

func (d *day) connects() {
	back := d.known && d.p.Resume != ""
	d.connected, d.known = true, true
	d.sits(false, queue.Available)
	if back {
		d.happens(people.Event{Kind: people.ConnectionReturned})
	} else {
		d.happens(people.Event{Kind: people.SignedOn})
	}
}

func (d *day) chooses() {
	status := []queue.Status{queue.Available, queue.Available, queue.Busy, queue.Away}[d.rng.IntN(4)]
	d.sits(true, status)
	d.notes = time.Time{}
	d.happens(people.Event{Kind: people.StatusSet, Status: status})
}

func (d *day) offered(name string) {
	d.next++
	id := session.ID("s" + strconv.Itoa(d.next))
	d.settle(queue.Projection{Session: id, Epoch: 1, Owner: session.Waiting, Queue: name, Arrived: d.clock().UnixMicro()})
	offers := d.dispatch()
	if d.p.Status != people.Available {
		d.same("offers to a seat that is "+string(d.p.Status), len(offers), 0)
		d.settle(queue.Projection{Session: id, Epoch: 2, Owner: session.Bot})
		return
	}
	d.same("offers", len(offers), 1)
	d.offers = append(d.offers, offers...)
	d.happens(people.Event{Kind: people.Assigned})
}

func (d *day) takes() queue.Offer {
	o := d.offers[0]
	d.offers = d.offers[1:]
	return o
}

func (d *day) accepts() {
	o := d.takes()
	d.accept(o)
	d.held = append(d.held, o.Session)
	d.settle(human(o.Session, 2, "ann"))
	d.happens(people.Event{Kind: people.OfferAnswered})
	d.happens(people.Event{Kind: people.Assigned})
}

// gone takes a ticket that was given back away, so that it is not offered again.
func (d *day) gone(id session.ID) {
	d.settle(queue.Projection{Session: id, Epoch: 9, Owner: session.Bot})
}

func (d *day) declines() {
	o := d.takes()
	d.decline(o)
	d.gone(o.Session)
	d.happens(people.Event{Kind: people.OfferAnswered})
	d.happens(people.Event{Kind: people.Released})
}

// misses lets all offers go by; the first was shown.
func (d *day) misses() {
	first := d.offers[0]
	d.is(d.desk.Shown(d.Context(), site, "ann", first.ID), nil)
	for range 2 {
		d.passes(13 * time.Second)
	}
	for len(d.offers) > 0 {
		o := d.takes()
		d.lapse(o.Session)
		d.gone(o.Session)
		if o.ID == first.ID {
			d.happens(people.Event{Kind: people.OfferMissed})
		}
		d.happens(people.Event{Kind: people.Released})
	}
	d.ended()
}

// passes lets time go by, with a node that renews the seat of whoever is connected.
func (d *day) passes(by time.Duration) {
	d.advance(by)
	if d.connected {
		d.sits(false, queue.Available)
	}
}

// ended notes that the time for notes is over, which the renewal has seen as well.
func (d *day) ended() {
	if d.notes.IsZero() || d.clock().Before(d.notes) || !d.connected {
		return
	}
	d.notes = time.Time{}
	d.happens(people.Event{Kind: people.WrapUpDone})
}

func (d *day) closes() {
	id := d.held[0]
	d.held = d.held[1:]
	withNotes := d.ticket(id).Queue == "notes"
	d.settle(queue.Projection{Session: id, Epoch: 3, Owner: session.Closed})
	if withNotes && d.connected && (d.p.Status == people.Available || d.p.Status == people.Busy && !d.p.ChoseBusy) {
		d.notes = d.clock().Add(notesLast)
	}
	if d.connected {
		d.happens(people.Event{Kind: people.Released, WrapUp: withNotes})
	} else {
		d.p.Load--
	}
}

func (d *day) wrapsUp() {
	d.advance(notesLast)
	_, err := d.desk.WrappedUp(d.Context(), site, "ann")
	d.is(err, nil)
	d.sits(false, queue.Available)
	d.ended()
	d.late()
}

// late answers offers whose time went by meanwhile; nobody saw them.
func (d *day) late() {
	for len(d.offers) > 0 && !d.clock().Before(d.ticket(d.offers[0].Session).Deadline) {
		o := d.takes()
		d.lapse(o.Session)
		d.gone(o.Session)
		d.happens(people.Event{Kind: people.Released})
	}
}

func (d *day) renews() {
	d.passes(time.Second)
	d.ended()
	d.late()
}

func (d *day) cutOff() {
	_, err := d.desk.Leave(d.Context(), site, "ann", "n1")
	d.is(err, nil)
	d.connected = false
	d.happens(people.Event{Kind: people.ConnectionLost})
	// What is not a conversation goes back by its own timer, and is no matter of presence.
	for len(d.offers) > 0 {
		o := d.takes()
		d.decline(o)
		d.gone(o.Session)
		d.p.Load--
		d.p.Missed = 0
	}
}

// lost is the end of the grace: the desk gives the conversations back and forgets the seat.
func (d *day) lost() {
	d.advance(61 * time.Second)
	for range 2 {
		lost, err := d.desk.Lose(d.Context(), site, "ann")
		d.is(err, nil)
		for _, id := range lost.Held {
			d.gone(id)
		}
	}
	d.held, d.known, d.notes = nil, false, time.Time{}
	d.happens(people.Event{Kind: people.GraceOver})
}

func (d *day) compare() {
	d.Helper()
	want := d.p.Status
	if !d.known {
		want = people.Offline
	}
	seat := d.seat("ann")
	got := people.Offline
	if seat.Agent != "" {
		got = seat.Shown(d.clock())
	}
	if want == "" {
		want = people.Offline
	}
	d.same("status", got, want)
	d.same("load", seat.Load, len(d.offers)+len(d.held))
}
