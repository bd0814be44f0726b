package router

import (
	"context"
	"time"

	"yijian/session"
)

const (
	// expireAfter is how long a closed conversation stays in Redis: as long as whoever comes back to
	// it goes to people first. The script that appends the close arms the timer with the same time.
	expireAfter = comeBack
	// expireLook is how often one is looked at again that may not go yet, because the record does
	// not have all of it.
	expireLook = 6 * time.Hour
)

// onExpireTimer removes a conversation from Redis that has long been closed, if the record has all
// of it. Until then it stays, however long that takes: Redis is never the place where words are lost.
func (r *Router) onExpireTimer(ctx context.Context, id session.ID) (time.Duration, error) {
	why, err := r.node.Evict(ctx, id, expireAfter, timerSettle, timerAsk, timerIdle, timerExpire)
	if err != nil {
		return 0, err
	}
	switch why {
	case session.Evicted:
		r.metrics.Evictions.Inc()
		return 0, nil
	case session.Gone, session.StillOpen:
		return 0, nil
	case session.StillHeld:
		return time.Hour, nil
	}
	return expireLook, nil
}
