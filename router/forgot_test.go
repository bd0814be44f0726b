package router

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/queue"
	"yijian/session"
)

// These are about a Redis that forgets one side: the desk or the sessions.

// forget drops all keys of a shard.
func (h *house) forget(tag string) {
	h.Helper()
	h.must(h.db.Client.Del(h.Context(), h.shard(tag)...).Err())
}

// A session refuses accepts up to the number that was voided. A desk that begins anew must not begin
// below it, or nobody could take that visitor.
func TestInvariant12ADeskThatForgotEverythingOffersAboveWhatASessionHasVoided(t *testing.T) {
	t.Parallel()
	h := twoShards(t)
	id := h.accepting(false)
	h.pass(11 * time.Second) // the accept hung, and lapses
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	if s.Void == 0 || s.Owner != session.Waiting {
		t.Fatalf("voided %d, owner %s: nothing to test", s.Void, s.Owner)
	}
	h.forget(deskTag)
	h.pass(31 * time.Second) // until the session is settled anew
	h.agree(id, session.Waiting, queue.InLine)
	accept(h, id)
	h.agree(id, session.Human, queue.Held)
}

// listener is a console that writes down what it hears.
type listener struct{ heard []SeatNews }

func (l *listener) News(n SeatNews) { l.heard = append(l.heard, n) }

// While the desk does not know where an agent sits, news of the seat reaches nobody. The visitor would be
// with a person who does not know.
func TestInvariant12AConsoleHearsWhatItsSeatHoldsAfterTheDeskForgotTheSeat(t *testing.T) {
	t.Parallel()
	h := twoShards(t)
	id := h.held()
	var console listener
	h.must(h.router.Sit(h.Context(), ann, Seating{Name: "Ann", Capacity: 2}, &console))
	h.forget(deskTag)
	h.pass(31 * time.Second)
	h.agree(id, session.Human, queue.Held)
	console.heard = nil
	h.router.renewSeats(h.Context(), "demo")
	want := []SeatNews{{Site: "demo", Agent: "ann", What: NewsHolds, Held: []session.ID{id}}}
	if diff := cmp.Diff(console.heard, want); diff != "" {
		t.Error(diff)
	}
}

func TestInvariant6ASessionThatBeginsAgainKeepsThePlaceThatItsDeskKnows(t *testing.T) {
	t.Parallel()
	h := twoShards(t)
	id := h.waits()
	before, err := h.node.State(h.Context(), id)
	h.must(err)
	h.forget(h.partition(id))
	h.ms.Add(5000)
	h.must(h.router.BeginAgain(h.Context(), id, Arrival{Site: "demo", Lang: "en"}))
	h.agree(id, session.Waiting, queue.InLine)
	after, err := h.node.State(h.Context(), id)
	h.must(err)
	if after.Arrived != before.Arrived {
		t.Errorf("arrived at %d, want %d as before", after.Arrived, before.Arrived)
	}
}
