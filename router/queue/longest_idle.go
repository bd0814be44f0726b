package queue

import "cmp"

// LongestIdle prefers a seat without conversations, and among equals the one that became idle
// first. It is the default: it spreads work evenly and agents find it fair.
func LongestIdle(_ *Ticket, a, b *Seat) int {
	return cmp.Or(cmp.Compare(min(a.Load, 1), min(b.Load, 1)), a.IdleSince.Compare(b.IdleSince))
}

var _ Strategy = LongestIdle
