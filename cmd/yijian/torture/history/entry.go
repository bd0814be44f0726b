package history

import (
	"hash/fnv"

	"yijian/session"
)

// What says what happened to a client.
type What string

// What a client's journal holds. The fields named with each are the ones it sets, besides At, Client,
// Role and Conn, which every entry has, and Session, which every entry of an agent about a session
// has; a visitor's connection has one session, and its Welcome says which.
const (
	// Connected: the socket is open, nothing was said yet.
	Connected What = "connected"
	// Hello was sent: Session if one is resumed, Seq and ID are its since and tail.
	Hello What = "hello"
	// Welcome came: Session, Seq, Owner, Reset. It comes again, with Reset, when a failover took back
	// what this connection had been told. On an agent's socket, Snapshot takes its place.
	Welcome What = "welcome"
	// Snapshot came (agents). Each offer and session in it follows as an entry of its own.
	Snapshot What = "snapshot"
	// Sent is a frame of Kind (message, human, bot, end, close, release, …) with the client's own ID,
	// and the Hash of its text. A frame sent again is another entry.
	Sent What = "sent"
	// Acked came for ID, stored at Seq.
	Acked What = "acked"
	// Event came: Seq, ID as the client was given it, Kind, From, AI; for moves Owner and Reason; Hash.
	Event What = "event"
	// Queue came: Position.
	Queue What = "queue"
	// Offer came: Offer, Session, LeftMS. It no longer stands LeftMS after At.
	Offer What = "offer"
	// Accept and Decline were sent: Offer.
	Accept  What = "accept"
	Decline What = "decline"
	// OfferGone came: Offer, Code.
	OfferGone What = "offer_gone"
	// Session came (agents): the head of a session, Session, Seq, Owner, Reset. Its events follow, from
	// some seq on without a gap.
	Session What = "session"
	// Error came: Code, and ID if it was about a frame.
	Error What = "error"
	// Closed ends a connection: Code is the close code in digits, or empty if it was cut.
	Closed What = "closed"
)

// Entry is one line of a client's journal. It is one flat struct, because a run keeps hundreds of
// thousands of them and because a line should be readable by itself.
type Entry struct {
	// At is in µs since the start of the run, on the harness's monotonic clock: the clocks that the
	// harness makes jump are never this one.
	At int64 `json:"us"`
	// Client names who: a visitor's browser, or an agent by the account's id, as logs name it.
	Client string       `json:"client"`
	Role   session.Role `json:"role"` // visitor or agent
	// Conn numbers the connections of one client from 1; with several tabs they overlap.
	Conn int  `json:"conn"`
	What What `json:"what"`

	Session  session.ID    `json:"session,omitempty"`
	Seq      uint64        `json:"seq,omitempty"`
	ID       string        `json:"id,omitempty"`
	Kind     session.Kind  `json:"kind,omitempty"`
	From     session.Role  `json:"from,omitempty"`
	AI       bool          `json:"ai,omitempty"`
	Owner    session.Owner `json:"owner,omitempty"`
	Reason   string        `json:"reason,omitempty"`
	Hash     uint64        `json:"hash,omitempty"`
	Reset    bool          `json:"reset,omitempty"`
	Position int           `json:"position,omitempty"`
	Offer    string        `json:"offer,omitempty"`
	LeftMS   int64         `json:"left_ms,omitempty"`
	Code     string        `json:"code,omitempty"`
}

// Hash stands for a text in journals and logs, so that neither keeps it. An empty text is 0.
func Hash(text string) uint64 {
	if text == "" {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(text))
	return h.Sum64()
}
