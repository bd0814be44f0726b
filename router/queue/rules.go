package queue

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// MaxWeight is the most room that one ticket can take of a seat, MaxCapacity the most that a seat can
// have, and MaxWrapUp the longest time for notes.
const (
	MaxWeight   = 5
	MaxCapacity = 1000
	MaxWrapUp   = time.Hour
)

// Rule is how one queue is served. The zero value is the published default.
type Rule struct {
	// Strategy chooses among seats that suit a ticket alike; the desk's if nil.
	Strategy Strategy
	// Weight is the room that a ticket takes of a seat's capacity; 1.
	Weight int
	// WrapUp is the time for notes that a seat has after a conversation; none.
	WrapUp time.Duration
	// AutoAccept gives tickets to seats without asking them.
	AutoAccept bool
	// Full is the place in line from which on a visitor is told that the line is long, and that a call
	// may be the better wait; never if 0. Nobody is turned away.
	Full int
}

// Rules are the queues that a desk has. A desk without any takes every queue by the default rule.
type Rules map[string]Rule

// ErrUnknownQueue says that a desk has no such queue; the text lists those it has.
var ErrUnknownQueue = errors.New("the desk has no such queue")

// Check returns all that is wrong with the rule, joined.
func (r Rule) Check() error {
	var err error
	if r.Weight < 0 || r.Weight > MaxWeight {
		err = fmt.Errorf("%w: weight %d; give 1 to %d", ErrInvalid, r.Weight, MaxWeight)
	}
	if r.Full < 0 {
		err = errors.Join(err, fmt.Errorf("%w: full from place %d; give 1 or more, or 0 for never", ErrInvalid, r.Full))
	}
	if r.WrapUp < 0 || r.WrapUp > MaxWrapUp {
		err = errors.Join(err, fmt.Errorf("%w: wrap-up of %v; give 0s to %v", ErrInvalid, r.WrapUp, MaxWrapUp))
	}
	return err
}

// CheckQueue refuses what cannot name a queue.
func CheckQueue(name string) error { return checkName("queue", name) }

// Known refuses a queue that the desk does not have, for what people choose: a transfer, a skill.
// Settle refuses none, because a session that waits is in line whatever its queue is called.
func (r Rules) Known(queue string) error {
	if _, known := r[queue]; known || len(r) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %.40q; give one of %v", ErrUnknownQueue, queue, r.Names())
}

// Names are those of the queues, in order; the one of handoffs is always among those of a desk that has
// any.
func (r Rules) Names() []string { return slices.Sorted(maps.Keys(r)) }

// Queues are the names of the queues that the desks have, as Rules.Names.
func (d *Desk) Queues() []string { return d.opt.Queues.Names() }

// Full reports whether a place in a queue is so far behind that a call may be the better wait.
func (d *Desk) Full(queue string, position int) bool {
	full := d.opt.Queues[queue].Full
	return full > 0 && position >= full
}

// Known refuses a queue that the desks do not have.
func (d *Desk) Known(queue string) error { return d.opt.Queues.Known(queue) }

// ByQueue is the strategy of a desk whose queues have their own, and otherwise for the others.
func (r Rules) ByQueue(otherwise Strategy) Strategy {
	return func(t *Ticket, a, b *Seat) int {
		if own := r[t.Queue].Strategy; own != nil {
			return own(t, a, b)
		}
		return otherwise(t, a, b)
	}
}

func (r Rules) weight(p *Projection) int {
	if p.Weight > 0 {
		return p.Weight
	}
	return max(1, r[p.Queue].Weight)
}
