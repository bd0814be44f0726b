package queue

import "cmp"

// BySkill prefers who serves the ticket's queue best, and among equals who has been idle longest.
func BySkill(t *Ticket, a, b *Seat) int {
	return cmp.Or(cmp.Compare(b.Level(t.Queue), a.Level(t.Queue)), LongestIdle(t, a, b))
}

var _ Strategy = BySkill
