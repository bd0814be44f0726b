package router

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"yijian/router/queue"
	"yijian/session"
)

// Why a conversation does not go where an agent sends it. Nothing has changed then.
var (
	// ErrYourself says that an agent would send a conversation to the agent.
	ErrYourself = errors.New("that is you")
	// ErrNotThere says that a colleague takes no conversations now.
	ErrNotThere = errors.New("that colleague is not there now")
)

// Handing is how an agent hands a conversation on: to a queue, to one colleague, or both.
type Handing struct {
	// Tap is the client's id of this act, or empty.
	Tap string
	// Queue is the line to join; the present one if empty.
	Queue string
	// Agent is asked first and for a little while alone; anybody if empty.
	Agent string
	// Note is for agents only; may be empty.
	Note string
}

// Transfer hands on a conversation that the agent answers. The visitor keeps the arrival time, and so
// comes in front of whoever came later (docs/adr/0007).
func (r *Router) Transfer(ctx context.Context, id session.ID, a Agent, h Handing) error {
	if h.Queue == "" && h.Agent == "" {
		return fmt.Errorf("%w: a transfer needs a queue or a colleague", queue.ErrInvalid)
	}
	if h.Queue != "" {
		if err := cmp.Or(queue.CheckQueue(h.Queue), r.desk.Known(h.Queue)); err != nil {
			return err
		}
	}
	if h.Agent != "" {
		if err := r.isThere(ctx, a, h.Agent); err != nil {
			return err
		}
	}
	s, err := r.node.State(ctx, id)
	if err != nil {
		return err
	}
	if h.Tap == "" {
		h.Tap = uuid.NewString()
	}
	move := agentMove(a, h.Tap, session.Waiting, ReasonTransferred)
	move.Body.Queue, move.Body.Agent = cmp.Or(h.Queue, s.Queue, GeneralQueue), h.Agent
	drafts := []session.Draft{move}
	if h.Note != "" {
		// The note first: whoever reads the move has it.
		drafts = []session.Draft{noteOf(a, h.Tap+"-note", h.Note), move}
	}
	return r.agentAct(ctx, id, drafts)
}

// Question is what an agent asks a colleague about a conversation.
type Question struct{ ID, Colleague, Text string }

// Consult lets a colleague in to read a conversation and write notes, and asks something. The agent
// goes on answering.
func (r *Router) Consult(ctx context.Context, id session.ID, a Agent, q Question) (uint64, error) {
	if err := r.isThere(ctx, a, q.Colleague); err != nil {
		return 0, err
	}
	s, err := r.node.State(ctx, id)
	if err != nil {
		return 0, err
	}
	if s.Owner != session.Human || s.Agent != a.ID {
		return 0, ErrNotYours
	}
	ask := noteOf(a, q.ID, q.Text)
	ask.Body.Agent = q.Colleague
	seq, err := r.agentWrites(ctx, id, ask)
	if err == nil {
		r.seatNews(ctx, a.Site, q.Colleague, SeatNews{What: NewsConsult, Session: id, From: a.Name})
	}
	return seq, err
}

// isThere refuses who cannot take a conversation now. A colleague without room is there: the visitor
// waits a little for that one.
func (r *Router) isThere(ctx context.Context, a Agent, colleague string) error {
	if colleague == a.ID {
		return ErrYourself
	}
	seats, err := r.desk.Roster(ctx, a.Site)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(seats, func(s queue.Seat) bool { return s.Agent == colleague })
	if i < 0 || seats[i].Status == queue.Away || seats[i].Status == queue.Offline {
		return fmt.Errorf("%w: %.40q", ErrNotThere, colleague)
	}
	return nil
}

// Roster is who is there at a site, and what the queues are, for those who hand on a conversation.
func (r *Router) Roster(ctx context.Context, site string) ([]queue.Seat, []string, error) {
	seats, err := r.desk.Roster(ctx, site)
	return seats, r.desk.Queues(), err
}

// Holdings is what the seats of a site answer now, for those who watch.
func (r *Router) Holdings(ctx context.Context, site string) (map[string][]queue.Holding, error) {
	return r.desk.Holdings(ctx, site)
}

func noteOf(a Agent, clientID, text string) session.Draft {
	return session.Draft{
		ID: session.AgentEventID(a.ID, clientID), Kind: session.KindNote, From: session.FromAgent, By: a.ID,
		Body: session.Body{Text: text, Name: a.Name},
	}
}
