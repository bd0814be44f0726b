package session

import "encoding/json"

// The reasons of callback events, and of the notices by which a supervisor comes and goes. They change
// the state, so append.lua knows them too.
const (
	// CallAsked: the visitor wants to be called.
	CallAsked = "asked"
	// CallMissed: the visitor was gone for a day; agents find the ticket on their callback list.
	CallMissed = "missed"
	// CallCancelled: the visitor would rather wait.
	CallCancelled = "cancelled"
	// SupervisorJoined and SupervisorLeft: from one to the other this agent writes beside who answers.
	SupervisorJoined = "joined"
	SupervisorLeft   = "left"
)

// Callback is a call that somebody in line waits for. The zero value is none.
type Callback struct {
	// Phone is empty if the visitor left none and is on the list for having been gone too long.
	Phone string `json:"phone,omitempty"`
	// When is the earliest time of the call, in ms since 1970; 0 is as soon as possible.
	When int64 `json:"when,omitempty"`
	// Reason is CallAsked or CallMissed.
	Reason string `json:"reason,omitempty"`
}

// Asked reports whether the visitor wants to be called.
func (c Callback) Asked() bool { return c.Reason == CallAsked }

// callbackOf reads what an event, or the live state, says of a callback.
func callbackOf(b Body) Callback {
	if b.Reason == CallCancelled {
		return Callback{}
	}
	return Callback{Phone: b.Phone, When: b.When, Reason: b.Reason}
}

// readCallback reads the body of the last callback event, which the live state keeps as it is.
func readCallback(text string) Callback {
	var b Body
	if text == "" || json.Unmarshal([]byte(text), &b) != nil {
		return Callback{}
	}
	return callbackOf(b)
}
