package wire

import "encoding/json"

// Subprotocol is what both sockets negotiate.
const Subprotocol = "yijian.v1"

// MaxFrame is the largest frame accepted from a client, in bytes (S2).
const MaxFrame = 16 << 10

// MaxText is the longest text of one message, in bytes of UTF-8. It leaves room in a frame for the
// JSON escapes of ordinary text.
const MaxText = 8 << 10

// In is every frame a client sends. One flat struct instead of one type per frame: decoding is one
// pass, and the reader of a frame takes just the fields its type has.
type In struct {
	T string `json:"t"`

	// hello, both sockets
	Site  string `json:"site,omitempty"`
	Token string `json:"token,omitempty"`
	Since uint64 `json:"since,omitempty"`
	Tail  string `json:"tail,omitempty"`
	Lang  string `json:"lang,omitempty"`
	// hello, visitor
	Identity string `json:"identity,omitempty"`
	Assist   int    `json:"assist,omitempty"`
	First    string `json:"first,omitempty"`

	// message, note, human, and every frame that must be stored once: the client's own id
	ID      string `json:"id,omitempty"`
	Text    string `json:"text,omitempty"`
	Pace    *Pace  `json:"pace,omitempty"`
	Seq     uint64 `json:"seq,omitempty"`
	Score   int    `json:"score,omitempty"`
	Comment string `json:"comment,omitempty"`
	Before  uint64 `json:"before,omitempty"`
	Offer   string `json:"offer,omitempty"`
	Yes     *bool  `json:"yes,omitempty"`
	Phone   string `json:"phone,omitempty"`
	When    string `json:"when,omitempty"`
	Cancel  bool   `json:"cancel,omitempty"`

	// agent socket
	Session string `json:"session,omitempty"`
	Status  string `json:"status,omitempty"`
	Queue   string `json:"queue,omitempty"`
	Agent   string `json:"agent,omitempty"`
	Note    string `json:"note,omitempty"`
}

// Pace is how a sent message was typed: three buckets 0–4.
type Pace struct {
	T     int `json:"t"`
	Pause int `json:"pause"`
	Edits int `json:"edits"`
}

// Welcome answers a visitor's hello.
type Welcome struct {
	T       string `json:"t"`
	Session string `json:"session"`
	Token   string `json:"token"`
	Seq     uint64 `json:"seq"`
	Owner   string `json:"owner"`
	Policy  int    `json:"policy"`
	Limits  Limits `json:"limits"`
	// Reset says that the client's position is not one of this log's: it drops what it shows, takes
	// the events that follow, and sends its own missing messages again under their old ids.
	Reset bool `json:"reset"`
	Site  Site `json:"site"`
}

// Limits is what the server holds the client to.
type Limits struct {
	Frame     int `json:"frame"`      // bytes of one frame
	Text      int `json:"text"`       // bytes of one message's text
	PerMinute int `json:"per_minute"` // messages before `slow_down`; `human` is never counted
	PingMS    int `json:"ping_ms"`    // send a ping when nothing was heard for so long
}

// Site is what a visitor may know of the site: enough to reach somebody without this service.
type Site struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
	Hours string `json:"hours,omitempty"`
}

// Event is one entry of a session's log as a client sees it.
type Event struct {
	T       string `json:"t"`
	Session string `json:"session,omitempty"` // agent socket only
	Seq     uint64 `json:"seq"`
	At      string `json:"at"` // RFC 3339, UTC, milliseconds
	Kind    string `json:"kind"`
	From    string `json:"from"`
	AI      bool   `json:"ai,omitempty"` // written by a machine; set by the server (invariant 11)
	// ID is the sender's own id for its messages and the event's id for everything else.
	ID   string `json:"id"`
	Name string `json:"name,omitempty"` // of the agent, for the visitor
	Text string `json:"text,omitempty"`
	// message of the bot: what the visitor may say next with one press
	Suggest []string `json:"suggest,omitempty"`
	// move
	Owner  string `json:"owner,omitempty"`
	Reason string `json:"reason,omitempty"`
	// notice, and what kind of note it is
	Code string `json:"code,omitempty"`
	// callback: the number, for the visitor but its last digits hidden, and from when on, RFC 3339
	Phone string `json:"phone,omitempty"`
	When  string `json:"when,omitempty"`
	// Number is what the visitor says on the telephone to name this conversation.
	Number string `json:"number,omitempty"`
	// read
	Upto uint64 `json:"upto,omitempty"`
	// rating
	Score int `json:"score,omitempty"`
	// decision: assist, offer or transfer; an offer and the answer to it carry its name
	Action string `json:"action,omitempty"`
	Offer  string `json:"offer,omitempty"`
	Yes    *bool  `json:"yes,omitempty"` // answer
	// Agents only.
	Agent      string          `json:"agent,omitempty"`
	To         string          `json:"to,omitempty"`    // who a transfer or a note asks for
	Queue      string          `json:"queue,omitempty"` // of a move into a line
	Intent     string          `json:"intent,omitempty"`
	Confidence float64         `json:"confidence,omitempty"`
	Unsure     bool            `json:"unsure,omitempty"`
	Decision   json.RawMessage `json:"decision,omitempty"`
}

// Ack says that the frame with this id is stored, and where.
type Ack struct {
	T       string `json:"t"`
	Session string `json:"session,omitempty"` // agent socket only
	ID      string `json:"id"`
	Seq     uint64 `json:"seq"`
}

// Queue tells a waiting visitor its place.
type Queue struct {
	T        string `json:"t"`
	Position int    `json:"position"`
	ETA      []int  `json:"eta"` // seconds, a range [from, to]; null when unknown
	// Why says why the turn comes later than was said before: fewer_agents, urgent_ahead, longer_chats.
	Why string `json:"why,omitempty"`
	// Near says that the turn may come any moment.
	Near bool `json:"near,omitempty"`
	// Open says that people answer at this hour. A place is kept either way.
	Open bool `json:"open"`
	// Unstaffed says that it is open, and yet nobody is on duty now.
	Unstaffed bool `json:"unstaffed,omitempty"`
	// OpensAt is when a closed desk opens next, RFC 3339, UTC; absent when nobody can say.
	OpensAt string `json:"opens_at,omitempty"`
	Hours   string `json:"hours,omitempty"`
	// Full says that so many are in front that a call may be the better wait.
	Full bool `json:"full,omitempty"`
	// Number is what the visitor says on the telephone to name this conversation.
	Number string `json:"number,omitempty"`
}

// History answers with the events before a seq that the visitor may see, oldest first.
type History struct {
	T      string  `json:"t"`
	Before uint64  `json:"before"` // as it was asked
	Events []Event `json:"events"`
	More   bool    `json:"more"`
	// Next is what to ask before for the page ahead of this one, while there is more. It is not
	// always the seq of the first event: what the visitor may not see is passed over.
	Next uint64 `json:"next,omitempty"`
}

// Typing says that somebody is writing.
type Typing struct {
	T       string `json:"t"`
	Session string `json:"session,omitempty"` // agent socket only
	From    string `json:"from"`
}

// Delta is a part of an answer that a machine is still making. It is shown until the message with the
// whole answer comes, or anything else happens; nothing of it is stored.
type Delta struct {
	T      string `json:"t"`
	Stream string `json:"stream"` // another stream begins anew
	AI     bool   `json:"ai"`     // always
	// At is where Text belongs, in UTF-16 units from the beginning of the answer; what the client has
	// beyond it goes.
	At   int    `json:"at"`
	Text string `json:"text"`
}

// Idle says when a quiet conversation ends by itself. A site has to have turned that on.
type Idle struct {
	T string `json:"t"`
	// Warn asks the client to show that the end is near, with one tap that sends `extend`. A frame
	// without it takes the warning back.
	Warn bool `json:"warn"`
	// LeftMS is the time left; absent when the conversation does not end by itself.
	LeftMS int64 `json:"left_ms,omitempty"`
}

// Simple is a frame that is only its name: pong.
type Simple struct {
	T string `json:"t"`
}

// Error says what was wrong with a frame and what to do next. It never ends a session.
type Error struct {
	T       string `json:"t"`
	Code    Code   `json:"code"`
	Message string `json:"message"`
	ID      string `json:"id,omitempty"`
	RetryMS int    `json:"retry_ms,omitempty"`
	// Site comes when hello cannot be answered: how else to reach somebody.
	Site *Site `json:"site,omitempty"`
}

// Bye is the last frame of a socket.
type Bye struct {
	T       string `json:"t"`
	Code    Code   `json:"code"`
	RetryMS int    `json:"retry_ms,omitempty"`
}
