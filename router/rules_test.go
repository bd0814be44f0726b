package router

import (
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// joins brings a new session into a queue.
func (h *house) joins(name string) session.ID {
	h.Helper()
	id := h.begin()
	move := handoff("m:tap", session.FromVisitor, ReasonButton)
	move.Body.Queue = name
	h.append(id, session.Append{Drafts: []session.Draft{move}})
	_, err := h.router.Settle(h.Context(), id)
	h.must(err)
	return id
}

// wrapsUp leaves ann in the pause after a conversation whose queue gives time for notes.
func (h *house) wrapsUp() {
	h.Helper()
	h.sit()
	id := h.joins(notesQueue)
	h.took(id)
	h.must(h.router.CloseByAgent(h.Context(), id, ann, "bye"))
	h.status(queue.WrapUp)
}

// took has ann accept the one offer there is.
func (h *house) took(id session.ID) {
	h.Helper()
	done, err := h.desk.Dispatch(h.Context(), "demo")
	h.must(err)
	if len(done.Offers) != 1 || done.Offers[0].Session != id {
		h.Fatalf("offers %+v, want one of %s", done.Offers, id)
	}
	_, err = h.router.Accept(h.Context(), ann, done.Offers[0].ID)
	h.must(err)
}

func (h *house) status(want queue.Status) {
	h.Helper()
	seats, err := h.desk.Seats(h.Context(), "demo")
	h.must(err)
	if len(seats) != 1 || seats[0].Status != want {
		h.Fatalf("seats %+v, want one that is %s", seats, want)
	}
}

func TestAnAgentHasTimeForNotesAndIsThenOfferedTheNext(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		h.wrapsUp()
		next := h.joins(GeneralQueue)
		h.must(h.router.offer(h.Context(), "demo", &watch{}))
		h.agree(next, session.Waiting, queue.InLine)
		h.pass(notesFor)
		h.status(queue.Available)
		h.took(next)
	})
}

func TestAQueueThatAsksNobodyGivesItsTicketToTheAgent(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		h.sit()
		id := h.joins(autoQueue)
		h.must(h.router.offer(h.Context(), "demo", &watch{}))
		h.agree(id, session.Human, queue.Held)
		seats, err := h.desk.Seats(h.Context(), "demo")
		h.must(err)
		if seats[0].Load != 2 {
			h.Errorf("load %d, want the weight of the queue's tickets, 2", seats[0].Load)
		}
	})
}

func TestInvariant4WhoComesBackWithinADayWaitsALittleForTheSamePerson(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		h.sit()
		id := h.joins(GeneralQueue)
		h.took(id)
		_, err := h.router.AgentMessage(h.Context(), id, ann, "hi", "Hello!")
		h.must(err)
		h.must(h.router.CloseByAgent(h.Context(), id, ann, "bye"))
		h.ms.Add(time.Hour.Milliseconds())
		h.must(h.router.Human(h.Context(), id, "again"))
		for _, agent := range []string{"bob", "ann"} {
			_, err := h.desk.Sit(h.Context(), "demo", queue.Sitting{Agent: agent, Node: "n", Status: queue.Available, Capacity: 1})
			h.must(err)
		}
		ticket, err := h.desk.Ticket(h.Context(), "demo", id)
		h.must(err)
		if ticket.Preferred != "ann" {
			h.Errorf("preferred %q, want ann", ticket.Preferred)
		}
		h.took(id)
	})
}
