package queue

import (
	"context"
	"fmt"
	"strings"

	"yijian/session"
)

// Sample is one look at all that a desk has, for whoever watches a desk from outside.
type Sample struct {
	Seats []Seat
	// Holds are the tickets of each agent: offered, accepting and held. They are read in one step,
	// so a ticket that is with two agents here was with both at one moment.
	Holds map[string][]session.ID
	// Tickets are those in line, beside it, and in Holds. They are read after the holds.
	Tickets []Ticket
}

// Shard names the server of Redis that has a desk, or nothing where there is only one.
func (d *Desk) Shard(ctx context.Context, site string) string {
	return d.db.Shard(ctx, keysOf(site).version())
}

// Sample looks at a desk.
func (d *Desk) Sample(ctx context.Context, site string) (Sample, error) {
	k := keysOf(site)
	room, err := d.look(ctx, k)
	if err != nil {
		return Sample{}, fmt.Errorf("looking at the desk of %s: %w", site, err)
	}
	held, err := d.db.Client.ZRange(ctx, k.holds(), 0, -1).Result()
	if err != nil {
		return Sample{}, fmt.Errorf("looking at the desk of %s: %w", site, err)
	}
	out := Sample{Seats: room.seats, Holds: map[string][]session.ID{}}
	var all []session.ID
	seen := map[session.ID]bool{}
	add := func(id session.ID) {
		if !seen[id] {
			seen[id] = true
			all = append(all, id)
		}
	}
	for _, member := range held {
		id, unit := sessionIn(member)
		if unit != "" {
			continue
		}
		agent, _, _ := strings.Cut(member, "|")
		out.Holds[agent] = append(out.Holds[agent], id)
		add(id)
	}
	waiting := []string{k.aside()}
	for _, queue := range room.queues {
		waiting = append(waiting, k.line(queue))
	}
	for _, key := range waiting {
		line, err := d.db.Client.ZRange(ctx, key, 0, -1).Result()
		if err != nil {
			return Sample{}, fmt.Errorf("looking at %s: %w", key, err)
		}
		for _, sid := range line {
			add(session.ID(sid))
		}
	}
	tickets, err := d.tickets(ctx, k, all)
	for _, t := range tickets {
		if t.State != Gone {
			out.Tickets = append(out.Tickets, t)
		}
	}
	if err != nil {
		return Sample{}, fmt.Errorf("looking at the tickets of %s: %w", site, err)
	}
	return out, nil
}
