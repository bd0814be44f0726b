package simulate

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"yijian/agents"
	"yijian/router/queue"
)

// ErrInvalid says that a day cannot be played; the text says why and what to change.
var ErrInvalid = errors.New("this day cannot be simulated")

const (
	// maxPerHour keeps arrivals apart on a clock of nanoseconds.
	maxPerHour = 1e9
	// maxSeats bounds what one event may cost.
	maxSeats = 10_000
	hours    = 24
)

// check returns all that is wrong with a day at once.
func (c *Config) check() error {
	var errs []error
	wrong := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...))
	}
	if len(c.Streams) == 0 {
		wrong("nobody comes; give at least one stream of visitors")
	}
	for i := range c.Streams {
		c.Streams[i].check(wrong)
	}
	for i := range c.Shifts {
		c.checkShift(&c.Shifts[i], wrong)
	}
	c.checkLength(wrong)
	c.checkReplay(wrong)
	if len(errs) == 0 {
		c.checkServed(wrong)
	}
	return errors.Join(errs...)
}

func (c *Config) checkLength(wrong func(string, ...any)) {
	if c.For < 0 || c.Tickets < 0 || c.WarmUp < 0 || c.Target < 0 || c.Days < 0 {
		wrong("a negative length, ticket count, warm-up, target or number of days; give 0 or more")
	}
	if c.Open < 0 || c.Open >= day {
		wrong("it opens at %v; give a time of day", c.Open)
	}
	if c.For <= 0 && c.Tickets <= 0 && len(c.Replay) == 0 {
		wrong("it never ends; give its length or a number of tickets")
	}
}

func (s *Stream) check(wrong func(string, ...any)) {
	s.Handle.check("a conversation", wrong)
	if s.Patience != (Lengths{}) {
		s.Patience.check("a patience", wrong)
	}
	if s.Profile != nil && len(s.Profile) != hours {
		wrong("a profile of %d hours; give the rates of %d", len(s.Profile), hours)
	}
	for _, rate := range append([]float64{s.PerHour}, s.Profile...) {
		if !(rate >= 0) || rate > maxPerHour {
			wrong("%v arrivals an hour; give 0 or more and at most %v", rate, float64(maxPerHour))
			break
		}
	}
	for _, b := range s.Bursts {
		if b.N < 1 || b.Over < 0 || b.At < 0 || b.At >= day {
			wrong("a burst of %d at %v over %v; give at least 1 visitor, a time of day and a length", b.N, b.At, b.Over)
		}
	}
	if s.HeadStart < 0 {
		wrong("a head start of %v; give 0 or more", s.HeadStart)
	}
}

func (c *Config) checkShift(s *Shift, wrong func(string, ...any)) {
	if s.Agents < 1 || s.Capacity < 1 || s.Agents > maxSeats {
		wrong("%d agents with capacity %d; give at least 1 of each and at most %d agents", s.Agents, s.Capacity, maxSeats)
	}
	if s.From < 0 || s.From >= day || s.To < 0 || s.To > day {
		wrong("a shift from %v to %v; give times of day", s.From, s.To)
	} else if s.From == s.To {
		wrong("a shift from %s to %s never opens; give an end other than the beginning", clock(s.From), clock(s.To))
	}
	skills, err := agents.ParseSkills(s.Skills)
	if err != nil {
		wrong("%v", err)
	}
	for _, skill := range skills {
		if !slices.Contains(c.queues(), skill.Queue) {
			wrong("agents serve the unknown queue %q; visitors come to %q", skill.Queue, c.queues())
		}
	}
}

func (c *Config) checkReplay(wrong func(string, ...any)) {
	for i, a := range c.Replay {
		if a.At < 0 || a.Handle < 0 {
			wrong("visitor %d comes at %v and takes %v; give 0 or more", i+1, a.At, a.Handle)
			return
		}
	}
}

// checkServed holds that somebody comes, and that somebody is there for them.
func (c *Config) checkServed(wrong func(string, ...any)) {
	comes := len(c.Replay) > 0
	for i := range c.Streams {
		comes = comes || c.Streams[i].comes()
	}
	if !comes {
		wrong("nobody comes; give more than 0 arrivals an hour, a burst or a file of arrivals")
	}
	if len(c.Shifts) == 0 {
		wrong("nobody works; give at least one shift of agents")
		return
	}
	for _, name := range c.queues() {
		serves := func(s Shift) bool {
			skills, _ := agents.ParseSkills(s.Skills)
			seat := queue.Seat{Skills: skills}
			return seat.Serves(name)
		}
		if !slices.ContainsFunc(c.Shifts, serves) {
			wrong("nobody serves the queue %q; give a shift that does", name)
		}
	}
}

func (s *Stream) comes() bool {
	return s.PerHour > 0 || slices.Max(append(s.Profile, 0)) > 0 || len(s.Bursts) > 0
}

// queues lists the lines that visitors come to.
func (c *Config) queues() []string {
	var out []string
	for i := range c.Streams {
		out = append(out, c.Streams[i].Queue)
	}
	for i := range c.Replay {
		out = append(out, c.Replay[i].Queue)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// clock prints a time of day.
func clock(at time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(at.Hours()), int(at.Minutes())%60)
}
