// Package clues measures what each turn of a conversation shows: repetition, rarity, length, how
// the bot usually answers what was asked, and what was labelled where others said alike.
//
// Everything about a turn is told from it and the turns before it, never from a later one, and never
// from the labels of its own conversation. Words are numbers without a meaning; only Words and the
// labelled part of Neighbours learn what single words stand for, so the rest carries over to a shop
// whose words are others.
package clues

import "slices"

// Turn is one message. Of its label only Neighbours make use, and only of other conversations'.
type Turn struct {
	Bot   bool
	Words []int
	Label bool
}

// Talk is one conversation.
type Talk []Turn

// side is 1 for the bot and 0 for the visitor.
func (t Turn) side() int {
	if t.Bot {
		return 1
	}
	return 0
}

// key identifies a whole message and who said it.
func (t Turn) key() uint64 { return key(append([]int{t.side()}, t.Words...)...) }

// key mixes numbers into one (FNV-1a with a last stir). It must be the same on every machine.
func key(parts ...int) uint64 {
	h := uint64(14695981039346656037)
	for _, p := range parts {
		h = (h ^ uint64(p)) * 1099511628211
		h ^= h >> 29
	}
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}

// distinct is the different words of a turn in order, so that sums are the same on every run.
func (t Turn) distinct() []int {
	return slices.Compact(slices.Sorted(slices.Values(t.Words)))
}
