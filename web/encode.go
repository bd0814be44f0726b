package web

import (
	"strings"

	"yijian/router"
	"yijian/session"
	"yijian/web/wire"
)

const wireTime = "2006-01-02T15:04:05.000Z07:00"

// forVisitor is an event as the visitor sees it. Own messages carry the visitor's own ids.
func forVisitor(id session.ID, e session.Event) wire.Event {
	out := common(e)
	if e.From == session.FromVisitor {
		out.ID = e.ClientID()
	}
	if e.Kind == session.KindCallback {
		out.Phone, out.Number = hidden(e.Body.Phone), router.TicketNumber(id)
	}
	return out
}

// hidden leaves of a telephone number what its owner knows it by. A page may be open to others.
func hidden(phone string) string {
	const front, back = 3, 4
	if len(phone) <= front+back {
		return phone
	}
	return phone[:front] + strings.Repeat("•", len(phone)-front-back) + phone[len(phone)-back:]
}

// forAgent is an event as an agent sees it: with what the bot understood and why the router decided.
func forAgent(id session.ID, me string, e session.Event) wire.Event {
	out := common(e)
	out.Session = string(id)
	if e.By == me {
		out.ID = e.ClientID()
	}
	out.Agent = e.By
	if asks := e.Kind == session.KindNote || e.Body.To == session.Waiting; asks {
		out.To = e.Body.Agent
	} else if e.Body.Agent != "" {
		out.Agent = e.Body.Agent
	}
	out.Phone, out.Queue = e.Body.Phone, e.Body.Queue
	out.Intent, out.Confidence, out.Unsure = e.Body.Intent, e.Body.Confidence, e.Body.Unsure
	out.Decision = e.Body.Decision
	return out
}

func common(e session.Event) wire.Event {
	out := wire.Event{
		T: "event", Seq: e.Seq, At: e.At.Format(wireTime), Kind: string(e.Kind), From: string(e.From),
		AI: e.AI(), ID: e.ID, Name: e.Body.Name, Text: e.Body.Text, Suggest: e.Body.Suggest,
		Owner: string(e.Body.To), Reason: e.Body.Reason, Code: e.Body.Code,
		Upto: e.Body.Upto, Score: e.Body.Score, When: callTime(e.Body.When),
		Action: e.Body.Action, Offer: e.Body.Offer,
	}
	if e.Kind == session.KindAnswer {
		out.Yes = &e.Body.Yes
	}
	return out
}
