package wire

// Snapshot answers an agent's hello, and is sent again whenever the server cannot be sure that the
// console saw every change: the console replaces what it has.
type Snapshot struct {
	T        string    `json:"t"`
	Agent    Me        `json:"agent"`
	Seat     Seat      `json:"seat"`
	Sessions []Session `json:"sessions"` // those this agent answers now
	Offers   []Offer   `json:"offers"`
	Queues   []Line    `json:"queues"`
	Limits   Limits    `json:"limits"`
}

// Me is the agent behind the socket.
type Me struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Role string `json:"role"`
	Site string `json:"site"`
}

// Seat is an agent's own seat at the desk.
type Seat struct {
	Status   string `json:"status"` // available, busy, away, wrap_up, offline
	Capacity int    `json:"capacity"`
	Load     int    `json:"load"`
}

// Session is the head of one session for an agent. After it come the events from since+1 to seq.
type Session struct {
	T       string `json:"t,omitempty"`
	Session string `json:"session"`
	Seq     uint64 `json:"seq"`
	Owner   string `json:"owner"`
	Lang    string `json:"lang,omitempty"`
	Reason  string `json:"reason,omitempty"` // why it was handed off
	Queue   string `json:"queue,omitempty"`
	WaitMS  int64  `json:"wait_ms"` // since the handoff; the log says when it was accepted
	Away    bool   `json:"away,omitempty"`
	// Reset says that the log is another one than the console was told of: what it shows of this
	// session is to be dropped, and the events that follow taken for it.
	Reset bool `json:"reset,omitempty"`
}

// Offer holds a ticket for this agent until the deadline.
type Offer struct {
	T       string `json:"t"`
	Offer   string `json:"offer"`
	Session string `json:"session"`
	Queue   string `json:"queue"`
	Reason  string `json:"reason"`
	Lang    string `json:"lang,omitempty"`
	WaitMS  int64  `json:"wait_ms"`
	// LeftMS is how long the offer still stands; a duration, so that a wrong clock on the agent's
	// machine cannot make it late.
	LeftMS int64 `json:"left_ms"`
	// Summary is the visitor's last own words, shortened.
	Summary string `json:"summary,omitempty"`
}

// OfferGone says that an offer no longer stands, and why: accepted, lapsed, declined, left.
type OfferGone struct {
	T     string `json:"t"`
	Offer string `json:"offer"`
	Code  Code   `json:"code"`
}

// Queues is the state of the lines an agent may see.
type Queues struct {
	T      string `json:"t"`
	Queues []Line `json:"queues"`
}

// Line is one queue.
type Line struct {
	Queue     string `json:"queue"`
	Waiting   int    `json:"waiting"`
	LongestMS int64  `json:"longest_ms"` // the wait of the first in line
}

// SeatFrame tells an agent that its own seat changed.
type SeatFrame struct {
	T    string `json:"t"`
	Seat Seat   `json:"seat"`
}
