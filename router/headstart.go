package router

import (
	"context"
	"sync"
	"time"

	"yijian/router/escalate"
	"yijian/router/queue"
)

// The head starts of DESIGN §5: by how much a ticket is treated as if it had arrived earlier. A button
// pressed or a person asked for in words has none: those are the line itself.
const (
	stuckHeadStart    = 30 * time.Second
	moreTimeHeadStart = 2 * time.Minute
	appealHeadStart   = 3 * time.Minute
	safetyHeadStart   = 10 * time.Minute
)

// policyHeadStart is what a reason moves a ticket forward by before the desk's own waits bound it. An
// incident is not bound: money may be leaving an account while its owner waits.
func policyHeadStart(reason string) (head time.Duration, uncapped bool) {
	switch reason {
	case escalate.ReasonSafety:
		return safetyHeadStart, true
	case escalate.ReasonMoreTime:
		return moreTimeHeadStart, false
	case escalate.ReasonComplaint:
		return appealHeadStart, false
	case ReasonBot, escalate.ReasonFailedTurns, escalate.ReasonBotSilent, escalate.ReasonRepeated,
		escalate.ReasonBotRepeated, escalate.ReasonRefusedBot, escalate.ReasonFrustrated, escalate.ReasonReturned,
		escalate.ReasonHesitated:
		return stuckHeadStart, false
	}
	return 0, false
}

// waitsFresh is how long a desk's p95 is used before it is asked for again: half an hour of waits
// changes slowly.
const waitsFresh = 10 * time.Second

// waits keeps what the desks said last of their waits.
type waits struct {
	mu   sync.Mutex
	site map[string]measured
}

type measured struct {
	p95 time.Duration
	at  time.Time
}

// headStart is what a reason moves a ticket of a site forward by now. A desk that cannot be asked
// gives what it gave last: the line is in order either way.
func (r *Router) headStart(ctx context.Context, site, reason string) time.Duration {
	head, uncapped := policyHeadStart(reason)
	if head == 0 || uncapped {
		return head
	}
	return queue.HeadStart(head, r.p95(ctx, site), false)
}

func (r *Router) p95(ctx context.Context, site string) time.Duration {
	now := r.now()
	r.waits.mu.Lock()
	last, known := r.waits.site[site]
	r.waits.mu.Unlock()
	if known && now.Sub(last.at) < waitsFresh {
		return last.p95
	}
	p95, err := r.desk.P95(ctx, site)
	if err != nil {
		r.log.Warn().Err(err).Str("site", site).Msg("waits not read")
		return last.p95
	}
	r.waits.mu.Lock()
	defer r.waits.mu.Unlock()
	r.waits.site[site] = measured{p95, now}
	return p95
}
