package session

import "time"

// State is what a log folds into. Redis keeps a live copy beside the log, written by the script that
// writes the log; Fold computes the same from the events alone, and a test holds the two equal.
type State struct {
	Seq   uint64
	Tail  string    // id of the last event
	At    time.Time // of the last event
	Spoke Role      // who wrote the last message
	Epoch int64     // grows with every move; fences late writers
	// MovedAt is when the last move was stored; zero before the first.
	MovedAt time.Time
	Owner   Owner
	Agent   string // who answers, while the owner is Human
	Ask     string // id of the visitor's message that the bot has not answered yet
	// Arrived is the time of the handoff in µs since 1970, while waiting or with a person.
	Arrived int64
	Reason  string // of the last handoff
	Queue   string
	// Wanted is the agent whom a transfer asks for, while waiting.
	Wanted string
	// Guest is a colleague whom the agent let in to help, and Joined a supervisor who writes beside the
	// agent; both until the next move.
	Guest, Joined string
	// Callback is the call that the visitor waits for, until the conversation is closed or the bot's.
	Callback Callback
	// LastAgent answered at HumanAt: a session reopened within 24 h goes to that person or the line
	// (invariant 4).
	LastAgent string
	HumanAt   time.Time

	// Life names one life of the log in Redis: it is another one whenever the session begins again or
	// comes back from the record. The first has none. See Restorer.Live.
	Life string `json:",omitempty"`

	// Fixed at creation.
	Site    string
	Lang    string
	Created time.Time
	// Prefers is what the visitor chose last. It is no event.
	Prefers
	// Void is the highest offer number whose accept is refused. It is no event.
	Void int64
	// Quiet is no event either.
	Quiet Quiet
}

// Fold applies one event to a state. It is the meaning of the log: pure, total, and never refuses,
// because what is in the log was legal when it was written.
func Fold(s State, e Event) State {
	s.Seq, s.Tail, s.At = e.Seq, e.ID, e.At
	switch e.Kind {
	case KindMove:
		return foldMove(s, e)
	case KindMessage:
		return foldMessage(s, e)
	case KindCallback:
		s.Callback = callbackOf(e.Body)
	case KindNote:
		if e.Body.Agent != "" {
			s.Guest = e.Body.Agent
		}
	case KindNotice:
		return foldNotice(s, e)
	}
	return s
}

func foldNotice(s State, e Event) State {
	switch e.Body.Reason {
	case SupervisorJoined:
		s.Joined = e.By
	case SupervisorLeft:
		s.Joined = ""
	}
	return s
}

func foldMove(s State, e Event) State {
	s.Owner, s.Agent, s.Ask = e.Body.To, "", ""
	s.Wanted, s.Guest, s.Joined = "", "", ""
	s.Epoch, s.MovedAt = max(s.Epoch+1, e.Body.Epoch), e.At
	switch s.Owner {
	case Waiting:
		s.Reason, s.Arrived, s.Wanted = e.Body.Reason, e.Body.Arrived, e.Body.Agent
	case Human:
		s.Agent, s.Arrived = e.Body.Agent, e.Body.Arrived
	case Bot, Closed:
		s.Arrived, s.Callback = 0, Callback{}
	}
	if e.Body.Queue != "" {
		s.Queue = e.Body.Queue
	}
	return s
}

func foldMessage(s State, e Event) State {
	s.Spoke = e.From
	switch e.From {
	case FromVisitor:
		if s.Owner == Bot {
			s.Ask = e.ID
		}
	case FromBot:
		s.Ask = ""
	case FromAgent:
		if e.By == s.Agent { // and not a supervisor beside
			s.LastAgent, s.HumanAt = e.By, e.At
		}
	}
	return s
}

// PersonWithin reports whether a person answered this session within d before now.
func (s State) PersonWithin(d time.Duration, now time.Time) bool {
	return s.LastAgent != "" && now.Sub(s.HumanAt) < d
}
