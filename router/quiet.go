package router

import (
	"context"
	"errors"
	"strconv"
	"time"

	"yijian/session"
)

// signalIdle tells the pages of a session, on every node, when it ends for silence.
const signalIdle = "idle"

func (r *Router) idleOf(site string) Idle { return r.idle[site] }

// idleFor is the rule for one visitor, with the help that was chosen.
func (r *Router) idleFor(s session.State) Idle { return r.idle[s.Site].longer(s.Assist) }

// IdleOn reports whether quiet conversations of a site end at all; where they do not, nothing needs
// to be noted about activity.
func (r *Router) IdleOn(site string) bool { return r.idleOf(site).On() }

// anyIdle are the timers of a message whose site is not known before it is stored. One too many is
// answered once and gone.
func (r *Router) anyIdle() []session.Timer {
	var first []session.Timer
	for _, rule := range r.idle {
		if t := rule.timers(); t != nil && (first == nil || t[0].After < first[0].After) {
			first = t
		}
	}
	return first
}

// onIdleTimer looks at a conversation that may have been quiet for long.
func (r *Router) onIdleTimer(ctx context.Context, id session.ID) (time.Duration, error) {
	s, now, err := r.node.Look(ctx, id)
	if errors.Is(err, session.ErrGone) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	step := r.idleFor(s).judge(s, now)
	switch step.do {
	case idleWarn:
		return step.again, r.warn(ctx, id, s, step.left)
	case idleEnd:
		return r.endQuiet(ctx, id, s)
	}
	if !s.Quiet.WarnedAt.IsZero() && s.Owner != session.Closed {
		// The other side wrote, or the visitor is in line now.
		return step.again, r.Active(ctx, s.Site, id)
	}
	return step.again, nil
}

// warn notes the warning before it tells it, so that a page that comes later knows of it.
func (r *Router) warn(ctx context.Context, id session.ID, s session.State, left time.Duration) error {
	if s.Quiet.WarnedAt.Before(s.Since()) {
		warned, err := r.node.Warn(ctx, id, s.Since())
		if err != nil || !warned {
			return err // not warned: somebody came back a moment ago
		}
	}
	return r.node.Signal(ctx, id, session.Signal{What: signalIdle, Warn: true, Left: left})
}

// endQuiet closes a conversation unless anything happened since it was judged. Whoever writes to it
// reopens it.
func (r *Router) endQuiet(ctx context.Context, id session.ID, s session.State) (time.Duration, error) {
	end := session.Draft{
		ID: "m:idle:" + strconv.FormatInt(s.Epoch, 10), Kind: session.KindMove, From: session.FromSystem,
		Body: session.Body{To: session.Closed, Reason: ReasonIdle},
	}
	out, err := r.node.Append(ctx, id, session.Append{Drafts: []session.Draft{end}, Epoch: s.Epoch, Quiet: s.Since()})
	if errors.Is(err, session.ErrConflict) || errors.Is(err, session.ErrIllegal) {
		return warnAgain, nil // somebody is there after all: look at what is now
	}
	if err != nil {
		return 0, err
	}
	if len(out.Fresh) > 0 {
		r.metrics.IdleEnds.WithLabelValues(s.Site).Inc()
	}
	r.moved(ctx, id)
	return 0, nil
}

// Active notes that a visitor is there: typing, composing, back on the page. A socket may say so
// often; it is worth a write about twice a minute, and at once while a warning stands.
func (r *Router) Active(ctx context.Context, site string, id session.ID) error {
	if !r.IdleOn(site) {
		return nil
	}
	back, err := r.node.Active(ctx, id)
	if err != nil || !back {
		return err
	}
	return r.tellIdle(ctx, id)
}

// awake takes a warning back after a message. A failure is the timer's to make good.
func (r *Router) awake(ctx context.Context, id session.ID) {
	s, err := r.node.State(ctx, id)
	if err == nil {
		err = r.Active(ctx, s.Site, id)
	}
	if err != nil {
		r.log.Warn().Err(err).Str("session", string(id)).Msg("warning not taken back")
	}
}

// Extend is the one tap that answers a warning: the full time begins anew, as often as the visitor
// likes. Every page of the session is told.
func (r *Router) Extend(ctx context.Context, site string, id session.ID) error {
	if r.IdleOn(site) {
		if _, err := r.node.Active(ctx, id); err != nil {
			return err
		}
	}
	return r.tellIdle(ctx, id)
}

// tellIdle tells all pages how long a conversation lasts that somebody was just active in. One that
// waits in line or is over does not end for silence.
func (r *Router) tellIdle(ctx context.Context, id session.ID) error {
	s, err := r.node.State(ctx, id)
	if err != nil {
		return err
	}
	told := session.Signal{What: signalIdle}
	if s.Owner == session.Bot || s.Owner == session.Human {
		told.Left = r.idleFor(s).end
	}
	return r.node.Signal(ctx, id, told)
}

// WarningSeen notes that a page has the warning on a visible screen. Its time begins with the first.
func (r *Router) WarningSeen(ctx context.Context, site string, id session.ID) error {
	if !r.IdleOn(site) {
		return nil
	}
	_, err := r.node.Seen(ctx, id)
	return err
}
