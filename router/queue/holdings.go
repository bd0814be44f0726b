package queue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/session"
)

// Holding is a conversation on a seat, as the desk knows it.
type Holding struct {
	Ticket
	// For is how long the agent has had it, on the desk's clock.
	For time.Duration
}

// Holdings lists what the seats of a site answer now, by agent and in the order it was taken. Offers
// are not in it: nobody answers those yet.
func (d *Desk) Holdings(ctx context.Context, site string) (map[string][]Holding, error) {
	if err := checkName("site", site); err != nil {
		return nil, fmt.Errorf("listing what seats hold: %w", err)
	}
	k := keysOf(site)
	room, err := d.look(ctx, k)
	if err != nil {
		return nil, fmt.Errorf("listing what the seats of %s hold: %w", site, err)
	}
	sids, err := d.onSeats(ctx, k, room.seats)
	if err != nil {
		return nil, fmt.Errorf("listing what the seats of %s hold: %w", site, err)
	}
	tickets, err := d.tickets(ctx, k, sids)
	if err != nil {
		return nil, fmt.Errorf("listing what the seats of %s hold: %w", site, err)
	}
	out := map[string][]Holding{}
	for _, t := range tickets {
		if t.State == Held {
			out[t.Agent] = append(out[t.Agent], Holding{t, max(0, room.now.Sub(t.Since))})
		}
	}
	for _, held := range out {
		slices.SortFunc(held, func(a, b Holding) int {
			return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.Session, b.Session))
		})
	}
	return out, nil
}

// onSeats names all that is on these seats, in one round trip. Its length is bound by their capacity.
func (d *Desk) onSeats(ctx context.Context, k keys, seats []Seat) ([]session.ID, error) {
	members := make([]*redis.StringSliceCmd, len(seats))
	_, err := d.db.Client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, s := range seats {
			members[i] = p.ZRangeByLex(ctx, k.holds(), &redis.ZRangeBy{Min: "[" + s.Agent + "|", Max: "(" + s.Agent + "}"})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var sids []session.ID
	for i, s := range seats {
		for _, member := range members[i].Val() {
			// A heavy ticket has a member for each unit of its weight; the first names it.
			if sid := strings.TrimPrefix(member, s.Agent+"|"); !strings.Contains(sid, "|") {
				sids = append(sids, session.ID(sid))
			}
		}
	}
	return sids, nil
}
