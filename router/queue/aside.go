package queue

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"yijian/session"
)

// MissedAfter is how long a visitor may be away before the ticket is missed and goes on the list of
// callbacks (DESIGN §5). It keeps its place all the same.
const MissedAfter = 24 * time.Hour

// Here notes that a page of these visitors is open, and brings those back to the line, at their rank,
// who were away. Call it at least three times in AwayAfter for everybody who waits with a page.
func (d *Desk) Here(ctx context.Context, site string, sids []session.ID) error {
	if len(sids) == 0 {
		return nil
	}
	k := keysOf(site)
	names := make([]string, len(sids))
	for i, id := range sids {
		names[i] = k.ticket(id)
	}
	r, err := d.run(ctx, hereScript, names)
	if err != nil {
		return fmt.Errorf("noting who is there at %s: %w", site, err)
	}
	for i, queue := range r {
		if queue == "" {
			continue
		}
		names := []string{names[i], k.line(queue), k.queues(), k.aside(), k.due(), k.version()}
		if _, err := d.run(ctx, appearScript, names, string(sids[i]), queue, d.opt.AwayAfter.Milliseconds()); err != nil {
			return fmt.Errorf("bringing %s back to the line: %w", sids[i], err)
		}
	}
	return nil
}

// StepAside answers TimerAside. It reports whether the ticket is missed: the caller makes the session
// say so, and settles it; until then the timer comes again.
func (d *Desk) StepAside(ctx context.Context, site string, id session.ID) (missed bool, err error) {
	if err := checkNames("site", site, "session", string(id)); err != nil {
		return false, fmt.Errorf("looking for a visitor: %w", err)
	}
	k := keysOf(site)
	queue := ""
	for range settleRetries {
		names := []string{k.ticket(id), k.line(queue), k.queues(), k.aside(), k.due(), k.version()}
		r, err := d.run(ctx, asideScript, names, string(id), queue,
			d.opt.AwayAfter.Milliseconds(), MissedAfter.Milliseconds(), retryTimer.Milliseconds())
		if err != nil {
			return false, fmt.Errorf("looking for the visitor of %s: %w", id, err)
		}
		if r.text(0) != "elsewhere" {
			return r.text(0) == "missed", nil
		}
		queue = r.text(1)
	}
	return false, nil // it changes queues faster than its timer: it is not forgotten
}

// Callbacks lists who is to be called or was missed, by the time from which on to call, at most a page.
func (d *Desk) Callbacks(ctx context.Context, site string, page Page) ([]Ticket, error) {
	if err := checkName("site", site); err != nil {
		return nil, fmt.Errorf("listing callbacks: %w", err)
	}
	k := keysOf(site)
	sids, err := d.db.Client.ZRange(ctx, k.callbacks(), int64(page.From), int64(page.From+page.N-1)).Result()
	if err != nil {
		return nil, fmt.Errorf("listing the callbacks of %s: %w", site, err)
	}
	tickets, err := d.tickets(ctx, k, ids(sids))
	if err != nil {
		return nil, fmt.Errorf("listing the callbacks of %s: %w", site, err)
	}
	return tickets, nil
}

// Calls is how many are to be called or were missed.
func (d *Desk) Calls(ctx context.Context, site string) (int, error) {
	n, err := d.db.Client.ZCard(ctx, keysOf(site).callbacks()).Result()
	if err != nil {
		return 0, fmt.Errorf("counting the callbacks of %s: %w", site, err)
	}
	return int(n), nil
}

// Take offers one ticket to an agent who asked for it, whatever the order of the line. It is
// ErrOfferGone if it does not wait or is offered to somebody else, and ErrNoRoom if the agent has no
// seat or no room on it.
func (d *Desk) Take(ctx context.Context, site, agent string, id session.ID) (Offer, error) {
	if err := checkNames("site", site, "agent", agent, "session", string(id)); err != nil {
		return Offer{}, fmt.Errorf("taking a ticket: %w", err)
	}
	k := keysOf(site)
	t, err := d.Ticket(ctx, site, id)
	if err != nil {
		return Offer{}, err
	}
	t.Agent, t.Offer = agent, d.newOffer(id)
	for range settleRetries {
		names := []string{
			k.ticket(id), k.seat(agent), k.seats(), k.holds(), k.due(), k.version(),
			k.line(t.Queue), k.queues(), k.aside(),
		}
		r, err := d.run(ctx, takeScript, names, string(id), agent, t.Offer, d.opt.OfferFor.Milliseconds(), t.Queue)
		if err != nil {
			return Offer{}, fmt.Errorf("taking the ticket of %s: %w", id, err)
		}
		switch r.text(0) {
		case "offered":
			t.Number, t.Deadline = r.num(2), r.milli(3)
			t.Offer = cmp.Or(r.text(4), t.Offer)
			return t.offer(r.micro(1)), nil
		case "elsewhere":
			t.Queue = r.text(1)
			continue
		case "ticket":
			return Offer{}, fmt.Errorf("taking the ticket of %s: %w", id, ErrOfferGone)
		}
		return Offer{}, fmt.Errorf("taking the ticket of %s (%s): %w", id, r.text(0), ErrNoRoom)
	}
	return Offer{}, fmt.Errorf("taking the ticket of %s: it kept changing queues: %w", id, ErrConflict)
}
