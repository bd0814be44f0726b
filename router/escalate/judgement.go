package escalate

import (
	"time"

	"yijian/session"
)

// Judgement is what was judged at one point of a session, and what was done about it.
type Judgement struct {
	// ID is the same however often a turn is taken.
	ID      string
	Site    string
	Session session.ID
	// Seq is that of the message it is about.
	Seq uint64
	At  time.Time
	// Decided is what the policy says; Done is less where that was done or declined already.
	Decided Decision
	Done    Action
}
