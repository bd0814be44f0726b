package simulate

import (
	"errors"
	"fmt"
	"time"

	"yijian/router/queue"
)

// Config describes a day. Equal configurations give equal reports.
type Config struct {
	Seed uint64
	// Agents is how many are on duty all day, each with Capacity conversations at once.
	Agents   int
	Capacity int
	// PerHour is the mean number of arrivals an hour; they come as a Poisson process.
	PerHour float64
	// Handle is the mean length of a conversation; lengths are exponential.
	Handle time.Duration
	// For is how long visitors arrive, and Tickets how many at the most. One may be 0: no limit.
	// Whoever has arrived is served to the end.
	For     time.Duration
	Tickets int
	// WarmUp is how many of the first tickets are not measured: a desk starts empty.
	WarmUp int
	// Strategy chooses among seats; nil means queue.LongestIdle.
	Strategy queue.Strategy
}

// ErrInvalid says that a day cannot be played; the text says why and what to change.
var ErrInvalid = errors.New("this day cannot be simulated")

func (c Config) check() error {
	var errs []error
	wrong := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: "+format, append([]any{ErrInvalid}, args...)...))
	}
	if c.Agents < 1 || c.Capacity < 1 {
		wrong("%d agents with capacity %d; give at least 1 of each", c.Agents, c.Capacity)
	}
	if !(c.PerHour > 0) || c.PerHour > maxPerHour {
		wrong("%v arrivals an hour; give more than 0 and at most %v", c.PerHour, float64(maxPerHour))
	}
	if c.Handle <= 0 {
		wrong("a conversation of %v; give more than 0", c.Handle)
	}
	if c.For < 0 || c.Tickets < 0 || c.WarmUp < 0 {
		wrong("a negative length, ticket count or warm-up; give 0 or more")
	}
	if c.For <= 0 && c.Tickets <= 0 {
		wrong("it never ends; give its length or a number of tickets")
	}
	return errors.Join(errs...)
}

// maxPerHour keeps arrivals apart on a clock of nanoseconds.
const maxPerHour = 1e9
