package history

import (
	"time"

	"yijian/session"
)

// Durability is what the nodes promised with an ack; the words are those of --durability.
type Durability string

// The durabilities a run may have.
const (
	Fast Durability = "fast"
	Safe Durability = "safe"
)

// Fault is one thing the harness broke.
type Fault struct {
	At     int64  `json:"us"` // as in Entry
	What   string `json:"what"`
	Target string `json:"target,omitempty"`
}

// The faults that may take stored events with them; other names are the harness's own.
const (
	// RedisFailover is that a master died and a replica was promoted.
	RedisFailover = "redis_failover"
	// RedisForgot is that a Redis lost its memory, or one master of a cluster with its replica. What the
	// record did not have by then is gone.
	RedisForgot = "redis_forgot"
)

// Resume is the last thing done to every session of every visitor, after the load has ended and the
// faults are healed: it is opened once more from where its client stood.
type Resume struct {
	Session session.ID `json:"session"`
	Client  string     `json:"client"`
	Conn    int        `json:"conn"` // of the client, the one it was resumed on
	OK      bool       `json:"ok"`   // welcomed, and everything up to the welcome's seq came
	Seq     uint64     `json:"seq"`  // of the welcome
	Problem string     `json:"problem,omitempty"`
}

// History is all that the checker judges. The order at the end of a run matters: the load ends, the
// faults heal, the timers settle, every session is resumed, then Final is taken of every desk, and
// the logs are read last.
type History struct {
	Durability Durability
	// Start is the wall clock at the start of the run, on the machine of Redis: what At counts from.
	Start   time.Time
	Journal *Journal
	Logs    map[session.ID]Log
	Samples []DeskSample
	// Final is one sample of each desk at the end, when no session moves any more. Without it, what
	// only the end can show is not judged.
	Final   []DeskSample
	Resumes []Resume
	Faults  []Fault
	// Archives are what the record had just before Redis forgot.
	Archives []Archive
}

// Archive is one session as the record had it at a moment. A later one of the same session stands for
// what was added.
type Archive struct {
	At      int64      `json:"us"` // as in Entry
	Session session.ID `json:"session"`
	// IDs are those of its events, the first that of seq 1.
	IDs []string `json:"ids"`
	// Owner, Epoch and Arrived are how it stood after them; zero if the record did not say.
	Owner   session.Owner `json:"owner,omitempty"`
	Epoch   int64         `json:"epoch,omitempty"`
	Arrived int64         `json:"arrived,omitempty"`
}

// Failovers counts the promotions, and Forgets how often a Redis lost its memory. After either, Redis may
// have forgotten something.
func (h History) Failovers() int { return h.count(RedisFailover) }

// Forgets counts as Failovers says.
func (h History) Forgets() int { return h.count(RedisForgot) }

func (h History) count(what string) (n int) {
	for _, f := range h.Faults {
		if f.What == what {
			n++
		}
	}
	return n
}
