// Package hans writes traditional Chinese characters as simplified ones, so that every table of
// words, and every knowledge file, is written once for both kinds of reader.
//
// It maps character by character. That is enough to recognise what somebody means, and not enough
// to show a text: nobody is ever shown the folded form of what they wrote.
package hans

import "unicode/utf8"

//go:generate go run ./generate

// Simplify answers the simplified form of a traditional character, and every other one as it is.
func Simplify(r rune) rune {
	if r >= first && r <= last {
		if s := table[r-first]; s != 0 {
			return rune(s)
		}
	}
	return r
}

// The blocks that hold every character people type; the few hundred beyond are left alone.
const (
	first = 0x3400
	last  = 0x9fff
)

// table is indexed by the distance from first; 0 stands for a character that is no other one's
// traditional form.
var table = read(pairs)

// read turns "萬万與与…" into the table.
func read(pairs string) (table [last - first + 1]uint16) {
	for len(pairs) > 0 {
		from, n := utf8.DecodeRuneInString(pairs)
		to, m := utf8.DecodeRuneInString(pairs[n:])
		table[from-first] = uint16(to)
		pairs = pairs[n+m:]
	}
	return table
}
