package history

import (
	"time"

	"yijian/session"
)

// Log is a session as the store has it at the end: the truth that clients are compared with.
type Log struct {
	Session session.ID    `json:"session"`
	State   session.State `json:"state"`
	Events  []Stored      `json:"events"`
}

// Stored is one event of a log: session.Event without what no check needs.
type Stored struct {
	Seq  uint64       `json:"seq"`
	ID   string       `json:"id"`
	Prev string       `json:"prev,omitempty"`
	At   int64        `json:"at"` // ms since 1970, the clock of Redis
	Kind session.Kind `json:"kind"`
	From session.Role `json:"from"`
	By   string       `json:"by,omitempty"`
	// To, Agent, Reason, Queue and Arrived are a move's.
	To      session.Owner `json:"to,omitempty"`
	Agent   string        `json:"agent,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Queue   string        `json:"queue,omitempty"`
	Arrived int64         `json:"arrived,omitempty"`
	// Epoch is set for a repair: what it raises the log's to, see session.Body.
	Epoch int64  `json:"epoch,omitempty"`
	Hash  uint64 `json:"hash,omitempty"`
}

// StoredOf takes from an event what a log keeps.
func StoredOf(e session.Event) Stored {
	return Stored{
		Seq: e.Seq, ID: e.ID, Prev: e.Prev, At: e.At.UnixMilli(), Kind: e.Kind, From: e.From, By: e.By,
		To: e.Body.To, Agent: e.Body.Agent, Reason: e.Body.Reason, Queue: e.Body.Queue,
		Arrived: e.Body.Arrived, Epoch: e.Body.Epoch, Hash: Hash(e.Body.Text),
	}
}

// Event gives the event back, with the fields that session.Fold reads.
func (s Stored) Event() session.Event {
	return session.Event{
		Seq: s.Seq, ID: s.ID, Prev: s.Prev, At: time.UnixMilli(s.At).UTC(), Kind: s.Kind, From: s.From, By: s.By,
		Body: session.Body{To: s.To, Agent: s.Agent, Reason: s.Reason, Queue: s.Queue, Arrived: s.Arrived, Epoch: s.Epoch},
	}
}
