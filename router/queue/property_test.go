package queue_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/redis/go-redis/v9"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

const (
	propertyOps = 10_000
	shortOps    = 5_000
	// fewOps is for the kinds of Redis that run the same scripts in the same server.
	fewOps   = 1_000
	sessions = 14
	// awayAfter is short, so that visitors come and go often.
	awayAfter = 40 * time.Second
)

// operations is for the long form, make desk-properties, on a Redis in the process and a real one.
var operations = flag.Int("operations", 0, "random operations on each kind of Redis; 0 for the short form")

var (
	agents = []string{"ann", "ann2", "bob", "cy", "dee"}
	queues = []string{"general", "appeals"}
)

// TestInvariants567HoldThroughRandomOperations plays random commands, some of them stale, late or
// forged, against the desk and against the model, and wants both to agree after each one.
func TestInvariants567HoldThroughRandomOperations(t *testing.T) {
	t.Parallel()
	ops := propertyOps
	if testing.Short() {
		ops = shortOps
	}
	for name, open := range rdbtest.Backends() {
		ops := ops
		if name == "cluster" || name == "tls" {
			ops = fewOps
		} else if *operations > 0 {
			ops = *operations
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			w := newWorld(newBench(t, open(t), queue.Options{Page: 3, AwayAfter: awayAfter}), seed)
			for i := range ops {
				op := w.step()
				if i%8 == 0 {
					w.compare()
				}
				w.compareHolds()
				if t.Failed() {
					t.Fatalf("seed %d: after operation %d, %s", seed, i, op)
				}
			}
			w.everybodyIsServed()
			t.Logf("%d operations: %v", ops, w.seen)
		})
	}
}

// world is the desk under test, the model of it, and the sessions both are projections of.
type world struct {
	*bench
	rng    *rand.Rand
	model  *model
	truth  map[session.ID]*queue.Projection
	offers []queue.Offer // ever made: most are stale
	pairs  []queue.Pair  // matched a while ago
	number map[session.ID]uint64
	seen   map[string]int // how often what happened, to show that the test reaches it
}

func newWorld(b *bench, seed uint64) *world {
	w := &world{
		bench: b, rng: rand.New(rand.NewPCG(seed, 1)), model: newModel(),
		truth: map[session.ID]*queue.Projection{}, number: map[session.ID]uint64{},
		seen: map[string]int{},
	}
	for i := range sessions {
		w.truth[sid(i)] = &queue.Projection{Session: sid(i), Epoch: 1, Owner: session.Bot, Queue: queues[0]}
	}
	return w
}

func (w *world) step() string {
	steps := []struct {
		weight int
		name   string
		do     func()
	}{
		{14, "move", w.move},
		{8, "settle", func() { w.settleTruth(w.anySession()) }},
		{4, "settle an older state", w.settleOld},
		{8, "sit", func() { w.sitDown(true) }},
		{10, "renew", func() { w.sitDown(false) }},
		{2, "leave", w.leaveSeat},
		{20, "dispatch", w.dispatchAll},
		{10, "match", w.remember},
		{10, "offer what an old match says", w.offerOld},
		{16, "accept", w.acceptSome},
		{8, "decline", w.declineSome},
		{4, "show", w.showSome},
		{12, "pass time", w.passTime},
		{10, "answer timers", w.answerTimers},
		{8, "open a page", w.openPages},
		{3, "ask for a call", w.askForCall},
		{4, "take", w.takeSome},
		{1, "pass a day", w.passDay},
	}
	total := 0
	for _, s := range steps {
		total += s.weight
	}
	n := w.rng.IntN(total)
	for _, s := range steps {
		if n -= s.weight; n < 0 {
			s.do()
			return s.name
		}
	}
	return ""
}

func (w *world) anySession() session.ID { return sid(w.rng.IntN(sessions)) }

func (w *world) anyAgent() string { return agents[w.rng.IntN(len(agents))] }

// move changes a session's owner; one move in four never reaches the desk.
func (w *world) move() {
	p := w.truth[w.anySession()]
	p.Epoch += 1 + uint64(w.rng.IntN(2))
	if p.Owner == session.Human && w.rng.IntN(2) == 0 {
		p.Owner, p.Agent = session.Waiting, "" // released: it keeps its arrival
	} else {
		w.anew(p)
	}
	if w.rng.IntN(4) > 0 {
		w.settleTruth(p.Session)
	}
}

func (w *world) anew(p *queue.Projection) {
	p.Owner, p.Agent, p.HeadStart = session.Bot, "", 0
	p.Callback, p.NotBefore, p.Missed = false, 0, false
	switch n := w.rng.IntN(10); {
	case n < 6:
		p.Owner, p.Queue = session.Waiting, queues[w.rng.IntN(2)]
		p.Arrived = w.clock().UnixMicro() + int64(w.rng.IntN(3))
		p.HeadStart = time.Duration(w.rng.IntN(3)) * 30 * time.Second
		p.Weight, p.Preferred = max(0, w.rng.IntN(6)-2), ""
		if w.rng.IntN(4) == 0 {
			p.Preferred = w.anyAgent()
		}
	case n < 7:
		p.Owner = session.Closed
	}
}

func (w *world) settleTruth(id session.ID) { w.settleBoth(*w.truth[id]) }

func (w *world) settleOld() {
	p := *w.truth[w.anySession()]
	p.Epoch -= min(p.Epoch, 1+uint64(w.rng.IntN(3)))
	w.settleBoth(p)
}

func (w *world) settleBoth(p queue.Projection) {
	p.Arrived = max(p.Arrived, 1)
	got := w.settle(p)
	outcome, freed, dead := w.model.settle(p)
	w.seen[string(outcome)]++
	w.same("settle", []string{string(got.Outcome), got.Freed, got.GoneOffer},
		[]string{string(outcome), freed, dead})
	t := w.model.ticket(p.Session)
	w.same("desk's epoch", got.Epoch, t.Epoch)
	w.same("position", got.Position, 1+slices.Index(w.model.line(t.Queue), p.Session))
}

func (w *world) sitDown(choose bool) {
	s := sitting(w.anyAgent(), 1+w.rng.IntN(3))
	if w.rng.IntN(5) == 0 {
		s.Status = queue.Busy
	}
	if w.rng.IntN(4) == 0 {
		s.Skills = []queue.Skill{{Queue: queues[1], Level: 1 + w.rng.IntN(5)}}
	}
	do := w.desk.Renew
	if choose {
		do = w.desk.Sit
	}
	got, err := do(w.Context(), site, s)
	w.is(err, nil)
	w.model.sit(s, choose)
	w.same("status", got.Seat.Status, w.model.seats[s.Agent].Status)
	w.same("what the seat has", len(got.Offers)+len(got.Held), len(w.model.of(s.Agent)))
}

func (w *world) leaveSeat() {
	agent := w.anyAgent()
	_, err := w.desk.Leave(w.Context(), site, agent, "n1")
	w.is(err, nil)
	w.model.leave(agent)
}

func (w *world) dispatchAll() {
	want := map[session.ID]string{}
	for _, p := range w.model.match() {
		want[p.Ticket.Session] = p.Seat.Agent
	}
	got := map[session.ID]string{}
	for _, o := range w.dispatch() {
		got[o.Session] = o.Agent
		w.model.offer(o)
		w.offers = append(w.offers, o)
		if o.Number <= w.number[o.Session] {
			w.Errorf("offer number %d of %s is not above %d", o.Number, o.Session, w.number[o.Session])
		}
		w.number[o.Session] = o.Number
	}
	w.same("offers", got, want)
}

// remember matches without offering, as a node that is slow does.
func (w *world) remember() {
	line := w.model.line(queues[w.rng.IntN(2)])
	if len(w.model.seats) == 0 || len(line) == 0 {
		return
	}
	id, agent := line[w.rng.IntN(len(line))], slices.Sorted(maps.Keys(w.model.seats))[w.rng.IntN(len(w.model.seats))]
	w.pairs = append(w.pairs, queue.Pair{Ticket: w.ticket(id), Seat: w.seat(agent)})
}

// offerOld makes the offers of such a match, which must be refused for whatever has changed.
func (w *world) offerOld() {
	if len(w.pairs) == 0 {
		return
	}
	p := w.pairs[max(0, len(w.pairs)-1-w.rng.IntN(2))]
	ticket, seat := w.ticket(p.Ticket.Session), w.seat(p.Seat.Agent)
	wanted := ticket.State == queue.InLine && ticket.Version == p.Ticket.Version &&
		seat.Version == p.Seat.Version && seat.OnDuty(w.clock()) && seat.Free() >= min(ticket.Weight, seat.Capacity)
	o, err := w.desk.Offer(w.Context(), site, p)
	w.seen[fmt.Sprintf("old match taken %t", err == nil)]++
	w.same("offer of an old match", err == nil, wanted)
	if err != nil {
		w.is(err, queue.ErrConflict)
		return
	}
	w.model.offer(o)
	w.offers = append(w.offers, o)
	w.number[o.Session] = o.Number
}

// anyOffer is mostly one of the last, sometimes another agent's or made up.
func (w *world) anyOffer() (agent, offer string) {
	if len(w.offers) == 0 {
		return "ann", "s000.x"
	}
	o := w.offers[max(0, len(w.offers)-1-w.rng.IntN(8))]
	if w.rng.IntN(10) == 0 {
		o.Agent = w.anyAgent()
	}
	if w.rng.IntN(20) == 0 {
		o.ID = string(o.Session) + ".forged"
	}
	return o.Agent, o.ID
}

// acceptSome takes an offer; one time in three the process dies before the session is moved, and
// one time in three between the move and the settle.
func (w *world) acceptSome() {
	agent, offer := w.anyOffer()
	got, err := w.desk.Accept(w.Context(), site, agent, offer)
	w.same("accepted", err == nil, w.model.accept(agent, offer))
	w.seen[fmt.Sprintf("accepted %t", err == nil)]++
	p := w.truth[got.Session]
	if err != nil || w.rng.IntN(3) == 0 || p.Owner != session.Waiting || p.Epoch != got.Epoch {
		return
	}
	p.Epoch++
	p.Owner, p.Agent = session.Human, agent
	if w.rng.IntN(3) > 0 {
		w.settleTruth(p.Session)
	}
}

func (w *world) declineSome() {
	agent, offer := w.anyOffer()
	err := w.desk.Decline(w.Context(), site, agent, offer)
	w.seen[fmt.Sprintf("declined %t", err == nil)]++
	w.same("declined", err == nil, w.model.decline(agent, offer))
	if err != nil {
		w.is(err, queue.ErrOfferGone)
	}
}

func (w *world) showSome() {
	agent, offer := w.anyOffer()
	err := w.desk.Shown(w.Context(), site, agent, offer)
	t := w.model.byOffer(agent, offer)
	stands := t != nil && t.State == queue.Offered
	w.same("shown", err == nil, stands)
	if stands {
		w.model.shown[t.Session] = true
	}
}

func (w *world) passTime() {
	w.advance(time.Duration(w.rng.IntN(12_000)) * time.Millisecond)
	w.model.now = w.clock()
}

// passDay is rare: it takes a day without a page until a ticket is missed.
func (w *world) passDay() {
	if w.rng.IntN(4) == 0 {
		w.advance(25 * time.Hour)
		w.model.now = w.clock()
	}
}

func (w *world) openPages() {
	ids := []session.ID{w.anySession(), w.anySession(), w.anySession()}
	w.is(w.desk.Here(w.Context(), site, ids), nil)
	for _, id := range ids {
		w.model.here(id)
	}
}

// askForCall lets somebody in line be called, now or in a while, or rather wait.
func (w *world) askForCall() {
	p := w.truth[w.anySession()]
	if p.Owner != session.Waiting {
		return
	}
	p.Callback, p.NotBefore = w.rng.IntN(3) > 0, 0
	if p.Callback && w.rng.IntN(2) == 0 {
		p.NotBefore = w.clock().Add(time.Duration(w.rng.IntN(120)-20) * time.Second).UnixMilli()
	}
	w.settleTruth(p.Session)
}

func (w *world) takeSome() {
	agent, id := w.anyAgent(), w.anySession()
	if t := w.model.ticket(id); t.State == queue.Offered && t.Agent == agent {
		o, err := w.desk.Take(w.Context(), site, agent, id) // the line was quicker: it is that offer
		w.is(err, nil)
		w.same("the offer that stands", o.ID, t.Offer)
		return
	}
	want := w.model.take(agent, id)
	o, err := w.desk.Take(w.Context(), site, agent, id)
	w.seen[fmt.Sprintf("taken %t", err == nil)]++
	w.same("taken", err == nil, want)
	if err != nil {
		return
	}
	w.model.ticket(id).Aside = ""
	w.model.offer(o)
	w.offers = append(w.offers, o)
	w.number[o.Session] = o.Number
}

func (w *world) stepAside(id session.ID) {
	missed, err := w.desk.StepAside(w.Context(), site, id)
	w.is(err, nil)
	w.same("missed", missed, w.model.stepAside(id))
	w.seen[fmt.Sprintf("aside %s, missed %t", w.model.ticket(id).Aside, missed)]++
	if missed {
		w.truth[id].Missed = true
		w.settleTruth(id)
	}
}

func (w *world) answerTimers() {
	for _, timer := range w.due() {
		switch timer.What {
		case queue.TimerSeat:
			w.loseSeat(timer.ID)
		case queue.TimerAside:
			w.stepAside(session.ID(timer.ID))
		default:
			w.lapseTicket(session.ID(timer.ID))
		}
	}
	for _, timer := range w.due() {
		w.Errorf("timer %+v is still due after it was answered", timer)
	}
}

func (w *world) loseSeat(agent string) {
	got, err := w.desk.Lose(w.Context(), site, agent)
	w.is(err, nil)
	back, held := w.model.lose(agent)
	w.same("back", got.Back, back)
	w.seen[fmt.Sprintf("seat lost %t", !back)]++
	w.same("lost", slices.Sorted(slices.Values(got.Held)), held)
	for _, id := range got.Held {
		p := w.truth[id]
		if p.Owner == session.Human && p.Agent == agent {
			p.Epoch++
			p.Owner, p.Agent = session.Waiting, ""
		}
		w.settleTruth(id)
	}
}

func (w *world) lapseTicket(id session.ID) {
	got := w.lapse(id)
	what, away := w.model.lapse(id)
	answer := map[bool]string{got.Offer != "": "lapsed", got.Void != 0: "void"}[true]
	w.seen[fmt.Sprintf("%s, away %t", answer, away)]++
	w.same("lapse", []any{answer, got.SetAway}, []any{what, away})
	if got.Void == 0 {
		return
	}
	// The session refuses the accept from here on; if it was moved by it already, it is settled.
	if p := w.truth[id]; p.Owner == session.Human {
		w.settleTruth(id)
		return
	}
	back, err := w.desk.Return(w.Context(), site, id, got.Void)
	w.is(err, nil)
	w.same("returned", back, true)
	w.model.putBack(w.model.ticket(id))
}

// compare holds the whole desk against the model.
func (w *world) compare() {
	w.Helper()
	for id, want := range w.model.tickets {
		w.same("ticket", w.ticket(id), *want, ignored)
	}
	for _, name := range queues {
		w.same("line "+name, w.line(name), w.model.line(name))
	}
	seats, err := w.desk.Seats(w.Context(), site)
	w.is(err, nil)
	got := map[string]queue.Seat{}
	for _, s := range seats {
		got[s.Agent] = s
	}
	want := map[string]queue.Seat{}
	for agent, s := range w.model.seats {
		want[agent] = *s
		seat := want[agent]
		seat.Load = w.model.load(agent)
		want[agent] = seat
	}
	w.same("seats", got, want, cmpopts.IgnoreFields(queue.Seat{}, "Version", "IdleSince"))
}

func (w *world) compareHolds() {
	w.Helper()
	holds, err := w.db.Client.ZRange(w.Context(), "yj:{desk:"+site+"}:holds", 0, -1).Result()
	w.is(err, nil)
	w.same("holds", holds, w.model.holds())
	all, err := w.db.Client.ZRange(w.Context(), "yj:{desk:"+site+"}:due", 0, -1).Result()
	w.is(err, nil)
	timers := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !strings.HasPrefix(s, "offer:") && !strings.HasPrefix(s, "accepting:") })
	w.same("timers of tickets", slices.Sorted(slices.Values(timers)), w.model.timers())
	for id, t := range w.model.tickets {
		waits := t.State == queue.InLine || t.State == queue.Offered || t.State == queue.Accepting
		if waits && (!t.Callback && !t.Missed || t.Aside == queue.AsideLater) && !slices.Contains(all, "aside:"+string(id)) {
			w.Errorf("%s has no timer that looks for its visitor: %+v", id, t)
		}
	}
}

// timers are those that tickets must have, so that none is stuck (invariant 5).
func (m *model) timers() []string {
	var out []string
	for id, t := range m.tickets {
		switch t.State {
		case queue.Offered:
			out = append(out, "offer:"+string(id))
		case queue.Accepting:
			out = append(out, "accepting:"+string(id))
		}
	}
	slices.Sort(out)
	return out
}

// ignored grow with every change; that they do is what the offers of old facts test.
var ignored = cmpopts.IgnoreFields(queue.Ticket{}, "Version", "Number")

// holds is what the set of holds must be: each ticket once, with its one agent (invariant 7).
func (m *model) holds() []string {
	var out []string
	for id, t := range m.tickets {
		if t.Agent != "" {
			out = append(out, t.Agent+"|"+string(id))
			for unit := 2; unit <= m.room[id]; unit++ {
				out = append(out, t.Agent+"|"+string(id)+"|"+strconv.Itoa(unit))
			}
		}
	}
	slices.Sort(out)
	return out
}

// everybodyIsServed ends the test: the desk hears the truth once, agents accept whatever they are
// offered, and every session that waits must reach one (invariant 5).
func (w *world) everybodyIsServed() {
	for id := range w.truth {
		w.settleTruth(id)
	}
	for range 20 * sessions {
		w.advance(30 * time.Second)
		w.model.now = w.clock()
		w.is(w.desk.Here(w.Context(), site, slices.Collect(maps.Keys(w.truth))), nil)
		for id := range w.truth {
			w.model.here(id)
		}
		w.answerTimers()
		s := sitting("eve", 2)
		_, err := w.desk.Sit(w.Context(), site, s)
		w.is(err, nil)
		w.model.sit(s, true)
		w.dispatchAll()
		for _, t := range maps.Clone(w.model.tickets) {
			w.finish(t)
		}
	}
	for id, p := range w.truth {
		if p.Owner == session.Waiting {
			w.Errorf("%s still waits: %+v", id, w.ticket(id))
		}
	}
}

func (w *world) finish(t *queue.Ticket) {
	p := w.truth[t.Session]
	switch t.State {
	case queue.Offered:
		agent, id := t.Agent, t.Offer
		_, err := w.desk.Accept(w.Context(), site, agent, id)
		w.same("accepted", err == nil, w.model.accept(agent, id))
		if errors.Is(err, queue.ErrOfferGone) {
			return
		}
		p.Owner, p.Agent = session.Human, agent
	case queue.Held:
		p.Owner, p.Agent = session.Closed, ""
	default:
		return
	}
	p.Epoch++
	w.settleTruth(t.Session)
}

// TestEveryKeyOfADeskIsInOneSlotAndHasAnOwner looks at what a busy desk leaves behind.
func TestEveryKeyOfADeskIsInOneSlotAndHasAnOwner(t *testing.T) {
	t.Parallel()
	onEveryBackend(t, func(b *bench) {
		b.join("a")
		b.sit("ann", 1)
		b.accept(b.only())
		b.settle(human("a", 2, "ann"))
		b.settle(queue.Projection{Session: "a", Epoch: 3, Owner: session.Closed, Queue: "general"})
		b.advance(2 * time.Minute)
		_, err := b.desk.Lose(b.Context(), site, "ann")
		b.is(err, nil)
		more, err := b.desk.Check(b.Context(), site)
		b.is(err, nil)
		b.same("a check of the empty desk", more, false)
		left := map[string]bool{}
		keys, err := b.db.Client.Keys(b.Context(), "*").Result()
		if redis.HasErrorPrefix(err, "NOPERM") {
			b.Skip("the user of this Redis may not list keys")
		}
		if err != nil {
			b.Fatal(err)
		}
		for _, key := range keys {
			if !strings.HasPrefix(key, "yj:{desk:demo}:") {
				b.Errorf("key %s is outside the slot of its desk", key)
			}
			left[key] = b.db.Client.TTL(b.Context(), key).Val() > 0
		}
		p := "yj:{desk:demo}:"
		b.same("keys and whether they expire", left, map[string]bool{
			p + "v": false, p + "t:a": true, p + "handle:general": true, p + "waits": true,
		})
	})
}
