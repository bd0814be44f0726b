package queue

import (
	"context"
	"fmt"

	"yijian/session"
)

// Accepted is the first step of an accept: the desk has fenced the ticket for the agent. The caller
// appends waiting→human with this epoch and offer number, then settles.
type Accepted struct {
	Session session.ID
	Number  uint64
	Epoch   uint64
}

// Offer makes one pair of a Match. It is refused with ErrConflict if the ticket or the seat is not
// what the match saw, or the seat has no room left.
func (d *Desk) Offer(ctx context.Context, site string, p Pair) (Offer, error) {
	if err := checkNames("site", site, "session", string(p.Ticket.Session), "agent", p.Seat.Agent); err != nil {
		return Offer{}, fmt.Errorf("offering a ticket: %w", err)
	}
	return d.offer(ctx, keysOf(site), p)
}

func (d *Desk) offer(ctx context.Context, k keys, p Pair) (Offer, error) {
	t := p.Ticket
	t.Agent, t.Offer = p.Seat.Agent, d.newOffer(t.Session)
	names := []string{k.ticket(t.Session), k.seat(t.Agent), k.seats(), k.holds(), k.due(), k.version()}
	r, err := d.run(ctx, offerScript, names, string(t.Session), t.Agent, t.Offer,
		d.opt.OfferFor.Milliseconds(), t.Version, p.Seat.Version)
	if err != nil {
		return Offer{}, fmt.Errorf("offering %s to %s: %w", t.Session, t.Agent, err)
	}
	if r.text(0) != "offered" {
		return Offer{}, fmt.Errorf("offering %s to %s (%s): %w", t.Session, t.Agent, r.text(0), ErrConflict)
	}
	t.Number, t.Deadline = r.num(2), r.milli(3)
	made := t.offer(r.micro(1))
	made.Auto, made.Name = d.opt.Queues[t.Queue].AutoAccept, p.Seat.Name
	return made, nil
}

// Accept takes an offer. Repeating it is harmless until the session is settled; an offer that is
// late, taken or another's is ErrOfferGone.
func (d *Desk) Accept(ctx context.Context, site, agent, offer string) (Accepted, error) {
	id, err := d.checkOffer(site, agent, offer)
	if err != nil {
		return Accepted{}, fmt.Errorf("accepting an offer: %w", err)
	}
	k := keysOf(site)
	r, err := d.run(ctx, acceptScript, []string{k.ticket(id), k.seat(agent), k.due(), k.version()},
		string(id), agent, offer, d.opt.AcceptFor.Milliseconds())
	if err != nil {
		return Accepted{}, fmt.Errorf("accepting the offer of %s: %w", id, err)
	}
	if r.text(0) != "accepting" {
		return Accepted{}, fmt.Errorf("accepting the offer of %s: %w", id, ErrOfferGone)
	}
	return Accepted{Session: id, Number: r.num(1), Epoch: r.num(2)}, nil
}

// Decline gives an offer back: the ticket keeps its place and the other seats are asked first.
func (d *Desk) Decline(ctx context.Context, site, agent, offer string) error {
	id, err := d.checkOffer(site, agent, offer)
	if err != nil {
		return fmt.Errorf("declining an offer: %w", err)
	}
	k := keysOf(site)
	names := []string{k.ticket(id), k.seat(agent), k.holds(), k.due(), k.version()}
	answer, err := d.crowd.Do(ctx, declineScript, names, d.opt.NowMS(), string(id), agent, offer).Text()
	if err == nil && answer != "declined" {
		err = ErrOfferGone
	}
	if err != nil {
		return fmt.Errorf("declining the offer of %s: %w", id, err)
	}
	return nil
}

// Shown notes that the agent's console shows the offer; from then on missing it counts.
func (d *Desk) Shown(ctx context.Context, site, agent, offer string) error {
	id, err := d.checkOffer(site, agent, offer)
	if err != nil {
		return fmt.Errorf("showing an offer: %w", err)
	}
	answer, err := shownScript.Do(ctx, d.db.Client, []string{keysOf(site).ticket(id)}, agent, offer).Text()
	if err == nil && answer != "shown" {
		err = ErrOfferGone
	}
	if err != nil {
		return fmt.Errorf("showing the offer of %s: %w", id, err)
	}
	return nil
}

func (d *Desk) checkOffer(site, agent, offer string) (session.ID, error) {
	if err := checkNames("site", site, "agent", agent); err != nil {
		return "", err
	}
	return SessionOf(offer)
}
