package queue

import "cmp"

// Sticky prefers the agent who knows the visitor already, even after Match has stopped waiting for
// that agent; among others the one that has been idle longest.
func Sticky(t *Ticket, a, b *Seat) int {
	return cmp.Or(isNot(t.Preferred, a)-isNot(t.Preferred, b), LongestIdle(t, a, b))
}

func isNot(preferred string, s *Seat) int {
	if preferred == s.Agent {
		return 0
	}
	return 1
}

var _ Strategy = Sticky
