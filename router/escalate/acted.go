package escalate

import (
	"slices"
	"time"

	"yijian/session"
)

const (
	// noLasts is for how long a visitor who does not want a person is not asked for the same reason.
	noLasts = 10 * time.Minute
	// ignoredAfter is how many messages after a question it counts as passed over, and another reason
	// may ask.
	ignoredAfter = 3
	// maxQuestions is how many questions are remembered.
	maxQuestions = 8
)

// Acted is what was done for a visitor already: what need not be done again, and what the visitor does
// not want. The zero value is a conversation in which nothing was done; Add every event in order.
type Acted struct {
	helped    bool
	questions []question // the newest last
}

// question is an offer, with what became of it.
type question struct {
	offer, reason string
	at            time.Time // asked, or answered
	open          bool      // not answered yet
	declined      bool
	passed        int // messages of the visitor since
}

// Add takes the next event of the log.
func (a *Acted) Add(e session.Event) {
	switch e.Kind {
	case session.KindMove:
		a.moved()
	case session.KindMessage:
		if e.From == session.FromVisitor {
			a.said()
		}
	case session.KindDecision:
		a.decided(e)
	case session.KindAnswer:
		a.answered(e)
	}
}

// moved forgets the questions that somebody else answers now. A no is remembered, help is given anew.
func (a *Acted) moved() {
	a.helped = false
	a.questions = slices.DeleteFunc(a.questions, func(q question) bool { return !q.declined })
}

func (a *Acted) said() {
	for i := range a.questions {
		a.questions[i].passed++
	}
}

func (a *Acted) decided(e session.Event) {
	switch e.Body.Action {
	case Assist.String():
		a.helped = true
	case Offer.String():
		if len(a.questions) == maxQuestions {
			a.questions = slices.Delete(a.questions, 0, 1)
		}
		a.questions = append(a.questions, question{offer: e.Body.Offer, reason: e.Body.Reason, at: e.At, open: true})
	}
}

func (a *Acted) answered(e session.Event) {
	for i := range a.questions {
		if q := &a.questions[i]; q.offer == e.Body.Offer {
			q.open, q.declined, q.at = false, !e.Body.Yes, e.At
		}
	}
}

// Helped reports whether the visitor was helped along since the bot answers.
func (a *Acted) Helped() bool { return a.helped }

// Due is what is left of a decision after what was done: help is offered once, a question is asked once
// while it stands and not again for a while after it was, and a visitor who said no is not handed over
// by points. The floors stand whatever was said.
func (a *Acted) Due(d Decision, now time.Time) Decision {
	if d.Action == Transfer && !d.IsFloor() {
		d = a.declinable(d, now)
	}
	switch {
	case d.Action == Assist && a.helped,
		d.Action == Offer && (a.isOpen() || a.wasAsked(d.Reason, now)):
		d.Action = Nothing
	}
	return d
}

// declinable turns a transfer that the visitor does not want into nothing, and one for another reason
// than was declined into a question.
func (a *Acted) declinable(d Decision, now time.Time) Decision {
	for _, q := range a.questions {
		if !q.declined || now.Sub(q.at) >= noLasts {
			continue
		}
		d.Declined = true
		if q.reason == d.Reason {
			d.Action = Nothing
			return d
		}
		d.Action = Offer
	}
	return d
}

func (a *Acted) isOpen() bool {
	return slices.ContainsFunc(a.questions, func(q question) bool { return q.open && q.passed < ignoredAfter })
}

func (a *Acted) wasAsked(reason string, now time.Time) bool {
	return slices.ContainsFunc(a.questions, func(q question) bool {
		return q.reason == reason && now.Sub(q.at) < noLasts
	})
}

// IsFloor reports whether a decision stands whatever a policy or an earlier no says.
func (d Decision) IsFloor() bool {
	return d.Rule && d.Reason != ReasonRepeated
}
