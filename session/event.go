package session

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// ID names a session. It is a UUIDv7, so ids sort by birth.
type ID string

// Owner says who answers the visitor now.
type Owner string

// The owners. A log has exactly one at a time (invariant 2).
const (
	Bot     Owner = "bot"
	Waiting Owner = "waiting"
	Human   Owner = "human"
	Closed  Owner = "closed"
)

// Role says who caused an event.
type Role string

// The roles that write events. System is the router itself: timers, repairs, notices.
const (
	FromVisitor Role = "visitor"
	FromBot     Role = "bot"
	FromAgent   Role = "agent"
	FromSystem  Role = "system"
)

// Kind says what an event is.
type Kind string

// The event kinds of the wire protocol. Note is never shown to the visitor.
const (
	KindMessage     Kind = "message"
	KindMove        Kind = "move"
	KindDecision    Kind = "decision"
	KindNote        Kind = "note"
	KindAnswer      Kind = "answer"
	KindRead        Kind = "read"
	KindRating      Kind = "rating"
	KindCallback    Kind = "callback"
	KindFile        Kind = "file"
	KindRestriction Kind = "restriction"
	KindNotice      Kind = "notice"
)

// Event is one entry of a session's log.
type Event struct {
	// Seq numbers the log from 1 without gaps.
	Seq uint64
	// ID is fixed before the first try to store the event and is what makes retries harmless:
	// "v:<client id>", "a:<agent>:<client id>", "b:<ask>:<n>", "m:<cause>", "s:<cause>".
	ID string
	// Prev is the ID of the event before this one, empty for the first.
	Prev string
	// At is Redis' clock at the moment of storing, in UTC to the millisecond.
	At   time.Time
	Kind Kind
	From Role
	// By names the agent behind FromAgent; empty otherwise.
	By string
	// Body holds the fields of the kind. It is a value, not an interface, so that copying an event
	// copies it whole and comparing two is ==-shaped (cmp.Diff in tests).
	Body Body
}

// Body is the union of the fields of all kinds; only those of the event's kind are set.
type Body struct {
	// Message, note, notice, decision (its sentence).
	Text string `json:"text,omitempty"`
	// Message of the bot: what it understood, how sure it was in 0..1, and that it did not know.
	Intent     string  `json:"intent,omitempty"`
	Confidence float64 `json:"confidence,omitempty"`
	Unsure     bool    `json:"unsure,omitempty"`
	// Message of the bot: what the visitor may say next with one press.
	Suggest []string `json:"suggest,omitempty"`
	// Message of the visitor: how fast it was written; see Pace.
	Pace *Pace `json:"pace,omitempty"`
	// Move. The agent of a move to Waiting is who is asked for, and that of a note a colleague who is
	// let in to help.
	To     Owner  `json:"to,omitempty"`
	Agent  string `json:"agent,omitempty"`
	Reason string `json:"reason,omitempty"`
	Queue  string `json:"queue,omitempty"`
	// Arrived is the time of the handoff in µs since 1970. It travels with every move to Waiting and
	// Human, so that a place lost by a crash is restored at its rank (invariant 6).
	Arrived int64 `json:"arrived,omitempty"`
	// Epoch makes a move a repair: it is what the move raises the log's epoch to, after a failover
	// rolled the log back behind what the desk had seen of it. A repair stands alone in its append.
	Epoch int64 `json:"epoch,omitempty"`
	// Callback: the number to call, and from when on in ms since 1970, 0 for as soon as possible. The
	// reason says whether it was asked for, missed or cancelled.
	Phone string `json:"phone,omitempty"`
	When  int64  `json:"when,omitempty"`
	// Name is what the visitor calls the agent by: in messages and moves of agents.
	Name string `json:"name,omitempty"`
	// Notice: a code the clients have a sentence for; Text is the fallback.
	Code string `json:"code,omitempty"`
	// Read.
	Upto uint64 `json:"upto,omitempty"`
	// Rating, 1..5.
	Score int `json:"score,omitempty"`
	// Decision: what it does for the visitor, and the record that explains it, opaque to this package
	// (see router/escalate).
	Action   string          `json:"action,omitempty"`
	Decision json.RawMessage `json:"decision,omitempty"`
	// Offer names the question that a decision asks the visitor, and that an answer answers with Yes.
	Offer string `json:"offer,omitempty"`
	Yes   bool   `json:"yes,omitempty"`
}

// Pace is how a sent message was typed, in buckets 0–4 that the page computed. There are no keys,
// no times and no unsent text in it, and it may only ever help (DESIGN §7).
type Pace struct {
	T     int `json:"t"`
	Pause int `json:"pause"`
	Edits int `json:"edits"`
}

// AI reports whether the event was written by a machine and must be labelled so wherever it is
// shown or exported (invariant 11).
func (e Event) AI() bool { return e.From == FromBot }

// Repairs reports whether the event is a move that brings back what a failover took. It is the one
// move that the table of legal moves does not hold.
func (e Event) Repairs() bool { return e.Kind == KindMove && e.Body.Epoch > 0 }

// ForVisitor reports whether the visitor may see the event.
func (e Event) ForVisitor() bool { return e.Kind != KindNote }

// VisitorEventID is the id of the event that a visitor's frame with this client id becomes.
func VisitorEventID(client string) string { return "v:" + client }

// AgentEventID is the id of the event that an agent's frame with this client id becomes.
func AgentEventID(agent, client string) string { return "a:" + agent + ":" + client }

// BotEventID is the id of the n-th event of the bot's answer to an ask (invariant 3).
func BotEventID(ask string, n int) string { return "b:" + ask + ":" + strconv.Itoa(n) }

// ClientID undoes VisitorEventID and AgentEventID: the id the sender knows its message by.
func (e Event) ClientID() string {
	switch e.From {
	case FromVisitor:
		return strings.TrimPrefix(e.ID, "v:")
	case FromAgent:
		return strings.TrimPrefix(e.ID, "a:"+e.By+":")
	}
	return e.ID
}
