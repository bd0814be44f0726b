package replay

import (
	"strings"
	"time"

	"yijian/session"
	"yijian/web/wire"
)

// room is one session as an agent of a replay knows it: what the visitor has said to people and
// nobody has answered. It is folded from events alone, so an agent who reconnects, or who takes over
// from one who was lost, comes to the same answers under the same ids.
type room struct {
	me      string
	handed  bool // in line or with people
	mine    bool
	pending []pending
	leaving string // id of the visitor's farewell
	last    uint64
	// upto is the seq the history reaches to; before all of it is here nothing is answered.
	upto uint64
}

// pending is a message that waits for an answer.
type pending struct {
	id, text string
	seen     time.Time
}

// reply and closing are the ids an agent gives to what follows from a visitor's message.
func reply(message string) string   { return "re-" + message }
func closing(message string) string { return "bye-" + message }

// bare is the sender's own id in an event's id, which has the sender in front of it for everybody else.
func bare(id string) string { return id[strings.LastIndexByte(id, ':')+1:] }

// answers is the id of the visitor's message that an agent's message answers. Other agents see the
// id with the sender in front of it.
func answers(e wire.Event) string {
	message, ok := strings.CutPrefix(bare(e.ID), "re-")
	if !ok {
		return ""
	}
	return message
}

// event folds one event.
func (r *room) event(e wire.Event, now time.Time) {
	if e.Seq <= r.last {
		return
	}
	r.last = e.Seq
	switch {
	case e.Kind == string(session.KindMove):
		r.move(e)
	case !r.handed:
	case isMessage(e, session.FromVisitor):
		id := bare(e.ID)
		r.pending = append(r.pending, pending{id: id, text: e.Text, seen: now})
		if isFarewell(e.Text) {
			r.leaving = id
		}
	case isMessage(e, session.FromAgent):
		r.answered(answers(e))
	}
}

func (r *room) move(e wire.Event) {
	switch session.Owner(e.Owner) {
	case session.Human:
		r.handed, r.mine = true, e.Agent == r.me
	case session.Waiting:
		r.handed, r.mine = true, false
	default:
		*r = room{me: r.me, last: r.last, upto: r.upto}
	}
}

func (r *room) answered(id string) {
	for i, p := range r.pending {
		if p.id == id {
			r.pending = append(r.pending[:i], r.pending[i+1:]...)
			return
		}
	}
}

// todo is what the agent sends at a time, and when to look again, if there is more to come. The
// close goes out only after the last answer is known to be stored: one that was refused for a moment
// must not be overtaken.
func (r *room) todo(sid string, now time.Time, think time.Duration) (out []wire.In, next time.Time) {
	if !r.mine || r.last < r.upto {
		return nil, time.Time{}
	}
	for _, p := range r.pending {
		due := p.seen.Add(think)
		if due.After(now) {
			return out, due
		}
		out = append(out, wire.In{T: "message", Session: sid, ID: reply(p.id), Text: answerTo(p.text)})
	}
	if len(r.pending) == 0 && r.leaving != "" {
		out = append(out, wire.In{T: "close", Session: sid, ID: closing(r.leaving)})
	}
	return out, time.Time{}
}

// answerTo depends on nothing but the question: the same answer sent twice must have the same text.
func answerTo(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	if langOf(text) == "zh-CN" {
		return "您好，关于“" + text + "”，我已经帮您查过了。"
	}
	return "Hello, about “" + text + "”: I have looked into it for you."
}
