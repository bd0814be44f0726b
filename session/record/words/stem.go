package words

import "strings"

// endings are what English words take; the longest that fits goes first.
var endings = []string{"ings", "ing", "ies", "ied", "es", "ed", "s", "e", "y"}

// minStem is what must be left of a word.
const minStem = 3

// stem takes the ending off a word, so that refund finds refunds, refunded and refunding. It errs on
// the side of finding too much, and leaves alone what is not plain lower-case letters.
func stem(word string) string {
	for _, b := range []byte(word) {
		if b < 'a' || b > 'z' {
			return word
		}
	}
	for _, ending := range endings {
		if rest, ok := strings.CutSuffix(word, ending); ok && len(rest) >= minStem {
			if ending == "s" && strings.HasSuffix(rest, "s") {
				return word // address, access
			}
			return strings.TrimSuffix(rest, "e")
		}
	}
	return word
}
