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

// RedisFailover is the fault that may take stored events with it: a master died and a replica was
// promoted, or a Redis lost its memory. Other names of faults are the harness's own.
const RedisFailover = "redis_failover"

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
}

// Failovers counts the faults after which Redis may have forgotten something.
func (h History) Failovers() int {
	n := 0
	for _, f := range h.Faults {
		if f.What == RedisFailover {
			n++
		}
	}
	return n
}
