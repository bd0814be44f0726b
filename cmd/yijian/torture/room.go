package torture

import (
	"slices"
	"time"

	"yijian/session"
	"yijian/web/wire"
)

// room is one session as an agent sees it, folded from events alone: an agent who reconnects comes to
// the same answers under the same ids.
type room struct {
	mine bool
	last uint64
	// upto is the seq that the history reaches to; before all of it is here nothing is answered.
	upto uint64
	// open are the visitor's messages that no agent has answered.
	open []question
	// bye is the id of the visitor's farewell.
	bye string
	// touched is when the last event came: a visitor who says nothing for long has left.
	touched time.Time
	// answers counts this agent's.
	answers int
}

type question struct {
	id, text string
	due      time.Time
}

func (r *room) event(e wire.Event, me string, due time.Time) {
	if e.Seq <= r.last {
		return
	}
	r.last, r.touched = e.Seq, due
	switch {
	case e.Kind == string(session.KindMove):
		r.mine = e.Owner == string(session.Human) && e.Agent == me
		if e.Owner == string(session.Bot) || e.Owner == string(session.Closed) {
			r.open, r.bye = nil, ""
		}
	case e.Kind != string(session.KindMessage):
	case e.From == string(session.FromVisitor):
		id := bare(e.ID)
		r.open = append(r.open, question{id, e.Text, due})
		if e.Text == farewell {
			r.bye = id
		}
	case e.From == string(session.FromAgent):
		r.answered(bare(e.ID))
	}
}

// answered takes note of an answer by its id.
func (r *room) answered(id string) {
	r.open = slices.DeleteFunc(r.open, func(q question) bool { return "re-"+q.id == id })
}

// bare is the sender's own id, which has the sender in front of it for everybody else.
func bare(id string) string {
	for i := len(id) - 1; i >= 0; i-- {
		if id[i] == ':' {
			return id[i+1:]
		}
	}
	return id
}
