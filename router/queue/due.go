package queue

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yijian/session"
)

// The timers of a desk, by what they are about.
const (
	// TimerOffer and TimerAccepting carry a session: answer with Lapse.
	TimerOffer     = "offer"
	TimerAccepting = "accepting"
	// TimerAside carries a session: answer with StepAside.
	TimerAside = "aside"
	// TimerSeat carries an agent: answer with Lose.
	TimerSeat = "seat"
	// TimerWrapUp carries an agent whose time for notes is over: answer with WrappedUp.
	TimerWrapUp = "wrapup"
	// TimerCheck is about the desk as a whole: answer with Check, and if it says so, Walk.
	TimerCheck = "check"
)

// Timer is a deadline that has come.
type Timer struct {
	What string
	ID   string
	At   time.Time
}

// Lapsed is the answer to a timer of a ticket. The zero value means that there was nothing to do.
type Lapsed struct {
	// Offer ended, or for Void still stands half accepted, and was made to Agent.
	Offer string
	Agent string
	// SetAway says that it was one missed offer too many: the seat is away now.
	SetAway bool
	// Void, if not 0, is the number of an accept that was begun and not finished. Make the session
	// refuse it, then call Return; or settle the session if it turns out to be accepted.
	Void uint64
}

// Due lists at most n timers whose deadline has come, earliest first. Answering them is idempotent
// and removes or re-arms them, so any number of nodes may do it.
func (d *Desk) Due(ctx context.Context, site string, n int) ([]Timer, error) {
	if err := checkName("site", site); err != nil {
		return nil, fmt.Errorf("reading timers: %w", err)
	}
	r, err := d.run(ctx, dueScript, []string{keysOf(site).due()}, n)
	if err != nil {
		return nil, fmt.Errorf("reading the timers of desk %s: %w", site, err)
	}
	var timers []Timer
	for i := 0; i+1 < len(r); i += 2 {
		what, id, _ := strings.Cut(r[i], ":")
		timers = append(timers, Timer{What: what, ID: id, At: r.milli(i + 1)})
	}
	return timers, nil
}

// Remove takes a timer away, unless it was armed anew since it was seen: for a kind that the caller
// does not know, which would otherwise be due for ever.
func (d *Desk) Remove(ctx context.Context, site string, t Timer) (bool, error) {
	answer, err := removeScript.Do(ctx, d.db.Client, []string{keysOf(site).due()},
		t.What+":"+t.ID, t.At.UnixMilli()).Text()
	if err != nil {
		return false, fmt.Errorf("removing timer %s of desk %s: %w", t.What, site, err)
	}
	return answer == "1", nil
}

// Lapse answers a timer of a ticket: an offer past its deadline goes back to the line and asks other
// seats first; an accept past its deadline is reported as Void.
func (d *Desk) Lapse(ctx context.Context, site string, id session.ID) (Lapsed, error) {
	if err := checkNames("site", site, "session", string(id)); err != nil {
		return Lapsed{}, fmt.Errorf("lapsing a ticket: %w", err)
	}
	k := keysOf(site)
	agent := ""
	for range settleRetries {
		names := []string{k.ticket(id), k.seat(agent), k.holds(), k.due(), k.version()}
		r, err := d.run(ctx, lapseScript, names, string(id), agent, d.opt.Misses, retryTimer.Milliseconds())
		if err != nil {
			return Lapsed{}, fmt.Errorf("lapsing the ticket of %s: %w", id, err)
		}
		switch r.text(0) {
		case "again": // the seat's key must be named before the script runs
			agent = r.text(1)
			continue
		case "lapsed":
			return Lapsed{Offer: r.text(1), Agent: agent, SetAway: r.text(2) == "1"}, nil
		case "void":
			return Lapsed{Offer: r.text(1), Agent: agent, Void: r.num(2)}, nil
		}
		return Lapsed{}, nil
	}
	return Lapsed{}, nil // it changes hands faster than its timers: it is not stuck
}

// Return puts a ticket whose accept never finished back to the line, once its session refuses the
// accept with this offer number. It reports whether it did.
func (d *Desk) Return(ctx context.Context, site string, id session.ID, number uint64) (bool, error) {
	if err := checkNames("site", site, "session", string(id)); err != nil {
		return false, fmt.Errorf("returning a ticket: %w", err)
	}
	k := keysOf(site)
	names := []string{k.ticket(id), k.holds(), k.due(), k.version()}
	r, err := backScript.Do(ctx, d.db.Client, names, string(id), number).StringSlice()
	if err != nil {
		return false, fmt.Errorf("returning the ticket of %s: %w", id, err)
	}
	return reply(r).text(0) == "back", nil
}
