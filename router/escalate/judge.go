package escalate

import (
	"fmt"
	"time"

	"yijian/session"
)

// Action is what the router should do. A greater one does more for the visitor.
type Action int

// The actions.
const (
	Nothing  Action = iota
	Assist          // bigger text, longer limits, shorter answers
	Offer           // ask whether a person should take over, one tap either way
	Transfer        // hand over
)

var actions = [...]string{"none", "assist", "offer", "transfer"}

// String is the action's name in the record.
func (a Action) String() string {
	if a < 0 || int(a) >= len(actions) {
		return fmt.Sprintf("action(%d)", int(a))
	}
	return actions[a]
}

// MarshalText writes the name.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the name.
func (a *Action) UnmarshalText(b []byte) error {
	for i, name := range actions {
		if name == string(b) {
			*a = Action(i)
			return nil
		}
	}
	return fmt.Errorf("%q is no action; the actions are none, assist, offer and transfer", b)
}

// The reasons of decisions, as the record and the wire say them.
const (
	ReasonWords       = "words"           // the visitor asked for a person
	ReasonRefusedBot  = "refused_bot"     // the visitor refuses the bot
	ReasonSafety      = "safety"          // an incident
	ReasonFailedTurns = "failed_turns"    // the bot could not answer
	ReasonBotSilent   = "bot_silent"      // the bot did not answer
	ReasonRepeated    = "repeated"        // the visitor asked the same again
	ReasonBotRepeated = "bot_repeated"    // the bot answered the same again
	ReasonMoreTime    = "needs_more_time" // the visitor needs more time
	ReasonFrustrated  = "frustrated"      // the visitor is losing patience
	ReasonComplaint   = "complaint"       // the visitor complains, or appeals
	ReasonReturned    = "returned"        // the visitor came back again and is not content
	ReasonHesitated   = "hesitated"       // the answers leave the visitor in doubt
	ReasonPersonFirst = "first_human"     // a person was asked for before any bot
)

// reasons is indexed by Signal.
var reasons = [signals]string{
	Asked: ReasonWords, Refused: ReasonRefusedBot, Safety: ReasonSafety, Failed: ReasonFailedTurns,
	Repeated: ReasonRepeated, BotRepeated: ReasonBotRepeated, MoreTime: ReasonMoreTime, Silent: ReasonBotSilent,
	Frustrated: ReasonFrustrated, Complained: ReasonComplaint, Returned: ReasonReturned,
	Hesitated: ReasonHesitated, PersonFirst: ReasonPersonFirst,
}

// Decision is what was decided and all that decided it.
type Decision struct {
	Action Action `json:"action"`
	// Reason is the signal that decided; empty for none.
	Reason string `json:"reason,omitempty"`
	// Rule says that a rule decided, not the sum of points.
	Rule bool `json:"rule,omitempty"`
	// Signals are those that were there, in the order of Signal.
	Signals []Reading `json:"signals,omitempty"`
	// Points is their sum, Threshold the one that was reached; 0 if a rule decided or none was.
	Points    int `json:"points"`
	Threshold int `json:"threshold,omitempty"`
	// Declined says that the visitor lately said no to a person, so that less is done than was reached.
	Declined bool `json:"declined,omitempty"`
	// Policy is the version that decided.
	Policy int `json:"policy"`
}

// Reading is one signal in a decision.
type Reading struct {
	Signal Signal `json:"name"`
	Value  int    `json:"value"`
	// Age is how many messages of the visitor ago it was seen, for signals that fade.
	Age int `json:"age,omitempty"`
	// Points is what it added, faded with age.
	Points int `json:"points"`
	// Limit is the value at which the rule on this signal holds, if it has one that held.
	Limit int `json:"limit,omitempty"`
	// Evidence is the seqs of the events that show it. Needing more time never has any.
	Evidence []uint64 `json:"evidence,omitempty"`
}

// Judge decides under a policy: the floors first, then the scorecard. It costs no allocation unless
// there is something to tell.
func Judge(in Input, p Policy) Decision {
	d := Decision{Policy: p.Version}
	if in.Owner != session.Bot && in.Owner != "" {
		return d
	}
	in.Features[MoreTime].Value = max(in.Features[MoreTime].Value, min(in.Assist, 2))
	in.Features[Silent].Value = int(in.Silence.Milliseconds())

	d.weigh(&in, p)
	d.score(p)
	if action, s, limit := rule(&in, p); action > Nothing && action >= d.Action {
		d.Action, d.Reason, d.Rule, d.Threshold = action, reasons[s], true, 0
		d.mark(s, limit)
	}
	return d
}

// weigh lists the signals that are there with their points.
func (d *Decision) weigh(in *Input, p Policy) {
	for s := range Signal(signals) {
		f := &in.Features[s]
		if f.Value <= 0 {
			continue
		}
		points := p.Points[s][min(f.Value, bins-1, max(traits[s].bins-1, 0))]
		age := 0
		if traits[s].ages {
			age = f.Age
			points = fade(points, age, p.FadeOver)
		}
		d.Points += points
		d.Signals = append(d.Signals, Reading{Signal: s, Value: f.Value, Age: age, Points: points, Evidence: evidence(f)})
	}
}

// evidence copies the seqs, so that a decision outlives the session it was made in.
func evidence(f *Feature) []uint64 {
	if f.n == 0 {
		return nil
	}
	return append([]uint64(nil), f.Evidence()...)
}

// fade lets points fall evenly to nothing over a number of messages.
func fade(points, age, over int) int {
	if over <= 0 || age >= over {
		return 0
	}
	return points * (over - max(age, 0)) / over
}

// score holds the sum against the thresholds. Needing more time alone never does more than assist,
// and is the reason only if it is alone.
func (d *Decision) score(p Policy) {
	top, alone := -1, true
	for i, r := range d.Signals {
		if r.Points <= 0 || r.Signal == MoreTime && top >= 0 {
			continue
		}
		if alone || r.Points > d.Signals[top].Points {
			top = i
		}
		alone = alone && r.Signal == MoreTime
	}
	switch {
	case top < 0:
		return
	case d.Points >= p.TransferAt && !alone:
		d.Action, d.Threshold = Transfer, p.TransferAt
	case d.Points >= p.OfferAt && !alone:
		d.Action, d.Threshold = Offer, p.OfferAt
	case d.Points >= p.AssistAt:
		d.Action, d.Threshold = Assist, p.AssistAt
	default:
		return
	}
	d.Reason = reasons[d.Signals[top].Signal]
}

// rule is the floors, the gravest first, with the value at which each holds, and after them the one
// rule that a policy may move. An incident comes before the words because it is served first.
func rule(in *Input, p Policy) (a Action, s Signal, limit int) {
	value := func(s Signal) int { return in.Features[s].Value }
	failed := within(p.FailedTurns, MaxFailedTurns)
	same := within(p.SameQuestion, MaxSameQuestion)
	offer, transfer := p.SilentOffer(), p.SilentTransfer()
	switch {
	case value(Safety) >= int(Sure):
		return Transfer, Safety, int(Sure)
	case value(PersonFirst) > 0:
		return Transfer, PersonFirst, 1
	case value(Asked) >= int(Sure):
		return Transfer, Asked, int(Sure)
	case value(Refused) >= int(Sure):
		return Transfer, Refused, int(Sure)
	case value(Failed) >= failed:
		return Transfer, Failed, failed
	case in.Silence >= transfer:
		return Transfer, Silent, int(transfer.Milliseconds())
	case value(Repeated) >= same:
		return Transfer, Repeated, same
	case in.Silence >= offer:
		return Offer, Silent, int(offer.Milliseconds())
	case value(Asked) >= int(Maybe) && in.Features[Asked].Age == 0:
		return Offer, Asked, int(Maybe)
	}
	return Nothing, 0, 0
}

// within keeps a policy's number between 1 and the floor; what is not set counts as the floor.
func within[T int | time.Duration](v, most T) T {
	if v <= 0 || v > most {
		return most
	}
	return v
}

// mark notes on a signal the limit that decided.
func (d *Decision) mark(s Signal, limit int) {
	for i := range d.Signals {
		if d.Signals[i].Signal == s {
			d.Signals[i].Limit = limit
		}
	}
}
