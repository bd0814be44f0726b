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
	// WrapMS is how long the time for notes still lasts; of one's own seat only.
	WrapMS int64 `json:"wrap_ms,omitempty"`
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
	// Number is what the visitor may say on the telephone to name this conversation.
	Number string `json:"number,omitempty"`
	// Call is set while the visitor waits for a call.
	Call *Call `json:"call,omitempty"`
	// Hours are those of the queue, or else of the site, in a line; empty if they never close.
	Hours string `json:"hours,omitempty"`
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
	// Number is what the visitor may say on the telephone to name this conversation.
	Number string `json:"number,omitempty"`
	// Call is set if the visitor waits for a call.
	Call *Call `json:"call,omitempty"`
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
	// Calls is how many are to be called or were missed.
	Calls int `json:"calls,omitempty"`
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

// Call is a call that a visitor waits for.
type Call struct {
	Phone string `json:"phone,omitempty"`
	// When is from when on to call, RFC 3339, UTC; absent: as soon as possible.
	When string `json:"when,omitempty"`
	// Reason is asked, or missed: the visitor was gone for a day.
	Reason string `json:"reason"`
}

// Callbacks is who is to be called or was missed, in the order of the calls.
type Callbacks struct {
	T         string     `json:"t"`
	Callbacks []Callback `json:"callbacks"`
	// More says that there are more than a frame holds.
	More bool `json:"more,omitempty"`
}

// Callback is one ticket of that list. Any agent may take it.
type Callback struct {
	Session string `json:"session"`
	Number  string `json:"number"`
	Call    Call   `json:"call"`
	Queue   string `json:"queue"`
	Lang    string `json:"lang,omitempty"`
	WaitMS  int64  `json:"wait_ms"`
	Summary string `json:"summary,omitempty"`
	// Taken says that it is offered to somebody just now.
	Taken bool `json:"taken,omitempty"`
}

// Seats is who is there and what the queues are, for those who hand on a conversation.
type Seats struct {
	T      string      `json:"t"`
	Seats  []Colleague `json:"seats"`
	Queues []string    `json:"queues"`
}

// Colleague is somebody on a seat.
type Colleague struct {
	Agent string `json:"agent"`
	Name  string `json:"name"`
	Seat
	// Skills are the queues that this agent serves; empty is all.
	Skills []string `json:"skills,omitempty"`
	// Holds are the conversations of this agent; told to those who may watch them.
	Holds []Held `json:"holds,omitempty"`
}

// Held is a conversation that somebody answers.
type Held struct {
	Session string `json:"session"`
	Number  string `json:"number"`
	Queue   string `json:"queue"`
	Lang    string `json:"lang,omitempty"`
	Reason  string `json:"reason,omitempty"` // why it was handed off
	Summary string `json:"summary,omitempty"`
	// HeldMS is how long this agent has had it.
	HeldMS int64 `json:"held_ms"`
}

// Consult says that a colleague asks for help with a session; watch opens it.
type Consult struct {
	T       string `json:"t"`
	Session string `json:"session"`
	From    string `json:"from"`
}
