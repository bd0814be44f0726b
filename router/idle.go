package router

import (
	"fmt"
	"time"

	"yijian/session"
)

// The floors of invariant 8. Nothing that a site says goes below them, and this is the one place
// that knows them: an Idle can only be made by NewIdle.
const (
	MinIdleEnd     = 20 * time.Minute
	MinIdleWarning = 60 * time.Second
)

const (
	// warnAgain is how often a standing warning is told again, because what is told may be lost.
	warnAgain = 15 * time.Second
	// warnUnseen is the same for a warning that no page has shown for a while: nobody is there.
	warnUnseen = 5 * time.Minute
	// awayFor is after how long a conversation ends whose warning nobody could see.
	awayFor = 24 * time.Hour
)

// Idle says when a quiet conversation ends by itself. The zero Idle is never, which is what a site
// gets that does not ask for anything else.
type Idle struct{ end, warning time.Duration }

// NewIdle returns a rule that ends a conversation after end without any activity, the last of it
// under a warning. An end of 0 is never. Shorter times than the floors are refused, not raised:
// whoever sets them has to know that they do not hold.
func NewIdle(end, warning time.Duration) (Idle, error) {
	switch {
	case end == 0:
		return Idle{}, nil
	case end < MinIdleEnd:
		return Idle{}, fmt.Errorf("%s is too short an idle_end, because people who write slowly would be cut off; "+
			"write at least %s, or 0 for never", end, MinIdleEnd)
	case warning < MinIdleWarning:
		return Idle{}, fmt.Errorf("%s is too short an idle_warning to read and tap; write at least %s", warning, MinIdleWarning)
	case warning > end/2:
		return Idle{}, fmt.Errorf("an idle_warning of %s is more than half of the idle_end of %s; make it shorter", warning, end)
	}
	return Idle{end: end, warning: warning}, nil
}

// On reports whether the rule ends anything.
func (r Idle) On() bool { return r.end > 0 }

// longer is the rule for a visitor with help switched on: twice or three times as long, so that slow
// writers are not hurried. More help never makes a limit shorter (invariant 9).
func (r Idle) longer(assist int) Idle {
	longer := r
	for range min(max(assist, 0), 2) {
		longer.end += r.end
		longer.warning += r.warning
	}
	return longer
}

func (r Idle) timers() []session.Timer {
	if !r.On() {
		return nil
	}
	return []session.Timer{{What: timerIdle, After: r.end - r.warning}}
}

// idleStep is what is to be done about a quiet conversation now, and when to look again; 0 is when
// somebody writes.
type idleStep struct {
	do    idleDo
	left  time.Duration // until the end, for a warning
	again time.Duration
}

type idleDo int

const (
	idleNothing idleDo = iota
	idleWarn
	idleEnd
)

// judge decides about a conversation. It ends one only after a page has shown the warning for its
// whole time, or after nobody was there for a day; only while the last word is the other side's,
// because a visitor who waits for an answer is not idle; and never one in line (invariants 5 and 8).
func (r Idle) judge(s session.State, now time.Time) idleStep {
	if !r.On() || s.Owner == session.Waiting || s.Owner == session.Closed {
		return idleStep{}
	}
	since := s.Since()
	if s.Ask != "" || s.Spoke == session.FromVisitor || s.Spoke == "" {
		return idleStep{again: r.end - r.warning}
	}
	if wait := since.Add(r.end - r.warning).Sub(now); wait > 0 {
		return idleStep{again: wait}
	}
	warned, seen := s.Quiet.WarnedAt, s.Quiet.SeenAt
	switch {
	case warned.Before(since):
		return idleStep{do: idleWarn, left: r.warning, again: warnAgain}
	case seen.Before(warned):
		return r.unseen(since, warned, now)
	}
	end := later(since.Add(r.end), seen.Add(r.warning))
	if left := end.Sub(now); left > 0 {
		return idleStep{do: idleWarn, left: left, again: min(left, warnAgain)}
	}
	return idleStep{do: idleEnd}
}

// unseen is for a warning that no page has shown: it stands until one does, so that its full time
// begins then, or until the visitor has been away for a day.
func (r Idle) unseen(since, warned, now time.Time) idleStep {
	if now.Sub(since) >= max(awayFor, r.end) {
		return idleStep{do: idleEnd}
	}
	again := warnAgain
	if now.Sub(warned) > 2*r.warning {
		again = warnUnseen
	}
	return idleStep{do: idleWarn, left: r.warning, again: again}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
