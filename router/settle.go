package router

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// settleAgain is how often a session that is waiting or with a person is settled anew, so that a
// desk that lost something gets it back.
const settleAgain = 30 * time.Second

// Settle makes the desk equal to one session: the ticket is there if the session waits, the hold is
// on the seat of the agent who answers, and nothing is there otherwise. It may run at any time, any
// number of times. It returns when it wants to run again, for the durable timer.
func (r *Router) Settle(ctx context.Context, id session.ID) (time.Duration, error) {
	for range retries {
		s, err := r.node.State(ctx, id)
		if errors.Is(err, session.ErrGone) {
			return 0, nil
		}
		if err != nil {
			return 0, err
		}
		change, err := r.desk.Settle(ctx, s.Site, r.projection(ctx, id, s))
		if err != nil {
			return 0, err
		}
		if change.Outcome == queue.Older {
			if err := r.repair(ctx, id, s.Site); err != nil {
				return 0, err
			}
			continue
		}
		r.tellChange(ctx, s.Site, id, change)
		if s.Owner == session.Waiting || s.Owner == session.Human {
			return settleAgain, nil
		}
		return 0, nil
	}
	return 0, fmt.Errorf("settling %s: it moved faster than its desk; its timer settles it again", id)
}

// givenBack are the reasons by which an agent parted from a visitor: that one is not asked first again.
var givenBack = []string{ReasonReleased, ReasonAgentLost, ReasonTransferred, ReasonTakenOver}

func (r *Router) projection(ctx context.Context, id session.ID, s session.State) queue.Projection {
	p := queue.Projection{
		Session: id, Epoch: uint64(s.Epoch), Owner: s.Owner, Agent: s.Agent, Queue: s.Queue,
		Arrived: s.Arrived, Lang: s.Lang, Reason: s.Reason,
		HeadStart: r.headStart(ctx, s.Site, s.Reason), Summary: r.summary(ctx, id, s),
	}
	// Who has just given it back, or was lost, is not asked first.
	if s.PersonWithin(comeBack, r.now()) && !slices.Contains(givenBack, s.Reason) {
		p.Preferred = s.LastAgent
	}
	if s.Wanted != "" {
		p.Preferred = s.Wanted
	}
	p.Callback, p.NotBefore, p.Missed = s.Callback.Asked(), s.Callback.When, s.Callback.Reason == session.CallMissed
	return p
}

// tellChange tells the consoles and the line what a settle changed.
func (r *Router) tellChange(ctx context.Context, site string, id session.ID, c queue.Change) {
	if c.GoneOffer != "" {
		code := GoneLeft
		if c.Outcome == queue.TookHold && c.GoneAgent == c.Agent {
			code = GoneAccepted
		}
		r.seatNews(ctx, site, c.GoneAgent, SeatNews{What: NewsGone, Offer: c.GoneOffer, Code: code})
	}
	switch c.Outcome {
	case queue.Unchanged:
		return
	case queue.TookHold:
		r.seatNews(ctx, site, c.Agent, SeatNews{What: NewsHeld, Session: id})
	}
	if c.Freed != "" && c.Freed != c.Agent {
		r.seatNews(ctx, site, c.Freed, SeatNews{What: NewsSeat})
	}
	r.kick(site)
}

// summary is the visitor's last own words, for the offer. It is read only while a ticket may be
// offered.
func (r *Router) summary(ctx context.Context, id session.ID, s session.State) string {
	if s.Owner != session.Waiting {
		return ""
	}
	events, err := r.node.Last(ctx, id, 20)
	if err != nil {
		return "" // an offer without a summary is still an offer
	}
	for _, e := range slices.Backward(events) {
		if e.Kind == session.KindMessage && e.From == session.FromVisitor {
			return shorten(e.Body.Text, summaryRunes)
		}
	}
	return ""
}

const summaryRunes = 120

func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
