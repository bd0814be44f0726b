package router

import (
	"context"
	"errors"
	"fmt"

	"yijian/session"
)

// Erase removes a conversation wherever it is kept, at its visitor's request or because its time is
// over (invariant 5): it is ended, taken from the desk, and removed from Redis and with forget from the
// record. What writes to it meanwhile may bring a part back, so both are done twice.
func (r *Router) Erase(ctx context.Context, id session.ID, forget func(context.Context, session.ID) error) error {
	err := r.End(ctx, id, "")
	if err == nil {
		_, err = r.Settle(ctx, id)
	}
	if err != nil && !errors.Is(err, session.ErrGone) {
		return fmt.Errorf("erasing session %s: %w", id, err)
	}
	for range 2 {
		if err := r.node.Erase(ctx, id, timerSettle, timerAsk, timerIdle, timerExpire); err != nil {
			return err
		}
		if err := forget(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
