package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yijian/session"
)

// Projection is what the desk needs to know of a session: who answers it, since which move, and how
// it came to wait.
type Projection struct {
	Session session.ID
	Epoch   uint64
	Owner   session.Owner
	// Agent answers, when the owner is Human.
	Agent string
	// Queue may be empty unless the owner is Waiting.
	Queue string
	// Arrived is the time of the handoff in µs since 1970, as the session's moves carry it. 0 keeps
	// what the desk has, or takes now.
	Arrived   int64
	HeadStart time.Duration
	// Preferred is the agent who knows the visitor, or who is asked for; may be empty.
	Preferred string
	// Weight is the room that the ticket takes of a seat; 0 is the queue's own.
	Weight int
	// Callback says that the visitor is to be called, not before NotBefore in ms since 1970. Such a
	// ticket needs no page to be offered. Missed says that the visitor was gone for a day.
	Callback  bool
	NotBefore int64
	Missed    bool
	Lang      string
	Reason    string
	// Summary is shown with the offer: the visitor's last own words, shortened.
	Summary string
}

// Outcome says what a settle changed.
type Outcome string

// The outcomes of Settle.
const (
	// Joined: the session is now in line and was not before, or came back from an agent.
	Joined Outcome = "joined"
	// Moved: it was in line and is, but its queue, rank, language or offer changed.
	Moved Outcome = "moved"
	// TookHold: an agent holds it now.
	TookHold Outcome = "held"
	// Left: it has no ticket any more.
	Left Outcome = "left"
	// Unchanged: the desk knew.
	Unchanged Outcome = "unchanged"
	// Older: refused, the desk has seen a later epoch. Epoch, State and Agent are the desk's. Read
	// the ticket and the session again, in this order; if the session really is behind, its log was
	// rolled back by a failover and needs a repair move to the ticket's Owner.
	Older Outcome = "older"
)

// Change is what Settle did and who should hear of it.
type Change struct {
	Outcome Outcome
	Epoch   uint64
	// Version is the desk's after the change.
	Version uint64
	// Position is the rank in the ticket's queue from 1; 0 means not in line.
	Position int
	State    State
	Agent    string
	// Freed is the agent whose conversation this no longer is.
	Freed string
	// GoneOffer is the offer that this ended, made to GoneAgent. If GoneAgent is Agent and the outcome
	// TookHold, that agent has the conversation without having accepted the offer.
	GoneOffer string
	GoneAgent string
}

// Settle makes the desk agree with a session. It refuses a projection older than the last, and
// otherwise always wins over what the desk believed, except that it lets an offer stand.
func (d *Desk) Settle(ctx context.Context, site string, p Projection) (Change, error) {
	if err := p.check(site); err != nil {
		return Change{}, fmt.Errorf("settling %.80q: %w", p.Session, err)
	}
	was := p.Queue
	for range settleRetries {
		r, err := d.settleOnce(ctx, keysOf(site), p, was)
		if err != nil {
			return Change{}, fmt.Errorf("settling %s: %w", p.Session, err)
		}
		// A script names its keys before it runs, so the queue to leave must be guessed right.
		if r.text(0) == "elsewhere" {
			was = r.text(1)
			continue
		}
		change := Change{
			Outcome: Outcome(r.text(0)), Epoch: r.num(1), Version: r.num(2), Position: int(r.num(3)),
			State: State(r.text(4)), Agent: r.text(5), Freed: r.text(6),
			GoneOffer: r.text(7), GoneAgent: r.text(8),
		}
		d.wrapUp(ctx, keysOf(site), was, change.Freed)
		return change, nil
	}
	return Change{}, fmt.Errorf("settling %s: its ticket kept changing queues; settle again", p.Session)
}

func (d *Desk) settleOnce(ctx context.Context, k keys, p Projection, was string) (reply, error) {
	names := []string{
		k.ticket(p.Session), k.version(), k.holds(), k.due(), k.queues(), k.line(was), k.handle(was),
		k.line(p.Queue), k.idle(), k.seats(), k.seat(p.Agent), k.waits(), k.aside(), k.callbacks(),
	}
	lost := d.opt.Lease + d.opt.Grace
	return d.run(ctx, settleScript, names,
		string(p.Session), p.Epoch, string(p.Owner), p.Agent, p.Queue, p.Arrived, p.HeadStart.Milliseconds(),
		p.Lang, p.Reason, p.Summary, was, lost.Milliseconds(), int(goneFor.Seconds()),
		handlesKept, int(handlesFor.Seconds()), checkEvery.Milliseconds(), d.opt.Queues.weight(&p), p.Preferred,
		waitsFor.Milliseconds(), waitsKept, d.opt.AwayAfter.Milliseconds(), flag(p.Callback), p.NotBefore, flag(p.Missed))
}

func flag(is bool) string {
	if is {
		return "1"
	}
	return ""
}

func (p Projection) check(site string) error {
	err := checkNames("site", site, "session", string(p.Session))
	if p.Queue != "" {
		err = errors.Join(err, checkName("queue", p.Queue))
	}
	if p.Preferred != "" {
		err = errors.Join(err, checkName("preferred agent", p.Preferred))
	}
	if p.Weight < 0 || p.Weight > MaxWeight {
		err = errors.Join(err, fmt.Errorf("%w: weight %d; give 1 to %d", ErrInvalid, p.Weight, MaxWeight))
	}
	if p.Arrived < 0 || p.HeadStart < 0 || p.NotBefore < 0 {
		err = errors.Join(err, fmt.Errorf("%w: an arrival, head start or time is negative; give 0 or more", ErrInvalid))
	}
	switch p.Owner {
	case session.Waiting:
		err = errors.Join(err, checkName("queue", p.Queue))
	case session.Human:
		err = errors.Join(err, checkName("agent", p.Agent))
	case session.Bot, session.Closed:
	default:
		err = errors.Join(err, fmt.Errorf("%w: owner %.40q is unknown; give bot, waiting, human or closed",
			ErrInvalid, p.Owner))
	}
	return err
}
