package router

import (
	"context"
	"slices"

	"yijian/session"
)

// Near hears that a visitor's turn may come any moment. It is for channels that reach people who have no
// page open, and may be told twice of one turn. It may only take note.
type Near func(ctx context.Context, site string, id session.ID)

// turnIsNear tells that a turn is near, once a change and node.
func (r *Router) turnIsNear(ctx context.Context, site string, id session.ID) {
	r.metrics.Near.WithLabelValues(site).Inc()
	if r.near != nil {
		r.near(ctx, site, id)
	}
}

// hereAtOnce bounds how many visitors one script notes.
const hereAtOnce = 200

// here tells the desk who waits with a page open on this node: all of them, or those who came since they
// were told a place. What fails is said again at the next renewal.
func (r *Router) here(ctx context.Context, site string, all bool) {
	for ids := range slices.Chunk(r.places.of(site, all), hereAtOnce) {
		if err := r.desk.Here(ctx, site, ids); err != nil && ctx.Err() == nil {
			r.log.Warn().Err(err).Str("site", site).Msg("not noted who waits with a page open")
			return
		}
	}
}
