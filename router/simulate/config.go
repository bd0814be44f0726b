package simulate

import (
	"time"

	"yijian/router/queue"
)

// Config describes a day, or several. Equal configurations give equal reports.
type Config struct {
	Seed uint64
	// Streams are the kinds of visitors that come by chance; Replay are visitors whose arrival is
	// given, in any order. One of both is needed.
	Streams []Stream
	Replay  []Arrival
	Shifts  []Shift
	// Open is the time of day at which the first visitor may come, For how long visitors arrive, and
	// Tickets how many at the most. For or Tickets may be 0: no limit. Whoever has arrived is served
	// to the end, as long as anybody comes to work.
	Open    time.Duration
	For     time.Duration
	Tickets int
	// Days is how many such days are played, each from an empty desk with other dice; 0 means 1.
	Days int
	// WarmUp is how many of a day's first visitors are not measured: a desk starts empty.
	WarmUp int
	// Leave lets a visitor whose patience is over go away. Without it everybody stays, and patience
	// only measures who would have gone.
	Leave bool
	// Strategy chooses among seats; nil means queue.LongestIdle.
	Strategy queue.Strategy
	// Target is the wait that the service level of the report's hours is counted by; 0 means 60 s.
	Target time.Duration
	// ETA keeps what each visitor would have been shown on arriving, to be held against what came.
	ETA bool
}

func (c *Config) defaults() {
	c.Days = max(c.Days, 1)
	if c.Strategy == nil {
		c.Strategy = queue.LongestIdle
	}
	if c.Target == 0 {
		c.Target = time.Minute
	}
}

// Stream is one kind of visitor: what they come for, how often, and how long it takes.
type Stream struct {
	Queue  string
	Lang   string
	Reason string
	// PerHour is the mean number of arrivals an hour; they come as a Poisson process. Profile gives
	// the rate of each hour of the day instead.
	PerHour float64
	Profile []float64
	// Bursts come on top, on every day.
	Bursts []Burst
	Handle Lengths
	// Patience is how long a visitor would wait; the zero value is for ever.
	Patience Lengths
	// HeadStart is what the policy gives the reason. It is bounded by the desk's own waits as
	// queue.HeadStart does it, unless it is Uncapped, as for safety.
	HeadStart time.Duration
	Uncapped  bool
}

// Burst is a crowd: N visitors who come at even chance between At, a time of day, and Over later.
type Burst struct {
	At   time.Duration
	N    int
	Over time.Duration
}

// Arrival is one visitor whose coming is known. A zero Handle is drawn from the first stream's
// lengths.
type Arrival struct {
	// At is counted from midnight of the first day.
	At     time.Duration
	Queue  string
	Lang   string
	Reason string
	Handle time.Duration
}

// Shift is a group of agents who come and go together, on every day.
type Shift struct {
	Name     string
	Agents   int
	Capacity int
	// From and To are times of day. Equal ones are a mistake; 0 to 24 h is all day, and a shift whose
	// end is before its beginning lasts over midnight.
	From, To time.Duration
	// Langs and Skills are the languages spoken and the queues served; empty means all.
	Langs, Skills []string
}

// AllDay is the shift of agents who are always there.
func AllDay(agents, capacity int) Shift {
	return Shift{Agents: agents, Capacity: capacity, To: day}
}

const day = 24 * time.Hour

// onDuty reports whether the shift works at a time of day.
func (s *Shift) onDuty(at time.Duration) bool {
	at %= day
	if s.From < s.To {
		return s.From <= at && at < s.To
	}
	return at >= s.From || at < s.To
}

// next is the first moment after now at which the shift comes or goes, or never.
func (s *Shift) next(now time.Duration) time.Duration {
	if s.From == 0 && s.To == day {
		return never
	}
	midnight := now - now%day
	best := never
	for _, at := range []time.Duration{s.From, s.To, s.From + day, s.To + day} {
		if t := midnight + at; t > now {
			best = min(best, t)
		}
	}
	return best
}

// never is later than any day that can be played.
const never = time.Duration(1<<63 - 1)
