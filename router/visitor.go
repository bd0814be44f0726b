package router

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"

	"yijian/session"
	"yijian/session/plant"
)

// comeBack is how long a session reopened after a person's answer goes to people first
// (invariant 4).
const comeBack = 24 * time.Hour

// Arrival is a visitor who begins a session.
type Arrival struct {
	Site, Lang string
	session.Prefers
}

// Begin creates a session for a visitor.
func (r *Router) Begin(ctx context.Context, a Arrival) (session.ID, error) {
	id := session.NewID()
	return id, r.begin(ctx, id, a, r.node.Create)
}

// BeginAgain creates a session under an id that was given out before, if neither Redis nor the record
// has it. Its desk may know it still, from before it was lost: then the place in line stands.
func (r *Router) BeginAgain(ctx context.Context, id session.ID, a Arrival) error {
	if err := r.begin(ctx, id, a, r.node.CreateAgain); err != nil {
		return err
	}
	_, err := r.Settle(ctx, id)
	return err
}

func (r *Router) begin(ctx context.Context, id session.ID, a Arrival, create creation) error {
	if _, err := create(ctx, session.Birth{ID: id, Site: a.Site, Lang: a.Lang, Prefers: a.Prefers}); err != nil {
		return err
	}
	r.metrics.Sessions.WithLabelValues(a.Site).Inc()
	if a.First == firstHuman || r.firstHuman[a.Site] {
		return r.ask(ctx, id, "m:first", ReasonFirstHuman)
	}
	return nil
}

type creation func(context.Context, session.Birth) (bool, error)

// Message is what a visitor sent.
type Message struct {
	ClientID string
	Text     string
	Pace     *session.Pace
}

// VisitorMessage stores a message and returns its seq. If the bot answers this session, its turn is
// taken afterwards, off this path. A closed session is reopened by it.
func (r *Router) VisitorMessage(ctx context.Context, id session.ID, m Message) (uint64, error) {
	said := session.Draft{
		ID: session.VisitorEventID(m.ClientID), Kind: session.KindMessage, From: session.FromVisitor,
		Body: session.Body{Text: m.Text, Pace: m.Pace},
	}
	a := session.Append{
		Drafts: []session.Draft{said},
		Timers: append([]session.Timer{{What: timerAsk, After: askLook}}, r.anyIdle()...),
	}
	out, err := r.node.Append(ctx, id, a)
	if errors.Is(err, session.ErrClosed) {
		out, err = r.reopen(ctx, id, m.ClientID, a)
	}
	if err != nil {
		return 0, err
	}
	if out.Now.Owner == session.Bot && out.Now.Ask != "" {
		r.turns.anew(id)
	}
	if !out.Now.WarnedAt.IsZero() {
		r.awake(ctx, id)
	}
	return out.Seqs[len(out.Seqs)-1], nil
}

// reopen puts the message after a move out of closed: to the bot or, if a person was wanted first or
// answered within a day, straight into the line.
func (r *Router) reopen(ctx context.Context, id session.ID, cause string, a session.Append) (session.Appended, error) {
	said := a.Drafts
	out, err := r.again(ctx, id, func(s session.State) (session.Append, error) {
		a.Drafts, a.Epoch = said, s.Epoch
		if s.Owner != session.Closed {
			return a, nil
		}
		move := handoff("m:reopen:"+cause, session.FromVisitor, ReasonReopened)
		if !r.wantsPerson(s) && !s.PersonWithin(comeBack, r.now()) {
			move.Body.To, move.Body.Queue = session.Bot, ""
		}
		a.Drafts = append([]session.Draft{move}, said...)
		return a, nil
	})
	if err == nil && out.Now.Owner == session.Waiting {
		r.moved(ctx, id)
	}
	return out, err
}

// Human is the one click. It is legal in every state and never refused (invariant 4): the bot hands
// off, a closed session reopens into the line, in line it answers the place, and a visitor who talks
// to a person already asks for another. tap is the client's id of this tap, or empty.
func (r *Router) Human(ctx context.Context, id session.ID, tap string) error {
	if tap == "" {
		tap = uuid.NewString()
	}
	return r.ask(ctx, id, "m:"+tap, ReasonButton)
}

func (r *Router) ask(ctx context.Context, id session.ID, move, reason string) error {
	out, err := r.again(ctx, id, func(s session.State) (session.Append, error) {
		if plant.Press && id[len(id)-1]%4 == 0 {
			return session.Append{}, nil
		}
		switch s.Owner {
		case session.Bot, session.Closed:
			return session.Append{Drafts: []session.Draft{handoff(move, session.FromVisitor, reason)}, Epoch: s.Epoch, Urgent: true}, nil
		case session.Human:
			return session.Append{Drafts: []session.Draft{r.anotherPerson(s)}, Urgent: true}, nil
		}
		return session.Append{}, nil
	})
	if err != nil {
		return fmt.Errorf("asking for a person: %w", err)
	}
	if len(out.Fresh) > 0 && out.Fresh[0].Kind == session.KindMove {
		r.metrics.Handoffs.WithLabelValues(out.Now.Site, reason).Inc()
		r.moved(ctx, id)
	}
	if !out.Now.WarnedAt.IsZero() {
		r.awake(ctx, id)
	}
	if out.Now.Owner == session.Waiting {
		r.tellPlace(ctx, out.Now.Site, id)
	}
	return nil
}

// anotherPerson tells the agent and the supervisor that this visitor wants somebody else. Taps
// within half a minute are one.
func (r *Router) anotherPerson(s session.State) session.Draft {
	slot := strconv.FormatInt(r.now().Unix()/30, 36)
	return session.Draft{
		ID:   "s:another:" + strconv.FormatInt(s.Epoch, 10) + ":" + slot,
		Kind: session.KindNotice, From: session.FromSystem, Body: session.Body{Code: "another_person_asked"},
	}
}

// BackToBot gives the session back to the bot, by the visitor's own choice (W6).
func (r *Router) BackToBot(ctx context.Context, id session.ID, tap string) error {
	return r.visitorMove(ctx, id, tap, session.Bot, ReasonBackToBot)
}

// End closes the session for the visitor. Writing again reopens it.
func (r *Router) End(ctx context.Context, id session.ID, tap string) error {
	return r.visitorMove(ctx, id, tap, session.Closed, ReasonEnded)
}

func (r *Router) visitorMove(ctx context.Context, id session.ID, tap string, to session.Owner, reason string) error {
	if tap == "" {
		tap = uuid.NewString()
	}
	out, err := r.again(ctx, id, func(s session.State) (session.Append, error) {
		if s.Owner == to {
			return session.Append{}, nil
		}
		move := session.Draft{
			ID: "m:" + tap, Kind: session.KindMove, From: session.FromVisitor,
			Body: session.Body{To: to, Reason: reason},
		}
		return session.Append{Drafts: []session.Draft{move}, Epoch: s.Epoch}, nil
	})
	if err != nil {
		return fmt.Errorf("moving to %s: %w", to, err)
	}
	if len(out.Fresh) > 0 {
		r.moved(ctx, id)
	}
	return nil
}

// Rate stores the visitor's rating, 1..5, once for each time somebody answered.
func (r *Router) Rate(ctx context.Context, id session.ID, score int, comment string) error {
	s, err := r.node.State(ctx, id)
	if err != nil {
		return err
	}
	_, err = r.node.Append(ctx, id, session.Append{Drafts: []session.Draft{{
		ID:   "v:rating-" + strconv.FormatInt(s.Epoch, 10),
		Kind: session.KindRating, From: session.FromVisitor, Body: session.Body{Score: score, Text: comment},
	}}})
	if errors.Is(err, session.ErrIDReused) {
		return nil // rated already; the first word stands
	}
	return err
}

// Read notes that the visitor has seen everything up to a seq.
func (r *Router) Read(ctx context.Context, id session.ID, upto uint64) error {
	return r.noteRead(ctx, id, session.Draft{
		ID: "v:read-" + strconv.FormatUint(upto, 10), From: session.FromVisitor, Body: session.Body{Upto: upto},
	})
}

func (r *Router) noteRead(ctx context.Context, id session.ID, d session.Draft) error {
	d.Kind = session.KindRead
	_, err := r.node.Append(ctx, id, session.Append{Drafts: []session.Draft{d}})
	return err
}

// Typing tells the other side that somebody is writing. It is not stored.
func (r *Router) Typing(ctx context.Context, id session.ID, from session.Role, by string) error {
	return r.node.Signal(ctx, id, session.Signal{What: "typing", From: from, By: by})
}
