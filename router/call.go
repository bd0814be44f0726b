package router

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/nyaruka/phonenumbers"

	"yijian/router/queue"
	"yijian/session"
)

// Why nobody can be called as asked. The place in line is kept.
var (
	// ErrBadPhone says that something cannot be a telephone number.
	ErrBadPhone = errors.New("that is no telephone number")
	// ErrBadTime says that a call is asked for too far ahead.
	ErrBadTime = errors.New("that is too far ahead for a call")
	// ErrNotInLine says that a visitor has a person already, or none to wait for.
	ErrNotInLine = errors.New("the visitor is not in line")
)

// callAhead is the latest that a call can be asked for: a number left for longer is forgotten by its
// owner.
const callAhead = 14 * 24 * time.Hour

// Call is what a visitor leaves who would rather be called.
type Call struct {
	// Phone is as it was typed.
	Phone string
	// When is the earliest time; zero is as soon as possible.
	When time.Time
}

// Callback turns a visitor's place in line into a call at the same place, or joins the line for one. A
// time at which nobody answers becomes the next at which somebody does. It can be asked for again: the
// last number and time count.
func (r *Router) Callback(ctx context.Context, id session.ID, tap string, c Call) error {
	s, err := r.node.State(ctx, id)
	if err != nil {
		return err
	}
	phone, err := r.readPhone(s.Site, c.Phone)
	if err != nil {
		return err
	}
	when, err := r.callTime(s, c.When)
	if err != nil {
		return err
	}
	if tap == "" {
		tap = uuid.NewString()
	}
	asked := callback("v:call:"+tap, session.FromVisitor, session.Body{
		Reason: session.CallAsked, Phone: phone, When: when,
	})
	return r.callEvent(ctx, id, func(s session.State) ([]session.Draft, error) {
		switch s.Owner {
		case session.Human:
			return nil, ErrNotInLine
		case session.Waiting:
			return []session.Draft{asked}, nil
		}
		return []session.Draft{handoff("m:call:"+tap, session.FromVisitor, ReasonCallback), asked}, nil
	})
}

// CancelCallback makes a call a place in line again.
func (r *Router) CancelCallback(ctx context.Context, id session.ID, tap string) error {
	if tap == "" {
		tap = uuid.NewString()
	}
	return r.callEvent(ctx, id, func(s session.State) ([]session.Draft, error) {
		if s.Owner != session.Waiting || s.Callback.Reason == "" {
			return nil, nil
		}
		return []session.Draft{callback("v:call:"+tap, session.FromVisitor, session.Body{Reason: session.CallCancelled})}, nil
	})
}

// stepAside answers the desk's question whether a visitor is still there. Who was gone for a day is on
// the list of callbacks from then on, with the place in line kept.
func (r *Router) stepAside(ctx context.Context, site string, id session.ID) error {
	missed, err := r.desk.StepAside(ctx, site, id)
	if err != nil || !missed {
		return err
	}
	err = r.callEvent(ctx, id, func(s session.State) ([]session.Draft, error) {
		if s.Owner != session.Waiting || s.Callback.Reason != "" {
			return nil, nil
		}
		why := "s:missed:" + strconv.FormatInt(s.Epoch, 10)
		return []session.Draft{callback(why, session.FromSystem, session.Body{Reason: session.CallMissed})}, nil
	})
	if errors.Is(err, session.ErrGone) {
		return nil // its record brings it back; the desk forgets it then or now
	}
	return err
}

func callback(id string, by session.Role, body session.Body) session.Draft {
	return session.Draft{ID: id, Kind: session.KindCallback, From: by, Body: body}
}

func (r *Router) callEvent(ctx context.Context, id session.ID, decide func(session.State) ([]session.Draft, error)) error {
	_, err := r.again(ctx, id, func(s session.State) (session.Append, error) {
		drafts, err := decide(s)
		return session.Append{Drafts: drafts, Epoch: s.Epoch}, err
	})
	if err != nil {
		return fmt.Errorf("noting a callback: %w", err)
	}
	r.moved(ctx, id)
	return nil
}

// readPhone returns a number as +8613800000000. It refuses only what cannot be one: which ranges are in
// use changes faster than anybody's list.
func (r *Router) readPhone(site, typed string) (string, error) {
	number, err := phonenumbers.Parse(typed, orElse(r.regions[site], defaultRegion))
	if err != nil || phonenumbers.IsPossibleNumberWithReason(number) != phonenumbers.IS_POSSIBLE {
		return "", ErrBadPhone
	}
	return phonenumbers.Format(number, phonenumbers.E164), nil
}

// IsRegion reports whether telephone numbers are known of a country, by its two letters.
func IsRegion(code string) bool { return phonenumbers.GetSupportedRegions()[code] }

// defaultRegion is where a number without a country code is dialled.
const defaultRegion = "CN"

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// callTime is from when on to call, in ms; 0 is as soon as possible.
func (r *Router) callTime(s session.State, want time.Time) (int64, error) {
	now := r.now()
	if want.After(now.Add(callAhead)) {
		return 0, ErrBadTime
	}
	if !want.After(now) {
		return 0, nil
	}
	if at, ok := r.hours.of(s.Site, orElse(s.Queue, GeneralQueue)).NextOpen(want); ok {
		want = at
	}
	return want.UnixMilli(), nil
}

// Waits is one who is to be called, or was missed.
type Waits struct {
	queue.Ticket
	session.Callback
}

// Callbacks lists who is to be called or was missed at a site, in the order of the calls.
func (r *Router) Callbacks(ctx context.Context, site string, page queue.Page) ([]Waits, error) {
	tickets, err := r.desk.Callbacks(ctx, site, page)
	if err != nil {
		return nil, err
	}
	out := make([]Waits, 0, len(tickets))
	for _, t := range tickets {
		s, err := r.node.State(ctx, t.Session)
		if errors.Is(err, session.ErrGone) || err == nil && s.Owner != session.Waiting {
			continue // the desk is about to learn it
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Waits{t, s.Callback})
	}
	return out, nil
}

// Calls is how many are on that list.
func (r *Router) Calls(ctx context.Context, site string) (int, error) {
	return r.desk.Calls(ctx, site)
}

// TicketNumber is what a visitor says on the telephone to name a conversation: eight digits that follow
// from its id, so that they survive whatever happens to any store. Two conversations of the same day
// may share one; whoever looks it up sees both.
func TicketNumber(id session.ID) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return fmt.Sprintf("%08d", h.Sum64()%100_000_000)
}
