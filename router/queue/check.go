package queue

import (
	"context"
	"fmt"
	"strings"
	"time"

	"yijian/session"
)

// checkEvery is how often a desk's own tickets and holds are held against the sessions.
const checkEvery = 30 * time.Second

// Check claims the timer TimerCheck. It reports whether the caller is to look through the tickets
// with Walk: false if another node was first, or if there is nothing to look through.
func (d *Desk) Check(ctx context.Context, site string) (bool, error) {
	if err := checkName("site", site); err != nil {
		return false, fmt.Errorf("checking a desk: %w", err)
	}
	k := keysOf(site)
	answer, err := checkScript.Do(ctx, d.db.Client, []string{k.due(), k.queues(), k.holds(), k.aside()},
		d.opt.NowMS(), checkEvery.Milliseconds()).Text()
	if err != nil {
		return false, fmt.Errorf("checking desk %s: %w", site, err)
	}
	return answer == "1", nil
}

// Walk hands every ticket of a site to visit, a page at a time: those in line, those beside it, and
// those that an agent holds. A desk that changes meanwhile may have one handed over twice, or left to the next walk.
func (d *Desk) Walk(ctx context.Context, site string, visit func([]Ticket) error) error {
	k := keysOf(site)
	queues, err := d.db.Client.SMembers(ctx, k.queues()).Result()
	if err != nil {
		return fmt.Errorf("walking desk %s: %w", site, err)
	}
	for _, queue := range queues {
		if err := d.walk(ctx, k, k.line(queue), visit); err != nil {
			return fmt.Errorf("walking line %s of %s: %w", queue, site, err)
		}
	}
	for _, beside := range []string{k.aside(), k.holds()} {
		if err := d.walk(ctx, k, beside, visit); err != nil {
			return fmt.Errorf("walking %s: %w", beside, err)
		}
	}
	return nil
}

// walk goes over a line or the holds, whose members end in the session's id.
func (d *Desk) walk(ctx context.Context, k keys, key string, visit func([]Ticket) error) error {
	for from := int64(0); ; from += int64(d.opt.Page) {
		members, err := d.db.Client.ZRange(ctx, key, from, from+int64(d.opt.Page)-1).Result()
		if err != nil || len(members) == 0 {
			return err
		}
		var found []session.ID
		for _, member := range members {
			if id, unit := sessionIn(member); unit == "" {
				found = append(found, id)
			}
		}
		tickets, err := d.tickets(ctx, k, found)
		if err != nil {
			return err
		}
		if err := visit(tickets); err != nil {
			return err
		}
	}
}

// sessionIn reads a member of a line, "<sid>", or of the holds, "<agent>|<sid>"; unit tells the
// further members of a heavy ticket from its first.
func sessionIn(member string) (id session.ID, unit string) {
	_, rest, held := strings.Cut(member, "|")
	if !held {
		return session.ID(member), ""
	}
	sid, unit, _ := strings.Cut(rest, "|")
	return session.ID(sid), unit
}
