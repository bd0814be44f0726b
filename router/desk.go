package router

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

const (
	// deskLook is how often a desk is looked at without being asked to: timers, other nodes' changes.
	deskLook = time.Second
	// settleDown joins the changes of a burst into one look. Positions are pushed within 1 s.
	settleDown = 20 * time.Millisecond
	// renewSeatsEvery keeps a seat's lease of 30 s.
	renewSeatsEvery = 8 * time.Second
	timersAtOnce    = 100
)

// kick asks for a look at a desk soon.
func (r *Router) kick(site string) {
	select {
	case r.kicks[site] <- struct{}{}:
	default: // one is coming, or the site is not ours
	}
}

// runDesk looks after one site's desk: it answers its timers, offers tickets to free seats, and tells
// waiting visitors their place. Every node does; the scripts of the desk keep them apart.
func (r *Router) runDesk(ctx context.Context, site string) error {
	var w watch
	look, renew := time.NewTicker(deskLook), time.NewTicker(renewSeatsEvery)
	defer look.Stop()
	defer renew.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-renew.C:
			r.renewSeats(ctx, site)
			r.here(ctx, site, true)
		case <-look.C:
			r.lookAfter(ctx, site, &w)
		case <-r.kicks[site]:
			r.lookAfter(ctx, site, &w)
			pause(ctx, settleDown)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (r *Router) lookAfter(ctx context.Context, site string, w *watch) {
	r.here(ctx, site, false)
	if err := r.answerTimers(ctx, site); err != nil && ctx.Err() == nil {
		r.log.Warn().Err(err).Str("site", site).Msg("desk timers not answered")
	}
	if err := r.offer(ctx, site, w); err != nil && ctx.Err() == nil {
		r.log.Warn().Err(err).Str("site", site).Msg("tickets not offered")
	}
	now, err := r.tellMoved(ctx, site, w)
	w.saw(now, err, r.now())
	if err != nil && ctx.Err() == nil {
		r.log.Warn().Err(err).Str("site", site).Msg("places not told")
	}
	w.told = now
}

// tellMoved tells waiting visitors their places if the desk changed or its hours began or ended since
// they were told, and those who have heard none yet in any case.
func (r *Router) tellMoved(ctx context.Context, site string, w *watch) (uint64, error) {
	version, err := r.desk.Version(ctx, site)
	if err != nil {
		return w.told, err
	}
	open := r.hours.state(site, r.now())
	ids := r.places.of(site, version != w.told || open != w.open)
	if err := r.tellPlaces(ctx, site, ids, false); err != nil {
		return w.told, err
	}
	w.open = open
	return version, nil
}

// tellPlace answers one visitor's question for its place, whether or not it changed.
func (r *Router) tellPlace(ctx context.Context, site string, id session.ID) {
	if err := r.tellPlaces(ctx, site, []session.ID{id}, true); err != nil {
		r.log.Warn().Err(err).Str("session", string(id)).Msg("place not told")
	}
}

func (r *Router) tellPlaces(ctx context.Context, site string, ids []session.ID, again bool) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := r.desk.Places(ctx, site, ids)
	if err != nil {
		return err
	}
	for _, p := range found {
		if p.Position > 0 {
			r.tellOne(ctx, site, p, again)
		}
	}
	return nil
}

func (r *Router) tellOne(ctx context.Context, site string, p queue.Place, again bool) {
	duty := dutyAt(r.hours.of(site, p.Queue), p.Servers, r.now())
	if r.places.tell(site, p, standing{duty, r.desk.Full(p.Queue, p.Position)}, again) {
		r.turnIsNear(ctx, site, p.Session)
	}
}

// answerTimers acts on the desk's deadlines: offers nobody took, accepts nobody finished, agents who
// did not come back.
func (r *Router) answerTimers(ctx context.Context, site string) error {
	due, err := r.desk.Due(ctx, site, timersAtOnce)
	if err != nil {
		return err
	}
	var errs []error
	for _, t := range due {
		// One that cannot be answered must not keep the others waiting.
		errs = append(errs, r.answerTimer(ctx, site, t))
	}
	return errors.Join(errs...)
}

// answerTimer acts on one deadline. Its script has put it off before anything here can fail, so it
// comes again, and a panic is no reason for a node to stop looking after its desks.
func (r *Router) answerTimer(ctx context.Context, site string, t queue.Timer) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("timer %s of %s: panic: %v\n%s", t.What, t.ID, p, debug.Stack())
		}
	}()
	if handle := r.deskHandlers()[t.What]; handle != nil {
		return handle(ctx, site, t.ID)
	}
	_, err = r.desk.Remove(ctx, site, t)
	return err
}

// deskHandlers are the timers of a desk, by what they are about. Like those of sessions they are
// idempotent, and one table of the tests holds them all to it.
func (r *Router) deskHandlers() map[string]func(ctx context.Context, site, id string) error {
	lapse := func(ctx context.Context, site, id string) error { return r.lapse(ctx, site, session.ID(id)) }
	return map[string]func(ctx context.Context, site, id string) error{
		queue.TimerOffer: lapse, queue.TimerAccepting: lapse, queue.TimerSeat: r.lose,
		queue.TimerWrapUp: r.wrappedUp,
		queue.TimerAside: func(ctx context.Context, site, id string) error {
			return r.stepAside(ctx, site, session.ID(id))
		},
		queue.TimerCheck: func(ctx context.Context, site, _ string) error { return r.checkDesk(ctx, site) },
	}
}

// lapse ends an offer whose time is over. For an accept that hung, the session is made to refuse it
// first; if it had gone through after all, settling finds that and there is nothing to return.
func (r *Router) lapse(ctx context.Context, site string, id session.ID) error {
	l, err := r.desk.Lapse(ctx, site, id)
	if err != nil || l.Offer == "" {
		return err
	}
	if l.Void != 0 {
		if err := r.node.Void(ctx, id, int64(l.Void)); err != nil {
			return err
		}
		if _, err := r.Settle(ctx, id); err != nil {
			return err
		}
		if back, err := r.desk.Return(ctx, site, id, l.Void); err != nil || !back {
			return err
		}
	}
	r.seatNews(ctx, site, l.Agent, SeatNews{What: NewsGone, Offer: l.Offer, Code: GoneLapsed})
	if l.SetAway {
		r.seatNews(ctx, site, l.Agent, SeatNews{What: NewsSeat})
	}
	return nil
}

// wrappedUp ends an agent's time for notes.
func (r *Router) wrappedUp(ctx context.Context, site, agent string) error {
	ready, err := r.desk.WrappedUp(ctx, site, agent)
	if err != nil || !ready {
		return err
	}
	r.seatNews(ctx, site, agent, SeatNews{What: NewsSeat})
	r.kick(site)
	return nil
}

// lose gives the sessions of an agent who did not come back in time to the line, at their original
// arrival times (invariants 5 and 6). The visitor is told by the move's reason.
func (r *Router) lose(ctx context.Context, site, agent string) error {
	lost, err := r.desk.Lose(ctx, site, agent)
	if err != nil || lost.Back {
		return err
	}
	for _, id := range lost.Held {
		_, err := r.again(ctx, id, func(s session.State) (session.Append, error) {
			if s.Owner != session.Human || s.Agent != agent {
				return session.Append{}, nil
			}
			move := handoff("m:lost:"+strconv.FormatInt(s.Epoch, 10), session.FromSystem, ReasonAgentLost)
			move.Body.Queue = s.Queue
			return session.Append{Drafts: []session.Draft{move}, Epoch: s.Epoch}, nil
		})
		if err != nil {
			return err
		}
		r.moved(ctx, id)
	}
	return nil
}
