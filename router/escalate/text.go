package escalate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"yijian/router/hans"
)

// Text is a message normalised once for every signal that reads it: compatibility forms folded
// (NFKC), lower case, simplified characters, no invisible characters, no apostrophes, clause marks
// as "," or "?", and every other run of symbols as one space.
type Text struct {
	s string
}

// Normalise folds what a visitor typed into the one form that the word tables are written in.
// Bytes that are not UTF-8 become spaces.
func Normalise(s string) Text {
	var b strings.Builder
	b.Grow(len(s))
	last := ','
	for _, r := range norm.NFKC.String(s) {
		r = fold(r)
		if r == dropped || r == ' ' && (last == ' ' || isMark(last)) || isMark(r) && isMark(last) {
			continue
		}
		// A space is written when the word after it comes: a mark swallows it.
		if last == ' ' && !isMark(r) {
			b.WriteByte(' ')
		}
		if r != ' ' {
			b.WriteRune(r)
		}
		last = r
	}
	return Text{s: joinLetters(strings.TrimRight(b.String(), ","))}
}

// joinLetters undoes "h u m a n": a message of single letters is one word.
func joinLetters(s string) string {
	if len(s) < 2 || len(s)%2 == 0 {
		return s
	}
	for i := range len(s) {
		if spaced := i%2 == 1; spaced != (s[i] == ' ') || s[i] >= utf8.RuneSelf {
			return s
		}
	}
	return strings.ReplaceAll(s, " ", "")
}

// String is the normalised text.
func (t Text) String() string { return t.s }

// key identifies what was said regardless of spaces and marks; 0 means nothing was said. It is
// 64-bit FNV-1a, which needs no seed and so gives the same decision on every node.
func (t Text) key() uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for i := range len(t.s) {
		if c := t.s[i]; c != ' ' && c != ',' && c != '?' {
			h = (h ^ uint64(c)) * prime
		}
	}
	if h == offset {
		return 0
	}
	return h
}

// isMark reports whether a folded rune ends a clause.
func isMark(r rune) bool { return r == ',' || r == '?' }

// dropped is what fold answers for characters that nobody sees.
const dropped rune = 0

const (
	clauseMarks = ".,!;:…。、\n()[]{}\"“”「」『』《》—–~"
	apostrophes = "'’‘ʼ`´"
)

// fold maps one rune to its normal form.
func fold(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		return r
	case r >= firstCommonHan && r <= lastCommonHan:
		return hans.Simplify(r)
	case r == utf8.RuneError:
		return ' '
	case r == '?' || r == '؟':
		return '?'
	case strings.ContainsRune(clauseMarks, r):
		return ','
	case strings.ContainsRune(apostrophes, r), unicode.In(r, unicode.Cf, unicode.Mn):
		return dropped
	case unicode.IsLetter(r):
		return hans.Simplify(unicode.ToLower(r))
	case unicode.IsDigit(r):
		return r
	}
	return ' '
}

// The block of nearly every Chinese character that is typed: known without looking it up in tables.
const (
	firstCommonHan = 0x4e00
	lastCommonHan  = 0x9fff
)

// isHan reports whether a rune belongs to a script that is written without spaces.
func isHan(r rune) bool {
	return r >= firstCommonHan && r <= lastCommonHan ||
		r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
