package queue

import (
	"context"
	"fmt"
)

// wrapUp gives a seat whose conversation ended the time for notes that the queue allows. It is a
// courtesy: failing, or dying before it, costs an agent the pause and nobody anything else, so what
// went wrong is not worth the settle that it follows.
func (d *Desk) wrapUp(ctx context.Context, k keys, queue, agent string) {
	if pause := d.opt.Queues[queue].WrapUp; agent != "" && pause > 0 {
		names := []string{k.seat(agent), k.due(), k.version()}
		_, _ = d.run(ctx, wrapUpScript, names, agent, pause.Milliseconds())
	}
}

// WrappedUp answers the timer TimerWrapUp. It reports whether the seat is available again; it is not
// if the agent has chosen another status meanwhile, or the time is not over.
func (d *Desk) WrappedUp(ctx context.Context, site, agent string) (bool, error) {
	if err := checkNames("site", site, "agent", agent); err != nil {
		return false, fmt.Errorf("ending a wrap-up: %w", err)
	}
	k := keysOf(site)
	r, err := d.run(ctx, readyScript, []string{k.seat(agent), k.due(), k.idle(), k.version()}, agent)
	if err != nil {
		return false, fmt.Errorf("ending the wrap-up of %s: %w", agent, err)
	}
	return r.text(0) == "ready", nil
}
