package router

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"yijian/router/queue"
	"yijian/session"
)

// Seating is what an agent brings to a seat.
type Seating struct {
	// Name is the agent's as visitors read it.
	Name     string
	Capacity int
	Langs    []string
	Skills   []queue.Skill
}

// sitting is what the desk is told of an agent who has a console on this node. A skill in a queue that
// the settings no longer have is left out: it must not keep anybody from working.
func (r *Router) sitting(agent string, s Seating, status queue.Status) queue.Sitting {
	skills := slices.DeleteFunc(slices.Clone(s.Skills), func(skill queue.Skill) bool {
		return r.desk.Known(skill.Queue) != nil
	})
	return queue.Sitting{
		Agent: agent, Name: s.Name, Node: r.node.ID(), Status: status, Capacity: max(1, s.Capacity),
		Langs: s.Langs, Skills: skills,
	}
}

// Sit connects a console to its agent's seat; the seat is kept as long as a console is there. A seat
// that the desk does not know starts as available, one it knows keeps its status.
func (r *Router) Sit(ctx context.Context, a Agent, s Seating, c Console) error {
	sitting := r.sitting(a.ID, s, queue.Available)
	if left := len(s.Skills) - len(sitting.Skills); left > 0 {
		r.log.Warn().Str("agent", a.ID).Int("skills", left).Msg("skills left out because the settings have no such queue")
	}
	taken, err := r.desk.Renew(ctx, a.Site, sitting)
	if err != nil {
		return err
	}
	r.consoles.add(a.Site, a.ID, c, s, taken.Seat.Status)
	r.kick(a.Site)
	return nil
}

// Leave takes a console away. With an agent's last one gone the seat is offered nothing more, and
// after a grace its sessions go back to the line.
func (r *Router) Leave(ctx context.Context, a Agent, c Console) {
	if !r.consoles.remove(a.Site, a.ID, c) {
		return
	}
	if _, err := r.desk.Leave(ctx, a.Site, a.ID, r.node.ID()); err != nil {
		// The seat's lease ends by itself.
		r.log.Warn().Err(err).Msg("seat not left")
	}
}

// SetStatus is the agent's own choice.
func (r *Router) SetStatus(ctx context.Context, a Agent, status string) error {
	switch queue.Status(status) {
	case queue.Available, queue.Busy, queue.Away, queue.Offline:
	default:
		return fmt.Errorf("%w: %.20q", ErrBadStatus, status)
	}
	seating, _ := r.consoles.seating(a.Site, a.ID)
	_, err := r.desk.Sit(ctx, a.Site, r.sitting(a.ID, seating, queue.Status(status)))
	if err != nil {
		return err
	}
	r.consoles.remember(a.Site, a.ID, queue.Status(status))
	r.seatNews(ctx, a.Site, a.ID, SeatNews{What: NewsSeat})
	r.kick(a.Site)
	return nil
}

// errNoConsole says that an agent has no console on this node any more.
var errNoConsole = errors.New("the agent has no console here")

// DeskView is all that a console needs to start from.
type DeskView struct {
	Seat   queue.Seat
	Offers []queue.Offer
	Held   []session.ID
}

// Desk renews the agent's seat and returns what it has.
func (r *Router) Desk(ctx context.Context, a Agent) (DeskView, error) {
	taken, err := r.renew(ctx, a.Site, a.ID)
	return DeskView{Seat: taken.Seat, Offers: taken.Offers, Held: taken.Held}, err
}

// Lines are the queues of a site.
func (r *Router) Lines(ctx context.Context, site string) ([]queue.Line, error) {
	return r.desk.Lines(ctx, site)
}

func (r *Router) renew(ctx context.Context, site, agent string) (queue.Taken, error) {
	seating, here := r.consoles.seating(site, agent)
	if !here {
		// The console left a moment ago. A seat is not renewed from nothing: it would lose its capacity.
		return queue.Taken{}, errNoConsole
	}
	status := r.consoles.status(site, agent)
	taken, err := r.desk.Renew(ctx, site, r.sitting(agent, seating, status))
	if err == nil {
		r.consoles.remember(site, agent, taken.Seat.Status)
	}
	return taken, err
}

// renewSeats keeps the seats of all consoles here. A desk that lost a seat gets it back with the
// status it had. The consoles hear what the seat holds: news of it reaches nobody while the desk does not
// know where the agent sits.
func (r *Router) renewSeats(ctx context.Context, site string) {
	for _, agent := range r.consoles.agents(site) {
		taken, err := r.renew(ctx, site, agent)
		switch {
		case errors.Is(err, errNoConsole):
		case err != nil:
			r.log.Warn().Err(err).Str("agent", agent).Msg("seat not renewed")
		case len(taken.Held) > 0:
			for _, c := range r.consoles.of(site, agent) {
				c.News(SeatNews{Site: site, Agent: agent, What: NewsHolds, Held: taken.Held})
			}
		}
	}
}
