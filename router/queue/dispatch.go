package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"
)

const (
	// dispatchRounds bounds how often one Dispatch looks again after somebody changed the desk under it.
	dispatchRounds = 5
	// dispatchLease is how long a dispatcher that died keeps others from its desk.
	dispatchLease = 2 * time.Second
)

// firstPage is how many tickets are read beyond twice the room there is.
const firstPage = 4

// Dispatched is what came of one Dispatch.
type Dispatched struct {
	// Offers were made, to be shown to their agents.
	Offers []Offer
	// More says that the desk changed meanwhile: dispatch again, once the offers are shown.
	More bool
}

// Dispatch offers waiting tickets to free seats. Call it after anything that adds a ticket or room.
//
// One dispatcher is at work at a desk at a time: a call that finds another at work leaves it a mark and
// returns. That only saves work. Every offer re-checks what it was decided on, so two at once, after a
// lease that ran out, are harmless.
func (d *Desk) Dispatch(ctx context.Context, site string) (out Dispatched, err error) {
	if err := checkName("site", site); err != nil {
		return out, fmt.Errorf("dispatching: %w", err)
	}
	k, who := keysOf(site), rand.Text()
	for range dispatchRounds {
		r, err := d.room(ctx, k, who)
		if err != nil {
			return out, fmt.Errorf("dispatching desk %s: %w", site, err)
		}
		if r.text(0) == "busy" {
			return out, nil
		}
		made, refused, err := d.round(ctx, k, r)
		out.Offers = append(out.Offers, made...)
		if err != nil {
			_, _ = d.run(ctx, restScript, []string{k.dispatch()}, who) // or the lease ends
			return out, fmt.Errorf("dispatching desk %s: %w", site, err)
		}
		if !refused {
			break
		}
	}
	r, err := d.run(ctx, restScript, []string{k.dispatch()}, who)
	if err != nil {
		return out, fmt.Errorf("dispatching desk %s: %w", site, err)
	}
	out.More = r.text(0) == "more"
	return out, nil
}

// round matches the lines from their front on until no seat has room. It reports whether an offer was
// refused because the desk had changed.
func (d *Desk) round(ctx context.Context, k keys, look reply) (made []Offer, refused bool, err error) {
	desk, err := d.seatsOf(ctx, k, look)
	if err != nil {
		return nil, false, err
	}
	match := newMatcher(desk.seats, desk.now, d.opt.Queues.ByQueue(d.opt.Strategy))
	front := d.front(k, desk.queues, match.free)
	for match.free > 0 {
		tickets, err := front.next(ctx)
		if err != nil || tickets == nil {
			return made, refused, err
		}
		offers, again, err := d.offerAll(ctx, k, match.page(tickets))
		made, refused = append(made, offers...), refused || again
		if err != nil {
			return made, refused, err
		}
	}
	return made, refused, nil
}

// offerAll makes the offers of one match at once, which is one trip to Redis, and returns those that
// were not refused, in their order.
func (d *Desk) offerAll(ctx context.Context, k keys, pairs []Pair) (made []Offer, refused bool, err error) {
	offers, errs := make([]Offer, len(pairs)), make([]error, len(pairs))
	var wg sync.WaitGroup
	for i, pair := range pairs {
		wg.Go(func() { offers[i], errs[i] = d.offer(ctx, k, pair) })
	}
	wg.Wait()
	for i, err := range errs {
		switch {
		case errors.Is(err, ErrConflict):
			refused = true
		case err == nil:
			made = append(made, offers[i])
		}
	}
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil && !errors.Is(err, ErrConflict) }); i >= 0 {
		return made, refused, errs[i]
	}
	return made, refused, nil
}

// front reads several lines from their fronts, a page at a time, and hands out tickets in the order
// of all lines together: a ticket is held back while another line may still have an earlier one.
type front struct {
	desk  *Desk
	keys  keys
	lines []*cursor
	held  []Ticket
	// page is how many tickets are read at once: few at first, because mostly the front is enough.
	page int
	// horizon is the score up to which every line has been read.
	horizon int64
}

// cursor is how far one line has been read: From tickets, up to the score last.
type cursor struct {
	queue string
	from  int
	last  int64
}

func (d *Desk) front(k keys, queues []string, free int) *front {
	f := &front{desk: d, keys: k, horizon: math.MinInt64, page: min(2*free+firstPage, d.opt.Page)}
	for _, queue := range queues {
		f.lines = append(f.lines, &cursor{queue: queue, last: math.MinInt64})
	}
	return f
}

// next returns the next tickets that can be decided on, nil at the end of all lines.
func (f *front) next(ctx context.Context) ([]Ticket, error) {
	if f.horizon == math.MaxInt64 {
		return nil, nil
	}
	horizon := int64(math.MaxInt64)
	for _, c := range f.lines {
		if c.last <= f.horizon {
			if err := f.read(ctx, c); err != nil {
				return nil, err
			}
		}
		horizon = min(horizon, c.last)
	}
	f.horizon, f.page = horizon, f.desk.opt.Page
	ready := make([]Ticket, 0, len(f.held))
	later := f.held[:0]
	for _, t := range f.held {
		if t.Score() <= horizon {
			ready = append(ready, t)
		} else {
			later = append(later, t)
		}
	}
	f.held = later
	return ready, nil
}

// read takes one more page of a line.
func (f *front) read(ctx context.Context, c *cursor) error {
	page, err := f.desk.page(ctx, f.keys, c.queue, Page{c.from, f.page})
	if err != nil {
		return err
	}
	f.held = append(f.held, page...)
	c.from += len(page)
	if len(page) < f.page {
		c.last = math.MaxInt64
		return nil
	}
	// A line may hold the name of a ticket that is gone by now: it has no score of its own.
	c.last = max(c.last, page[len(page)-1].Score())
	return nil
}
