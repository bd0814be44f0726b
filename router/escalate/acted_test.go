package escalate_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/session"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func asks(offer, reason string) session.Event {
	return session.Event{
		At: noon, Kind: session.KindDecision, From: session.FromSystem,
		Body: session.Body{Action: "offer", Offer: offer, Reason: reason},
	}
}

func answers(offer string, yes bool) session.Event {
	return session.Event{At: noon, Kind: session.KindAnswer, From: session.FromVisitor, Body: session.Body{Offer: offer, Yes: yes}}
}

func saysMore() session.Event {
	return session.Event{At: noon, Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: "hm"}}
}

func movesTo(to session.Owner) session.Event {
	return session.Event{At: noon, Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: to}}
}

func TestW5WhatWasDoneAndDeclinedIsNotDoneAgain(t *testing.T) {
	t.Parallel()
	const repeated, botRepeated = escalate.ReasonRepeated, escalate.ReasonBotRepeated
	offer := escalate.Decision{Action: escalate.Offer, Reason: repeated, Points: 80}
	points := escalate.Decision{Action: escalate.Transfer, Reason: repeated, Points: 120}
	same := escalate.Decision{Action: escalate.Transfer, Reason: repeated, Rule: true}
	floor := escalate.Decision{Action: escalate.Transfer, Reason: escalate.ReasonFailedTurns, Rule: true}
	help := escalate.Decision{Action: escalate.Assist, Reason: escalate.ReasonMoreTime}
	helped := session.Event{Kind: session.KindDecision, Body: session.Body{Action: "assist"}}
	no := []session.Event{asks("of-1", repeated), answers("of-1", false)}
	for name, c := range map[string]struct {
		events []session.Event
		after  time.Duration
		decide escalate.Decision
		want   escalate.Action
	}{
		"asked for the first time":                {nil, 0, offer, escalate.Offer},
		"the question stands":                     {[]session.Event{asks("of-1", repeated)}, 0, offer, escalate.Nothing},
		"the question of another reason stands":   {[]session.Event{asks("of-1", botRepeated)}, 0, offer, escalate.Nothing},
		"another question was passed over":        {[]session.Event{asks("of-1", botRepeated), saysMore(), saysMore(), saysMore()}, 0, offer, escalate.Offer},
		"the same question was passed over":       {[]session.Event{asks("of-1", repeated), saysMore(), saysMore(), saysMore()}, 0, offer, escalate.Nothing},
		"no, a moment ago":                        {no, time.Minute, offer, escalate.Nothing},
		"no, to another reason":                   {[]session.Event{asks("of-1", botRepeated), answers("of-1", false)}, time.Minute, offer, escalate.Offer},
		"no, long ago":                            {no, 11 * time.Minute, offer, escalate.Offer},
		"no, and points for a person":             {no, time.Minute, points, escalate.Nothing},
		"no, and the rule of a policy":            {no, time.Minute, same, escalate.Nothing},
		"no, to another, and points for a person": {[]session.Event{asks("of-1", botRepeated), answers("of-1", false)}, time.Minute, points, escalate.Offer},
		"no, and a floor":                         {no, time.Minute, floor, escalate.Transfer},
		"a question stands, and points":           {[]session.Event{asks("of-1", repeated)}, 0, points, escalate.Transfer},
		"no, then a person, then the bot again":   {append(no[:2:2], movesTo(session.Waiting), movesTo(session.Bot)), time.Minute, offer, escalate.Nothing},
		"yes, then a person, then the bot again": {
			[]session.Event{asks("of-1", repeated), answers("of-1", true), movesTo(session.Waiting), movesTo(session.Bot)}, time.Minute, offer, escalate.Offer,
		},
		"helped already":                  {[]session.Event{helped}, 0, help, escalate.Nothing},
		"helped, and the bot begins anew": {[]session.Event{helped, movesTo(session.Waiting), movesTo(session.Bot)}, 0, help, escalate.Assist},
		"help is no question":             {no, 0, help, escalate.Assist},
		"an answer to nothing":            {[]session.Event{answers("of-9", false)}, 0, offer, escalate.Offer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var a escalate.Acted
			for _, e := range c.events {
				a.Add(e)
			}
			if got := a.Due(c.decide, noon.Add(c.after)); got.Action != c.want {
				t.Errorf("got %v, want %v (%+v)", got.Action, c.want, got)
			}
		})
	}
}

func TestADecisionLoweredByANoSaysSo(t *testing.T) {
	t.Parallel()
	var a escalate.Acted
	a.Add(asks("of-1", escalate.ReasonBotRepeated))
	a.Add(answers("of-1", false))
	d := escalate.Decision{Action: escalate.Transfer, Reason: escalate.ReasonRepeated, Points: 120, Threshold: 100, Policy: 3}
	want := d
	want.Action, want.Declined = escalate.Offer, true
	if diff := cmp.Diff(want, a.Due(d, noon)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
