package simulate

import (
	"math/rand/v2"
	"slices"
	"time"
)

// source yields visitors in the order they come. Each has dice of its own, so that two days that
// differ in agents, strategy or head starts meet the same visitors.
type source struct {
	stream int
	// at is when the next visitor comes, never after the last.
	at   time.Duration
	gaps *rand.Rand
	// lengths and patience are the dice for what a visitor brings along.
	lengths  *rand.Rand
	patience *rand.Rand
	// times are the arrivals that are known, and given what is known about them.
	times []time.Duration
	given []Arrival
	read  int
}

// sources opens one source for each stream, for each day's bursts and for the replay.
func (c *Config) sources() []*source {
	var out []*source
	add := func(stream int) *source {
		n := uint64(len(out)) * 3
		out = append(out, &source{
			stream: stream, at: never,
			gaps:     rand.New(rand.NewPCG(c.Seed, n)),
			lengths:  rand.New(rand.NewPCG(c.Seed, n+1)),
			patience: rand.New(rand.NewPCG(c.Seed, n+2)),
		})
		return out[len(out)-1]
	}
	for i := range c.Streams {
		s := add(i)
		if c.Streams[i].rate() > 0 {
			s.at = c.Open
			s.poisson(c)
		}
		if len(c.Streams[i].Bursts) > 0 {
			s = add(i)
			s.times = c.bursts(s.gaps, c.Streams[i].Bursts)
			s.next(c)
		}
	}
	if len(c.Replay) > 0 {
		s := add(0)
		s.given = slices.Clone(c.Replay)
		slices.SortStableFunc(s.given, func(a, b Arrival) int { return int(min(max(a.At-b.At, -1), 1)) })
		s.next(c)
	}
	return out
}

// rate is the highest number of arrivals an hour.
func (s *Stream) rate() float64 {
	if s.Profile != nil {
		return slices.Max(s.Profile)
	}
	return s.PerHour
}

// bursts draws when the crowds of all days come.
func (c *Config) bursts(rng *rand.Rand, bursts []Burst) []time.Duration {
	var out []time.Duration
	for midnight := time.Duration(0); midnight < max(c.Open+c.For, 1); midnight += day {
		for _, b := range bursts {
			for range b.N {
				out = append(out, midnight+b.At+time.Duration(rng.Float64()*float64(b.Over)))
			}
		}
	}
	slices.Sort(out)
	return out
}

// next moves on to the source's next visitor.
func (s *source) next(c *Config) {
	switch {
	case s.given != nil:
		s.at = never
		if s.read < len(s.given) {
			s.at = s.given[s.read].At
		}
		s.read++
	case s.times != nil:
		s.at = never
		if s.read < len(s.times) {
			s.at = s.times[s.read]
		}
		s.read++
	default:
		s.poisson(c)
	}
}

// poisson draws the next arrival of a stream: gaps at the highest rate, thinned to the rate of the
// hour that they end in.
func (s *source) poisson(c *Config) {
	stream := &c.Streams[s.stream]
	top := stream.rate()
	for {
		s.at += time.Duration(s.gaps.ExpFloat64() / top * float64(time.Hour))
		if c.For > 0 && s.at >= c.Open+c.For {
			s.at = never
			return
		}
		if stream.Profile == nil || s.gaps.Float64()*top < stream.Profile[int(s.at%day/time.Hour)] {
			return
		}
	}
}

// visitor draws who comes now.
func (s *source) visitor(c *Config, v *visitor) {
	stream := &c.Streams[s.stream]
	*v = visitor{at: s.at, stream: s.stream, queue: stream.Queue, lang: stream.Lang, reason: stream.Reason}
	v.handle, v.patience = stream.Handle.draw(s.lengths), never
	if stream.Patience != (Lengths{}) {
		v.patience = stream.Patience.draw(s.patience)
	}
	if s.given == nil {
		return
	}
	a := &s.given[s.read-1]
	v.queue, v.lang, v.reason = a.Queue, a.Lang, a.Reason
	v.stream = c.kind(a)
	if a.Handle > 0 {
		v.handle = a.Handle
	}
}

// kind is the stream whose policy and row in the report a known visitor belongs to: that of its queue
// and reason, or the first.
func (c *Config) kind(a *Arrival) int {
	same := func(s Stream) bool { return s.Queue == a.Queue && s.Reason == a.Reason }
	return max(0, slices.IndexFunc(c.Streams, same))
}
