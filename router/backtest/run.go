package backtest

import (
	"yijian/router/escalate"
	"yijian/session"
)

// Conversation is one recorded session, its events in the order of the log.
type Conversation struct {
	ID     string
	Events []session.Event
}

// Report is what a policy would have decided.
type Report struct {
	// Policy is the version that was tried.
	Policy int `json:"policy"`
	// Conversations is how many were replayed, Turns how many messages visitors wrote in them while
	// the bot answered.
	Conversations int `json:"conversations"`
	Turns         int `json:"turns"`
	// Decisions counts those taken, per action: one after each message of the visitor or the bot.
	Decisions map[string]int `json:"decisions"`
	// Most counts conversations by the most that was done in them.
	Most map[string]int `json:"most"`
	// Reasons counts conversations by action and by the reason it was first taken for.
	Reasons map[string]map[string]int `json:"reasons"`
	// TransferTurns counts transferred conversations by the visitor's message, from 1, that led to it.
	TransferTurns map[int]int `json:"transfer_turns"`
}

// TransferredShare is the part of conversations handed to a person, 0 if there were none at all.
func (r Report) TransferredShare() float64 {
	if r.Conversations == 0 {
		return 0
	}
	return float64(r.Most[escalate.Transfer.String()]) / float64(r.Conversations)
}

// Test replays conversations through a policy, one after the other: a record of any size is tested
// in the memory of one conversation.
type Test struct {
	policy escalate.Policy
	rarity *escalate.Rarity
	report Report
}

// New returns a test of a policy. The rarity is that of the knowledge base that the bot answers from, as
// the router has it; nil if there is none.
func New(p escalate.Policy, rarity *escalate.Rarity) *Test {
	return &Test{policy: p, rarity: rarity, report: Report{
		Policy: p.Version, Decisions: map[string]int{}, Most: map[string]int{},
		Reasons: map[string]map[string]int{}, TransferTurns: map[int]int{},
	}}
}

// Report is what the policy would have decided in all that was added.
func (t *Test) Report() Report { return t.report }

// Run replays conversations through a policy.
func Run(conversations []Conversation, p escalate.Policy) Report {
	t := New(p, nil)
	for _, c := range conversations {
		t.Add(c)
	}
	return t.Report()
}

// Add replays one conversation. It judges where the router does: after each message while the bot
// answers.
func (t *Test) Add(c Conversation) {
	var s escalate.Session
	s.Weigh(t.rarity)
	r, p := &t.report, t.policy
	most, turns, seen := escalate.Nothing, 0, [escalate.Transfer + 1]bool{}
	for _, e := range c.Events {
		s.Add(e)
		in := s.Input()
		if !judged(e) || in.Owner != "" && in.Owner != session.Bot {
			continue
		}
		turns += one(e.From == session.FromVisitor)
		d := escalate.Judge(in, p)
		r.Decisions[d.Action.String()]++
		most = max(most, d.Action)
		if !seen[d.Action] && d.Action > escalate.Nothing {
			seen[d.Action] = true
			r.because(d)
		}
		if d.Action == escalate.Transfer {
			r.TransferTurns[turns]++
			break
		}
	}
	r.Conversations++
	r.Turns += turns
	r.Most[most.String()]++
}

// judged reports whether the router judges after an event.
func judged(e session.Event) bool {
	return e.Kind == session.KindMessage && (e.From == session.FromVisitor || e.From == session.FromBot)
}

func (r *Report) because(d escalate.Decision) {
	a := d.Action.String()
	if r.Reasons[a] == nil {
		r.Reasons[a] = map[string]int{}
	}
	r.Reasons[a][d.Reason]++
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
