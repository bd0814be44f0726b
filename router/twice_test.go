package router

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// deadline is a durable timer in one situation that it has to deal with. The table of all of them
// holds every handler to one promise: however often it runs, on however many nodes, and wherever it
// is killed, what stands in the end is what one undisturbed run leaves.
type deadline struct {
	kind string // "session:" or "desk:" and what is due
	name string
	// begin brings a session to where the timer is due and returns what the timer is about.
	begin func(h *house) string
	// ends checks the undisturbed end, so that the others are not equal to a mistake.
	ends func(e ending) bool
}

// ending is everything that a timer may leave behind, without times and names made by chance.
type ending struct {
	Log    []string
	State  session.State
	Ticket queue.Ticket
	Seats  []queue.Seat
	Keys   []string
	Timers []string
}

func (h *house) run(d deadline, id string) error {
	defer h.takeTurns()
	what, ok := strings.CutPrefix(d.kind, "desk:")
	if ok {
		return h.router.deskHandlers()[what](h.Context(), "demo", id)
	}
	_, err := h.router.Handlers()[strings.TrimPrefix(d.kind, "session:")](h.Context(), session.ID(id))
	return err
}

// takeTurns lets the bot take the turns that are queued on this node.
func (h *house) takeTurns() {
	for {
		select {
		case id := <-h.router.turns.ready:
			h.router.takeTurn(h.Context(), id)
			h.router.turns.done(id)
		default:
			return
		}
	}
}

// recover is what the other nodes do afterwards: they answer all timers that are due, for longer than
// two rounds of the rarest: the check of a desk comes every 30 s.
func (h *house) recover() {
	h.Helper()
	for range 9 {
		h.ms.Add(8000)
		if h.anyDue() {
			h.must(h.timers.RunOnce(h.Context()))
		}
		h.takeTurns()
		h.must(h.router.answerTimers(h.Context(), "demo"))
	}
}

// look reads an ending. The session's id is replaced wherever it stands, and so is an arrival after
// the timer was due: that is the handler's own move into the line, which comes when it comes.
func (h *house) look(id session.ID, due int64) ending {
	h.Helper()
	var e ending
	at, err := h.node.Open(h.Context(), id, "", 0, session.Position{})
	if err != nil && !errors.Is(err, session.ErrGone) {
		h.Fatal(err)
	}
	for _, ev := range at.Events {
		e.Log = append(e.Log, fmt.Sprintf("%d %s %s %s/%s to=%s agent=%s queue=%s why=%s code=%s arrived=%v %q", ev.Seq, ev.ID,
			ev.Kind, ev.From, ev.By, ev.Body.To, ev.Body.Agent, ev.Body.Queue, ev.Body.Reason, ev.Body.Code, min(ev.Body.Arrived, 1000*due), ev.Body.Text))
	}
	e.State = untimed(at.State)
	e.Ticket, err = h.desk.Ticket(h.Context(), "demo", id)
	h.must(err)
	if e.Ticket.State != queue.Gone && e.Ticket.Arrived.UnixMicro() != at.State.Arrived {
		h.Errorf("the desk says %d arrived, the log %d (invariant 6)", e.Ticket.Arrived.UnixMicro(), at.State.Arrived)
	}
	e.State.Arrived, e.Ticket.Arrived = min(e.State.Arrived, 1000*due), time.Time{}
	e.Ticket.Session, e.Ticket.Offer, e.Ticket.Version = "", "", 0
	e.Ticket.Since, e.Ticket.Deadline, e.Ticket.ExcludedAt = time.Time{}, time.Time{}, time.Time{}
	e.Seats, err = h.desk.Seats(h.Context(), "demo")
	h.must(err)
	for i := range e.Seats {
		e.Seats[i].Lease, e.Seats[i].IdleSince, e.Seats[i].Version = time.Time{}, time.Time{}, 0
	}
	h.lookAtKeys(id, &e)
	return e
}

func (h *house) lookAtKeys(id session.ID, e *ending) {
	h.Helper()
	names, err := h.db.Client.Keys(h.Context(), "yj:*").Result()
	h.must(err)
	partition := "{" + strings.Trim(rdb.Tag(rdb.PartitionOf(string(id))), "{}") + "}"
	plain := strings.NewReplacer(string(id), "S", partition, "{P}")
	for _, name := range names {
		if strings.HasSuffix(name, ":due") && !strings.Contains(name, partition) && !strings.Contains(name, "{desk:") {
			continue // of another partition, with nothing but the mark that it lives
		}
		e.Keys = append(e.Keys, plain.Replace(name))
		if strings.HasSuffix(name, ":due") {
			due, err := h.db.Client.ZRange(h.Context(), name, 0, -1).Result()
			h.must(err)
			for _, member := range due {
				e.Timers = append(e.Timers, plain.Replace(member))
			}
		}
	}
	slices.Sort(e.Keys)
	slices.Sort(e.Timers)
}

// untimed takes out of a state when things happened, and keeps whether they did.
func untimed(s session.State) session.State {
	s.At, s.MovedAt, s.Created, s.HumanAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	for _, at := range []*time.Time{&s.Quiet.ActiveAt, &s.Quiet.WarnedAt, &s.Quiet.SeenAt} {
		if !at.IsZero() {
			*at = time.Unix(1, 0)
		}
	}
	if s.Owner == session.Human {
		s.Void = 0 // the accept stands in the log: that it would be refused now means nothing
	}
	return s
}

// try brings a session to a deadline on an empty Redis, lets disturb run the handler in its way, and
// returns where all ends when a fresh node has looked after what was left.
func (h *house) try(d deadline, disturb func(h *house, id string)) ending {
	h.Helper()
	h.must(h.db.Client.FlushAll(h.Context()).Err())
	h.ms.Store(1_700_000_000_000)
	id := d.begin(h)
	due := h.ms.Load()
	disturb(h, id)
	fresh := newNode(h.T, h.db, h.ms)
	fresh.router.idle, fresh.router.bot = h.router.idle, h.router.bot
	fresh.recover()
	return fresh.look(h.began, due)
}

func TestEveryTimerThatIsRegisteredIsInTheTableOfDeadlines(t *testing.T) {
	t.Parallel()
	h := newHouse(t, rdbtest.Memory(t))
	want := map[string]bool{}
	for what := range h.router.Handlers() {
		want["session:"+what] = true
	}
	for what := range h.router.deskHandlers() {
		want["desk:"+what] = true
	}
	got := map[string]bool{}
	for _, d := range deadlines() {
		got[d.kind] = true
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("timers (-registered +proven):\n%s", diff)
	}
}

func TestEveryTimerRunTwiceOrOnTwoNodesOrKilledAtAnyStepEndsAsIfItRanOnce(t *testing.T) {
	t.Parallel()
	for _, d := range deadlines() {
		t.Run(d.kind+" "+d.name, func(t *testing.T) {
			t.Parallel()
			for name, open := range rdbtest.Servers() {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					manners := []manner{dies}
					if name == "in-process" {
						manners = []manner{dies, hiccups, deaf}
					}
					endsTheSame(newHouse(t, open(t)), d, manners)
				})
			}
		})
	}
}

func endsTheSame(h *house, d deadline, manners []manner) {
	h.Helper()
	var k killer
	h.db.Client.AddHook(&k)
	want := h.try(d, func(h *house, id string) { h.must(h.run(d, id)) })
	if !d.ends(want) {
		h.Fatalf("one run ends in %+v", want)
	}
	same := func(how string, disturb func(h *house, id string)) {
		h.Helper()
		if diff := cmp.Diff(want, h.try(d, disturb)); diff != "" {
			h.Errorf("%s (-undisturbed +disturbed):\n%s", how, diff)
		}
	}
	same("not run by us", func(*house, string) {})
	same("twice", func(h *house, id string) {
		h.must(h.run(d, id))
		h.must(h.run(d, id))
	})
	same("on two nodes at once", func(h *house, id string) { atOnce(h, d, id) })
	for _, m := range manners {
		steps := 0
		for struck := true; struck; steps++ {
			same(fmt.Sprintf("a node that %s at command %d", m, steps), func(h *house, id string) {
				k.arm(steps, m)
				_ = h.run(d, id) // that it fails is the point
				struck = k.disarm()
			})
		}
		if steps < 2 {
			h.Errorf("%s: the handler ran no command", m)
		}
	}
}

func atOnce(h *house, d deadline, id string) {
	h.Helper()
	var g sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		node := newNode(h.T, h.db, h.ms)
		node.router.idle, node.router.bot = h.router.idle, h.router.bot
		g.Go(func() { errs[i] = node.run(d, id) })
	}
	g.Wait()
	h.must(errors.Join(errs...))
}
