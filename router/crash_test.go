package router

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// act is a command whose process is killed between every two of its steps. Timers are killed in
// twice_test.go; these are what people do.
type act struct {
	name string
	// begin brings a session to where it is done.
	begin func(h *house) session.ID
	do    func(h *house, id session.ID) error
	// becomes are who may answer in the end: as if it had not been done, or as if it had.
	becomes []session.Owner
}

var bob = Agent{ID: "bob", Name: "Bob", Site: "demo"}

// second seats bob, who has room.
func (h *house) second() {
	h.Helper()
	_, err := h.desk.Renew(h.Context(), "demo", queue.Sitting{Agent: "bob", Node: "n", Status: queue.Available, Capacity: 2})
	h.must(err)
}

// waits is a session in line; nobody is on duty.
func (h *house) waits() session.ID {
	h.Helper()
	id := h.begin()
	h.must(h.router.Human(h.Context(), id, "tap"))
	return id
}

func acts() []act {
	const bot, waiting, human, closed = session.Bot, session.Waiting, session.Human, session.Closed
	begin := func(h *house) session.ID { return h.begin() }
	offered := func(h *house) session.ID { return h.offered().Session }
	held := func(h *house) session.ID { return h.held() }
	return []act{
		{"handoff", begin, func(h *house, id session.ID) error {
			return h.router.Human(h.Context(), id, "tap")
		}, []session.Owner{bot, waiting}},
		{"accept", offered, func(h *house, _ session.ID) error {
			_, err := h.router.Accept(h.Context(), ann, h.made)
			return err
		}, []session.Owner{waiting, human}},
		{"decline", offered, func(h *house, _ session.ID) error {
			return h.router.Decline(h.Context(), ann, h.made)
		}, []session.Owner{waiting}},
		{"close", held, func(h *house, id session.ID) error {
			return h.router.CloseByAgent(h.Context(), id, ann, "bye")
		}, []session.Owner{human, closed}},
		{"release", held, func(h *house, id session.ID) error {
			return h.router.Release(h.Context(), id, ann, "r")
		}, []session.Owner{human, waiting}},
		{"transfer to a queue", held, func(h *house, id session.ID) error {
			return h.router.Transfer(h.Context(), id, ann, Handing{Tap: "t", Queue: notesQueue, Note: "look at the fee"})
		}, []session.Owner{human, waiting}},
		{"transfer to a colleague", func(h *house) session.ID {
			id := h.held()
			h.second()
			return id
		}, func(h *house, id session.ID) error {
			return h.router.Transfer(h.Context(), id, ann, Handing{Tap: "t", Agent: "bob"})
		}, []session.Owner{human, waiting}},
		{"take over", func(h *house) session.ID {
			id := h.held()
			h.second()
			return id
		}, func(h *house, id session.ID) error {
			return h.router.TakeOver(h.Context(), id, bob, "t")
		}, []session.Owner{human, waiting}},
		{"take", func(h *house) session.ID {
			id := h.waits()
			h.second()
			return id
		}, func(h *house, id session.ID) error {
			return h.router.Take(h.Context(), id, bob)
		}, []session.Owner{human, waiting}},
		{"callback", func(h *house) session.ID { return h.waits() }, func(h *house, id session.ID) error {
			return h.router.Callback(h.Context(), id, "c", Call{Phone: "13800000000", When: h.router.now().Add(time.Hour)})
		}, []session.Owner{waiting}},
		{"callback from the bot", begin, func(h *house, id session.ID) error {
			return h.router.Callback(h.Context(), id, "c", Call{Phone: "13800000000"})
		}, []session.Owner{bot, waiting}},
		{"no callback", func(h *house) session.ID {
			id := h.waits()
			h.must(h.router.Callback(h.Context(), id, "c", Call{Phone: "13800000000", When: h.router.now().Add(time.Hour)}))
			return id
		}, func(h *house, id session.ID) error {
			return h.router.CancelCallback(h.Context(), id, "n")
		}, []session.Owner{waiting}},
		{"end", func(h *house) session.ID { return h.waits() }, func(h *house, id session.ID) error {
			return h.router.End(h.Context(), id, "e")
		}, []session.Owner{waiting, closed}},
	}
}

// TestInvariant12AProcessKilledAtAnyStepOfAnActLeavesADeskEqualToTheSessionsIn30s names every crash
// point: the act, the step, and the command that is not run any more.
func TestInvariant12AProcessKilledAtAnyStepOfAnActLeavesADeskEqualToTheSessionsIn30s(t *testing.T) {
	t.Parallel()
	for _, a := range acts() {
		for name, open := range rdbtest.Servers() {
			t.Run(a.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				diesEverywhere(newHouse(t, open(t)), a)
			})
		}
	}
}

func diesEverywhere(h *house, a act) {
	h.Helper()
	var k killer
	h.db.Client.AddHook(&k)
	undisturbed := h.actOnce(a, &k, 1<<20)
	for i := range undisturbed {
		h.actOnce(a, &k, i)
		if h.Failed() {
			h.Fatalf("crash point: %s, before step %d of %d, %s", a.name, i+1, len(undisturbed), undisturbed[i])
		}
	}
	if len(undisturbed) < 2 {
		h.Errorf("%s ran %v, which is no act", a.name, undisturbed)
	}
}

// actOnce does an act on an empty Redis by a process that dies after so many commands, and looks at what
// the others make of it. It returns the commands that the process ran.
func (h *house) actOnce(a act, k *killer, after int) []string {
	h.Helper()
	h.must(h.db.Client.FlushAll(h.Context()).Err())
	h.ms.Store(1_700_000_000_000)
	id := a.begin(h)
	before, err := h.node.State(h.Context(), id)
	h.must(err)
	k.arm(after, dies)
	err = a.do(h, id)
	if struck := k.disarm(); !struck && err != nil {
		h.Errorf("%s: %v", a.name, err)
	}
	met := k.met
	fresh := newNode(h.T, h.db, h.ms)
	fresh.equalWithin(30*time.Second, id)
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	if !slices.Contains(a.becomes, s.Owner) {
		h.Errorf("answered by %s, want one of %v", s.Owner, a.becomes)
	}
	if before.Arrived > 0 && s.Arrived > 0 && s.Arrived != before.Arrived {
		h.Errorf("arrived at %d, was %d (invariant 6)", s.Arrived, before.Arrived)
	}
	return met
}

// equalWithin lets time pass on a node that knows nothing, and wants the desk to say what the session
// does, with no room taken that nobody has.
func (h *house) equalWithin(d time.Duration, id session.ID) {
	h.Helper()
	for end := h.ms.Load() + d.Milliseconds(); h.ms.Load() < end; {
		h.sit()
		h.pass(min(8*time.Second, time.Duration(end-h.ms.Load())*time.Millisecond))
	}
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	ticket, err := h.desk.Ticket(h.Context(), "demo", id)
	h.must(err)
	seats, err := h.desk.Seats(h.Context(), "demo")
	h.must(err)
	load := 0
	for _, seat := range seats {
		load += seat.Load
	}
	type desk struct {
		Owner    session.Owner
		Agent    string
		Epoch    int64
		Callback bool
		Load     int
	}
	want := desk{s.Owner, s.Agent, s.Epoch, s.Callback.Asked(), 0}
	if s.Owner == session.Human {
		want.Load = 1
	}
	agent := ticket.Agent
	if ticket.State != queue.Held {
		agent = ""
	}
	got := desk{ticket.Owner(), agent, int64(ticket.Epoch), ticket.Callback, load}
	if s.Epoch == 1 { // it never moved: the desk has not heard of it
		want, got = desk{Owner: s.Owner}, desk{Owner: s.Owner, Load: load}
	}
	if got != want {
		h.Error(fmt.Errorf("the desk says %+v, the session %+v", got, want))
	}
}
