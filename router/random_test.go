package router

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"yijian/router/bot"
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// randomActs is for the long form, make router-properties.
var randomActs = flag.Int("acts", 300, "how many random acts of visitors and agents the properties are held against")

// TestInvariants45679HoldThroughRandomActsOfVisitorsAndAgents lets visitors and agents do anything they
// may, on two nodes in turns, and holds log and desk against the invariants after every act. Refusals
// are part of it: whoever comes too late is told so, and nothing changes.
func TestInvariants45679HoldThroughRandomActsOfVisitorsAndAgents(t *testing.T) {
	t.Parallel()
	for name, open := range rdbtest.Servers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			f := newFair(newHouse(t, open(t)), seed)
			for i := range *randomActs {
				what := f.act()
				f.holds()
				if t.Failed() {
					t.Fatalf("seed %d: after act %d, %s", seed, i, what)
				}
			}
			t.Logf("%d acts on %s: %v", *randomActs, name, f.done)
		})
	}
}

// fair is a crowd at one desk.
type fair struct {
	*house
	nodes  []*house
	rng    *rand.Rand
	ids    []session.ID
	staff  []Agent
	offers []queue.Offer
	taps   int
	done   map[string]int
	// last is each session's place as it was seen last.
	last map[session.ID]placed
	// holder is who answers each session.
	holder map[session.ID]string
}

// placed is what must not get worse while a session waits.
type placed struct {
	owner   session.Owner
	epoch   int64
	arrived int64
	head    time.Duration
}

const (
	fairSessions = 12
	fairCapacity = 3
)

func newFair(h *house, seed uint64) *fair {
	f := &fair{
		house: h, nodes: []*house{h, newNode(h.T, h.db, h.ms)}, rng: rand.New(rand.NewPCG(seed, 4)),
		staff: []Agent{ann, bob, {ID: "cat", Name: "Cat", Site: "demo"}},
		done:  map[string]int{}, last: map[session.ID]placed{}, holder: map[session.ID]string{},
	}
	for _, n := range f.nodes {
		n.router.bot = fakeBot{f.answers}
	}
	for range fairSessions {
		f.ids = append(f.ids, h.begin())
	}
	return f
}

// answers is a bot that knows some things, gives way sometimes, and fails at others.
func (f *fair) answers(context.Context, bot.Turn) (bot.Reply, error) {
	switch n := f.rng.IntN(10); {
	case n < 6:
		return bot.Reply{Text: "Within " + strconv.Itoa(n) + " hours.", Intent: "i" + strconv.Itoa(n), Confidence: 0.9}, nil
	case n < 7:
		return bot.Reply{Text: "A colleague knows.", Handoff: true}, nil
	case n < 9:
		return bot.Reply{Text: "I do not know.", Unsure: true}, nil
	}
	return bot.Reply{}, errors.New("the bot is out")
}

func (f *fair) anySession() session.ID { return f.ids[f.rng.IntN(len(f.ids))] }
func (f *fair) anybody() Agent         { return f.staff[f.rng.IntN(len(f.staff))] }

// somebody is mostly whoever answers a session, if a person does.
func (f *fair) somebody(id session.ID) Agent {
	if i := slices.IndexFunc(f.staff, func(a Agent) bool { return a.ID == f.holder[id] }); i >= 0 && f.rng.IntN(4) > 0 {
		return f.staff[i]
	}
	return f.anybody()
}

func (f *fair) anyNode() *Router { return f.nodes[f.rng.IntN(len(f.nodes))].router }
func (f *fair) tap() string      { f.taps++; return "t" + strconv.Itoa(f.taps) }

// refused are the answers to those who come too late or may not.
var refused = []error{
	ErrNotYours, ErrNotInLine, ErrYourself, ErrNotThere, queue.ErrOfferGone, queue.ErrNoRoom, queue.ErrConflict,
	queue.ErrInvalid, session.ErrConflict, session.ErrIllegal, session.ErrClosed,
}

func (f *fair) act() string {
	f.Helper()
	acts := []struct {
		weight int
		name   string
		do     func(r *Router, id session.ID, a Agent) error
	}{
		{10, "press", f.press},
		{8, "write", f.write},
		{3, "back to the bot", func(r *Router, id session.ID, _ Agent) error { return r.BackToBot(f.Context(), id, f.tap()) }},
		{3, "end", func(r *Router, id session.ID, _ Agent) error { return r.End(f.Context(), id, f.tap()) }},
		{2, "ask for a call", func(r *Router, id session.ID, _ Agent) error {
			when := time.UnixMilli(f.ms.Load()).Add(time.Duration(f.rng.IntN(10)-5) * time.Minute)
			return r.Callback(f.Context(), id, f.tap(), Call{Phone: "13800000000", When: when})
		}},
		{1, "rather wait", func(r *Router, id session.ID, _ Agent) error { return r.CancelCallback(f.Context(), id, f.tap()) }},
		{14, "offer", f.offerSome},
		{12, "accept", func(r *Router, _ session.ID, _ Agent) error {
			return f.withOffer(func(a Agent, offer string) error { _, err := r.Accept(f.Context(), a, offer); return err })
		}},
		{4, "decline", func(r *Router, _ session.ID, _ Agent) error {
			return f.withOffer(func(a Agent, offer string) error { return r.Decline(f.Context(), a, offer) })
		}},
		{1, "accept another's", f.acceptAnothers},
		{4, "close", func(r *Router, id session.ID, a Agent) error { return r.CloseByAgent(f.Context(), id, a, f.tap()) }},
		{3, "release", func(r *Router, id session.ID, a Agent) error { return r.Release(f.Context(), id, a, f.tap()) }},
		{4, "transfer", func(r *Router, id session.ID, a Agent) error {
			h := Handing{Tap: f.tap(), Queue: []string{GeneralQueue, notesQueue, ""}[f.rng.IntN(3)], Note: "n"}
			if f.rng.IntN(2) == 0 {
				h.Agent = f.anybody().ID
			}
			return r.Transfer(f.Context(), id, a, h)
		}},
		{2, "take over", func(r *Router, id session.ID, a Agent) error { return r.TakeOver(f.Context(), id, a, f.tap()) }},
		{2, "take", func(r *Router, id session.ID, a Agent) error { return r.Take(f.Context(), id, a) }},
		{8, "time", f.time},
	}
	total := 0
	for _, a := range acts {
		total += a.weight
	}
	n := f.rng.IntN(total)
	for _, a := range acts {
		if n -= a.weight; n >= 0 {
			continue
		}
		id := f.anySession()
		err := a.do(f.anyNode(), id, f.somebody(id))
		is := slices.ContainsFunc(refused, func(r error) bool { return errors.Is(err, r) })
		switch {
		case err == nil:
			f.done[a.name]++
		case is && a.name != "press":
			f.done[a.name+", refused"]++
		default:
			f.Errorf("%s: %v", a.name, err)
		}
		for _, node := range f.nodes {
			node.takeTurns()
		}
		return a.name
	}
	panic("weights")
}

// press is invariant 4: never refused, and in line or with a person afterwards, by one ticket.
func (f *fair) press(r *Router, id session.ID, _ Agent) error {
	if err := r.Human(f.Context(), id, f.tap()); err != nil {
		return err
	}
	s, err := f.node.State(f.Context(), id)
	if err == nil && s.Owner != session.Waiting && s.Owner != session.Human {
		f.Errorf("%s asked for a person and is with %s (invariant 4)", id, s.Owner)
	}
	return err
}

func (f *fair) write(r *Router, id session.ID, _ Agent) error {
	text := []string{"where is my parcel", "refund", "转人工", "my card was stolen", "hello"}[f.rng.IntN(5)]
	_, err := r.VisitorMessage(f.Context(), id, Message{ClientID: f.tap(), Text: text})
	return err
}

func (f *fair) offerSome(r *Router, _ session.ID, _ Agent) error {
	for _, a := range f.staff {
		if f.rng.IntN(6) == 0 {
			continue // nobody renews this seat just now
		}
		_, err := f.desk.Renew(f.Context(), "demo", queue.Sitting{Agent: a.ID, Name: a.Name, Node: "n", Status: queue.Available, Capacity: fairCapacity})
		f.must(err)
	}
	done, err := r.desk.Dispatch(f.Context(), "demo")
	f.offers = append(f.offers, done.Offers...)
	return err
}

// withOffer answers one offer, now and then a second time.
func (f *fair) withOffer(answer func(a Agent, offer string) error) error {
	if len(f.offers) == 0 {
		return nil
	}
	i := f.rng.IntN(len(f.offers))
	o := f.offers[i]
	if f.rng.IntN(8) > 0 {
		f.offers = slices.Delete(f.offers, i, i+1)
	}
	who := f.staff[slices.IndexFunc(f.staff, func(a Agent) bool { return a.ID == o.Agent })]
	return answer(who, o.ID)
}

func (f *fair) acceptAnothers(r *Router, _ session.ID, a Agent) error {
	if len(f.offers) == 0 || f.offers[0].Agent == a.ID {
		return nil
	}
	_, err := r.Accept(f.Context(), a, f.offers[0].ID)
	if err == nil {
		f.Errorf("%s accepted what was offered to %s", a.ID, f.offers[0].Agent)
	}
	return err
}

func (f *fair) time(*Router, session.ID, Agent) error {
	f.nodes[f.rng.IntN(len(f.nodes))].pass(time.Duration(1+f.rng.IntN(20)) * time.Second)
	return nil
}

// holds compares log and desk after an act. An act settles before it returns, so they are equal at once.
func (f *fair) holds() {
	f.Helper()
	look, err := f.desk.Sample(f.Context(), "demo")
	f.must(err)
	tickets := map[session.ID]queue.Ticket{}
	for _, t := range look.Tickets {
		tickets[t.Session] = t
	}
	held := map[session.ID]string{}
	for agent, ids := range look.Holds {
		for _, id := range ids {
			if other, twice := held[id]; twice {
				f.Errorf("%s is with %s and %s (invariant 7)", id, other, agent)
			}
			held[id] = agent
		}
	}
	for _, seat := range look.Seats {
		if seat.Load > fairCapacity {
			f.Errorf("%s holds %d of %d (invariant 7)", seat.Agent, seat.Load, fairCapacity)
		}
	}
	for _, id := range f.ids {
		f.holdsFor(id, tickets[id])
	}
}

func (f *fair) holdsFor(id session.ID, t queue.Ticket) {
	f.Helper()
	s, err := f.node.State(f.Context(), id)
	f.must(err)
	waits := t.State == queue.InLine || t.State == queue.Offered || t.State == queue.Accepting
	if (s.Owner == session.Waiting) != waits || (s.Owner == session.Human) != (t.State == queue.Held) {
		f.Errorf("%s is with %s, its ticket %q (invariant 5)", id, s.Owner, t.State)
	}
	was, now := f.last[id], placed{s.Owner, s.Epoch, s.Arrived, t.HeadStart}
	f.last[id], f.holder[id] = now, s.Agent
	inLine := func(o session.Owner) bool { return o == session.Waiting || o == session.Human }
	if inLine(now.owner) && t.Arrived.UnixMicro() != now.arrived {
		f.Errorf("%s arrived at %d, its ticket at %d (invariant 6)", id, now.arrived, t.Arrived.UnixMicro())
	}
	if inLine(was.owner) && inLine(now.owner) && now.epoch <= was.epoch+1 && now.arrived != was.arrived {
		f.Errorf("%s arrived at %d, was %d (invariant 6)", id, now.arrived, was.arrived)
	}
	if was.owner == session.Waiting && now.owner == session.Waiting && was.arrived == now.arrived && now.head < was.head {
		f.Errorf("the head start of %s fell from %s to %s (invariant 9)", id, was.head, now.head)
	}
}
