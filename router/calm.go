package router

import (
	"context"
	"fmt"
	"time"

	"yijian/router/queue"
)

// shakenFor is how long a desk offers nothing after it could not be reached, or went back: a failover
// may have taken its last moves, so a seat that is full looks free (invariant 7). The logs of those
// sessions know better, and their timers, armed 2 s after every move, tell the desk again.
const shakenFor = 4 * time.Second

// watch is what this node knows of one desk.
//
//	calm ──an error, or a version that went back──▶ shaken ──shakenFor without either──▶ calm
type watch struct {
	told   uint64 // the version whose places were told
	open   string // which hours were open then
	seen   uint64 // the highest version
	shaken time.Time
}

// saw notes a version of the desk, or that it could not be read.
func (w *watch) saw(version uint64, err error, now time.Time) {
	if err != nil || version < w.seen {
		w.shaken = now
	}
	if err == nil {
		w.seen = version
	}
}

func (w *watch) calm(now time.Time) bool { return now.Sub(w.shaken) >= shakenFor }

// offer hands out tickets, unless the desk may not know what it holds.
func (r *Router) offer(ctx context.Context, site string, w *watch) error {
	version, err := r.desk.Version(ctx, site)
	w.saw(version, err, r.now())
	if err != nil {
		return fmt.Errorf("asking how desk %s stands: %w", site, err)
	}
	if whole, err := r.remembers(ctx, site); err != nil || !whole || !w.calm(r.now()) {
		return err
	}
	done, err := r.desk.Dispatch(ctx, site)
	if err != nil {
		w.saw(0, err, r.now())
	}
	for _, o := range done.Offers {
		r.tellOffer(ctx, site, o)
	}
	if done.More {
		r.kick(site)
	}
	return err
}

// tellOffer shows an offer to its agent, or takes it for the agent where the queue says so. What cannot
// be taken is shown after all: the agent may still be quicker than its deadline.
func (r *Router) tellOffer(ctx context.Context, site string, o queue.Offer) {
	if o.Auto {
		_, err := r.Accept(ctx, Agent{ID: o.Agent, Name: o.Name, Site: site}, o.ID)
		if err == nil {
			return
		}
		r.log.Warn().Err(err).Str("site", site).Str("agent", o.Agent).Msg("ticket not accepted for the agent")
	}
	r.seatNews(ctx, site, o.Agent, SeatNews{What: NewsOffer, Ticket: &o})
}
