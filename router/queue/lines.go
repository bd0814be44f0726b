package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/session"
)

// Place is where a waiting visitor stands.
type Place struct {
	Session session.ID
	Queue   string
	// Position is the rank in the own queue from 1; 0 means not in line.
	Position int
	State    State
	// ETA is when the turn may come, and Servers how many conversations at once that reckons with.
	ETA     Range
	Servers int
}

// Ticket reads one ticket; one that never was reads as Gone.
func (d *Desk) Ticket(ctx context.Context, site string, id session.ID) (Ticket, error) {
	if err := checkNames("site", site, "session", string(id)); err != nil {
		return Ticket{}, fmt.Errorf("reading a ticket: %w", err)
	}
	tickets, err := d.tickets(ctx, keysOf(site), []session.ID{id})
	if err != nil {
		return Ticket{}, fmt.Errorf("reading the ticket of %s: %w", id, err)
	}
	return tickets[0], nil
}

// Tickets lists at most n tickets of a queue in their order, from an offset on: all that nobody
// holds yet.
func (d *Desk) Tickets(ctx context.Context, site, queue string, page Page) ([]Ticket, error) {
	if err := checkNames("site", site, "queue", queue); err != nil {
		return nil, fmt.Errorf("reading a line: %w", err)
	}
	tickets, err := d.page(ctx, keysOf(site), queue, page)
	if err != nil {
		return nil, fmt.Errorf("reading line %s of %s: %w", queue, site, err)
	}
	return tickets, nil
}

// Page is a stretch of a line: N tickets from the offset From.
type Page struct{ From, N int }

func (d *Desk) page(ctx context.Context, k keys, queue string, page Page) ([]Ticket, error) {
	last := int64(page.From + page.N - 1)
	sids, err := d.db.Client.ZRange(ctx, k.line(queue), int64(page.From), last).Result()
	if err != nil {
		return nil, err
	}
	return d.tickets(ctx, k, ids(sids))
}

func (d *Desk) tickets(ctx context.Context, k keys, ids []session.ID) ([]Ticket, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	hashes := make([]*redis.MapStringStringCmd, len(ids))
	_, err := d.db.Client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, id := range ids {
			hashes[i] = p.HGetAll(ctx, k.ticket(id))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]Ticket, len(ids))
	for i, h := range hashes {
		out[i] = decodeTicket(ids[i], h.Val())
	}
	return out, nil
}

// Lines lists the queues in which somebody waits, by name.
func (d *Desk) Lines(ctx context.Context, site string) ([]Line, error) {
	if err := checkName("site", site); err != nil {
		return nil, fmt.Errorf("reading lines: %w", err)
	}
	k := keysOf(site)
	r, err := d.room(ctx, k, "")
	if err != nil {
		return nil, fmt.Errorf("reading the lines of %s: %w", site, err)
	}
	var lines []Line
	for _, queue := range r.from(3)[:r.num(2)] {
		waiting, err := d.db.Client.ZCard(ctx, k.line(queue)).Result()
		if err != nil {
			return nil, fmt.Errorf("reading line %s of %s: %w", queue, site, err)
		}
		first, err := d.page(ctx, k, queue, Page{0, 1})
		if err != nil {
			return nil, fmt.Errorf("reading line %s of %s: %w", queue, site, err)
		}
		if len(first) > 0 {
			longest := max(0, r.micro(0).Sub(first[0].Arrived))
			lines = append(lines, Line{Queue: queue, Waiting: int(waiting), Longest: longest})
		}
	}
	return lines, nil
}

// Version returns a number that changes whenever positions, seats or offers may have.
func (d *Desk) Version(ctx context.Context, site string) (uint64, error) {
	v, err := d.db.Client.Get(ctx, keysOf(site).version()).Uint64()
	if err != nil && !errors.Is(err, redis.Nil) {
		return 0, fmt.Errorf("reading the version of desk %s: %w", site, err)
	}
	return v, nil
}

// Handles returns the newest handle times of a queue, newest first.
func (d *Desk) Handles(ctx context.Context, site, queue string) ([]time.Duration, error) {
	if err := checkNames("site", site, "queue", queue); err != nil {
		return nil, fmt.Errorf("reading handle times: %w", err)
	}
	ms, err := d.db.Client.LRange(ctx, keysOf(site).handle(queue), 0, handlesKept-1).Result()
	if err != nil {
		return nil, fmt.Errorf("reading the handle times of %s: %w", queue, err)
	}
	out := make([]time.Duration, len(ms))
	for i, s := range ms {
		out[i] = time.Duration(toInt(s)) * time.Millisecond
	}
	return out, nil
}

// Places answers where sessions stand, in the order asked, at a cost that depends on their number
// and not on the length of the lines.
func (d *Desk) Places(ctx context.Context, site string, sids []session.ID) ([]Place, error) {
	k := keysOf(site)
	tickets, err := d.tickets(ctx, k, sids)
	if err != nil {
		return nil, fmt.Errorf("reading places at %s: %w", site, err)
	}
	desk, err := d.look(ctx, k)
	if err != nil {
		return nil, fmt.Errorf("reading places at %s: %w", site, err)
	}
	ranks, err := d.ranks(ctx, k, tickets)
	if err != nil {
		return nil, fmt.Errorf("reading places at %s: %w", site, err)
	}
	forecasts := map[string]*Forecast{}
	out := make([]Place, len(tickets))
	for i, t := range tickets {
		out[i] = Place{Session: t.Session, Queue: t.Queue, Position: ranks[i], State: t.State}
		if ranks[i] == 0 {
			continue
		}
		if forecasts[t.Queue] == nil {
			handles, err := d.Handles(ctx, site, t.Queue)
			if err != nil {
				return nil, err
			}
			forecasts[t.Queue] = NewForecast(handles)
		}
		out[i].Servers = servers(desk, t.Queue)
		out[i].ETA = forecasts[t.Queue].ETA(ranks[i], out[i].Servers)
	}
	return out, nil
}

func (d *Desk) ranks(ctx context.Context, k keys, tickets []Ticket) ([]int, error) {
	ranks := make([]*redis.IntCmd, len(tickets))
	_, err := d.db.Client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, t := range tickets {
			ranks[i] = p.ZRank(ctx, k.line(t.Queue), string(t.Session))
		}
		return nil
	})
	// Not in line is an answer, not a failure.
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, err
	}
	out := make([]int, len(tickets))
	for i, r := range ranks {
		if r.Err() == nil {
			out[i] = int(r.Val()) + 1
		}
	}
	return out, nil
}

// servers counts the conversations that the seats on duty for a queue can have at once.
func servers(r room, queue string) int {
	n := 0
	for i := range r.seats {
		if seat := &r.seats[i]; seat.OnDuty(r.now) && seat.Serves(queue) {
			n += seat.Capacity
		}
	}
	return n
}
