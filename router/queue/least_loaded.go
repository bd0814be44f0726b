package queue

import "cmp"

// LeastLoaded prefers the seat that uses the smallest share of its capacity, and among equals the
// one that became idle first.
func LeastLoaded(t *Ticket, a, b *Seat) int {
	return cmp.Or(cmp.Compare(a.Load*b.Capacity, b.Load*a.Capacity), LongestIdle(t, a, b))
}

var _ Strategy = LeastLoaded
