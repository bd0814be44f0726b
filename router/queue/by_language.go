package queue

import (
	"cmp"
	"strings"
)

// ByLanguage prefers who speaks the visitor's very language (zh-TW) to who speaks a near one (zh-CN),
// and that to a seat that names none; among equals the one that has been idle longest.
func ByLanguage(t *Ticket, a, b *Seat) int {
	return cmp.Or(cmp.Compare(distance(a, t.Lang), distance(b, t.Lang)), LongestIdle(t, a, b))
}

// distance is how far a seat's languages are from one: 0 the same, 1 near, 2 unknown.
func distance(s *Seat, lang string) int {
	far := 2
	for _, own := range s.Langs {
		if strings.EqualFold(own, lang) {
			return 0
		}
		if strings.EqualFold(base(own), base(lang)) {
			far = 1
		}
	}
	return far
}

var _ Strategy = ByLanguage
