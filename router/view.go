package router

import (
	"time"

	"yijian/router/escalate"
	"yijian/session"
)

// view is a session as the router judges it: folded for the signals, and for what was done about them.
type view struct {
	id     session.ID
	state  session.State
	events []session.Event
	policy escalate.Policy
	judge  escalate.Session
	acted  escalate.Acted
	// most is the judgement that asked for most, the last of several alike.
	most escalate.Judgement
	// at is when the visitor wrote, by the clock of the log.
	at time.Time
}

func (r *Router) view(id session.ID, at session.Opened) *view {
	v := &view{id: id, state: at.State, events: at.Events, policy: r.policies.Current()}
	v.judge.Weigh(r.rarity)
	v.judge.Know(escalate.Facts{PersonFirst: r.wantsPerson(at.State) && at.State.MovedAt.IsZero()})
	for _, e := range at.Events {
		v.add(e)
		if e.ID == at.State.Ask {
			v.at, v.most.Seq = e.At, e.Seq
		}
	}
	return v
}

func (v *view) add(e session.Event) {
	v.judge.Add(e)
	v.acted.Add(e)
}

// decide judges the session as it is now, with a bot that has been silent for so long. What is to be
// done counts as done from then on.
func (v *view) decide(silence time.Duration) escalate.Decision {
	in := v.judge.Input()
	in.Silence, in.Assist = silence, v.state.Assist
	decided := escalate.Judge(in, v.policy)
	due := v.acted.Due(decided, v.at.Add(silence))
	if decided.Action >= v.most.Decided.Action && len(decided.Signals) > 0 {
		v.most.At, v.most.Decided, v.most.Done = v.at.Add(silence), decided, max(v.most.Done, due.Action)
	}
	if due.Action > escalate.Nothing {
		v.acted.Add(session.Event{Kind: session.KindDecision, At: v.at.Add(silence), Body: session.Body{
			Action: due.Action.String(), Reason: due.Reason,
		}})
	}
	return due
}

// noted tells what was judged in one turn, if any signal was there.
func (r *Router) noted(v *view) {
	if r.judged == nil || len(v.most.Decided.Signals) == 0 {
		return
	}
	v.most.ID, v.most.Session, v.most.Site = string(v.id)+":"+v.state.Ask, v.id, v.state.Site
	if v.most.Decided.Reason == escalate.ReasonBotSilent {
		v.most.ID += ":" + v.most.Decided.Action.String() // beside what the turn itself came to
	}
	r.judged(v.most)
}

// name is the id of the decision about an ask: taken again, it is the same event.
func (v *view) name(d escalate.Decision) string {
	name := "s:decision:" + v.state.Ask
	if d.Action != escalate.Transfer {
		name += ":" + d.Action.String() + ":" + d.Reason
	}
	return name
}

// draft is the event of a decision.
func (v *view) draft(d escalate.Decision) (session.Draft, error) {
	return decided(v.name(d), d, v.state.Lang)
}

// helped reports whether the visitor has help switched on, or was helped along by a decision.
func (v *view) helped() bool { return v.state.Assist > 0 || v.acted.Helped() }
