package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/agents"
	"yijian/session"
)

// Sitting is an agent at a node, as that node knows it.
type Sitting struct {
	Agent string
	// Name is the agent's as visitors read it.
	Name string
	// Node has a socket of the agent. A seat lasts while any node renews it.
	Node     string
	Status   Status
	Capacity int
	Langs    []string
	Skills   []Skill
}

// Taken is a seat with what it has: all that a console needs to start from.
type Taken struct {
	Seat   Seat
	Offers []Offer
	// Held are the conversations of this agent, those whose accept is on its way included.
	Held []session.ID
}

// Lost is the answer to the timer of a seat.
type Lost struct {
	// Back says that the agent returned within the grace, or never left.
	Back bool
	// Held are the conversations to give back to the line: move each session, then settle it. The
	// timer comes again until there is none.
	Held []session.ID
}

// Sit puts the agent on a seat with the status the agent chose.
func (d *Desk) Sit(ctx context.Context, site string, s Sitting) (Taken, error) {
	return d.sit(ctx, site, s, "set")
}

// Renew keeps the seat for another lease, and the status that the desk has for it: two missed offers
// may have set it away. s.Status counts only if the desk does not know the seat. Call it from every
// node with a socket of the agent, at least three times a lease.
func (d *Desk) Renew(ctx context.Context, site string, s Sitting) (Taken, error) {
	return d.sit(ctx, site, s, "keep")
}

func (d *Desk) sit(ctx context.Context, site string, s Sitting, mode string) (Taken, error) {
	if err := s.check(site, d.opt.Queues); err != nil {
		return Taken{}, fmt.Errorf("seating %.80q: %w", s.Agent, err)
	}
	k := keysOf(site)
	names := []string{
		k.seat(s.Agent), k.seatNodes(s.Agent), k.seats(), k.holds(), k.due(), k.idle(), k.version(),
	}
	r, err := d.run(ctx, seatScript, names, s.Agent, s.Node, mode, string(s.Status), s.Capacity,
		join(s.Langs), join(agents.SkillTexts(s.Skills)), d.opt.Lease.Milliseconds(), d.opt.Grace.Milliseconds(), s.Name)
	if err != nil {
		return Taken{}, fmt.Errorf("seating %s: %w", s.Agent, err)
	}
	sids := r.from(7)
	taken := Taken{Seat: Seat{
		Agent: s.Agent, Status: Status(r.text(1)), Capacity: s.Capacity, Load: int(r.num(5)),
		Name: s.Name, Langs: s.Langs, Skills: s.Skills, Version: r.num(2), Lease: r.milli(3), IdleSince: r.micro(4),
		NotesLeft: time.Duration(r.num(6)) * time.Millisecond,
	}}
	tickets, err := d.tickets(ctx, k, ids(sids))
	if err != nil {
		return Taken{}, fmt.Errorf("seating %s: %w", s.Agent, err)
	}
	for _, t := range tickets {
		switch {
		case t.Agent != s.Agent: // it changed between the two reads; whoever changed it tells
		case t.State == Offered:
			taken.Offers = append(taken.Offers, t.offer(r.micro(0)))
		case t.State == Accepting || t.State == Held:
			taken.Held = append(taken.Held, t.Session)
		}
	}
	return taken, nil
}

func (s Sitting) check(site string, rules Rules) error {
	err := checkNames("site", site, "agent", s.Agent, "node", s.Node)
	for _, lang := range s.Langs {
		err = errors.Join(err, checkName("language", lang))
	}
	for _, skill := range s.Skills {
		if bad := skill.Check(); bad != nil {
			err = errors.Join(err, fmt.Errorf("%w: %w", ErrInvalid, bad))
		}
		err = errors.Join(err, rules.Known(skill.Queue))
	}
	if s.Capacity < 1 || s.Capacity > MaxCapacity {
		err = errors.Join(err, fmt.Errorf("%w: capacity %d; give 1 to %d, or the status away",
			ErrInvalid, s.Capacity, MaxCapacity))
	}
	if !slices.Contains(statuses, s.Status) {
		err = errors.Join(err, fmt.Errorf("%w: status %.40q is unknown; give one of %v",
			ErrInvalid, s.Status, statuses))
	}
	return err
}

// Leave says that the node has no socket of the agent any more. It reports whether another node
// still has one; if none, the seat is offered nothing from now on and its grace begins.
func (d *Desk) Leave(ctx context.Context, site, agent, node string) (stays bool, err error) {
	if err := checkNames("site", site, "agent", agent, "node", node); err != nil {
		return false, fmt.Errorf("leaving a seat: %w", err)
	}
	k := keysOf(site)
	names := []string{k.seatNodes(agent), k.seats(), k.due()}
	answer, err := leaveScript.Do(ctx, d.db.Client, names,
		d.opt.NowMS(), agent, node, d.opt.Grace.Milliseconds()).Text()
	if err != nil {
		return false, fmt.Errorf("leaving the seat of %s: %w", agent, err)
	}
	return answer == "1", nil
}

// Lose answers a seat timer from Due.
func (d *Desk) Lose(ctx context.Context, site, agent string) (Lost, error) {
	if err := checkNames("site", site, "agent", agent); err != nil {
		return Lost{}, fmt.Errorf("losing a seat: %w", err)
	}
	k := keysOf(site)
	names := []string{k.seat(agent), k.seatNodes(agent), k.seats(), k.holds(), k.due(), k.idle()}
	r, err := d.run(ctx, lostScript, names, agent, d.opt.Grace.Milliseconds(), retryTimer.Milliseconds())
	if err != nil {
		return Lost{}, fmt.Errorf("losing the seat of %s: %w", agent, err)
	}
	tickets, err := d.tickets(ctx, k, ids(r.from(1)))
	if err != nil {
		return Lost{}, fmt.Errorf("losing the seat of %s: %w", agent, err)
	}
	lost := Lost{Back: r.text(0) == "back"}
	for _, t := range tickets {
		// Offers and accepts have timers of their own.
		if t.State == Held && t.Agent == agent {
			lost.Held = append(lost.Held, t.Session)
		}
	}
	return lost, nil
}

// Seats lists the seats of a site, those whose lease has ended but whose grace has not included.
func (d *Desk) Seats(ctx context.Context, site string) ([]Seat, error) {
	if err := checkName("site", site); err != nil {
		return nil, fmt.Errorf("listing seats: %w", err)
	}
	room, err := d.look(ctx, keysOf(site))
	if err != nil {
		return nil, fmt.Errorf("listing the seats of %s: %w", site, err)
	}
	return room.seats, nil
}

// Roster lists the seats of a site whose lease holds, each with the status that people see.
func (d *Desk) Roster(ctx context.Context, site string) ([]Seat, error) {
	if err := checkName("site", site); err != nil {
		return nil, fmt.Errorf("listing the roster: %w", err)
	}
	room, err := d.look(ctx, keysOf(site))
	if err != nil {
		return nil, fmt.Errorf("listing the roster of %s: %w", site, err)
	}
	there := slices.DeleteFunc(room.seats, func(s Seat) bool { return !s.Lease.After(room.now) })
	for i := range there {
		there[i].Status = there[i].Shown(room.now)
	}
	return there, nil
}

// room is one look at a desk, on the desk's clock.
type room struct {
	now     time.Time
	version uint64
	queues  []string
	seats   []Seat
}

func (d *Desk) look(ctx context.Context, k keys) (room, error) {
	r, err := d.room(ctx, k, "")
	if err != nil {
		return room{}, err
	}
	return d.seatsOf(ctx, k, r)
}

// room begins a look, and for a dispatcher takes the desk.
func (d *Desk) room(ctx context.Context, k keys, dispatcher string) (reply, error) {
	names := []string{k.seats(), k.queues(), k.version(), k.dispatch()}
	return d.run(ctx, roomScript, names, seatsAtMost, dispatcher, dispatchLease.Milliseconds())
}

// seatsOf reads the seats that a look named.
func (d *Desk) seatsOf(ctx context.Context, k keys, r reply) (room, error) {
	lines := int(r.num(2))
	out := room{now: r.micro(0), version: r.num(1), queues: r.from(3)[:lines:lines]}
	taken := r.from(3 + lines)
	hashes := make([]*redis.MapStringStringCmd, len(taken)/2)
	loads := make([]*redis.IntCmd, len(hashes))
	idles := make([]*redis.FloatCmd, len(hashes))
	_, err := d.db.Client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := range hashes {
			agent := taken[2*i]
			hashes[i] = p.HGetAll(ctx, k.seat(agent))
			loads[i] = p.ZLexCount(ctx, k.holds(), "["+agent+"|", "("+agent+"}")
			idles[i] = p.ZScore(ctx, k.idle(), agent)
		}
		return nil
	})
	// A seat that was never available has no idle time.
	if err != nil && !errors.Is(err, redis.Nil) {
		return room{}, err
	}
	for i, h := range hashes {
		seat := decodeSeat(taken[2*i], h.Val())
		seat.Lease, seat.Load = toMilli(taken[2*i+1]), int(loads[i].Val())
		if idle := idles[i].Val(); idle > 0 {
			seat.IdleSince = time.UnixMicro(int64(idle)).UTC()
		}
		out.seats = append(out.seats, seat)
	}
	return out, nil
}
