package intent

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"yijian/router/hans"
)

// maxRunes is how much of a sentence is looked at. Real questions are far shorter; the limit keeps
// the cost of a hostile one constant.
const maxRunes = 400

// longNumber is the length from which a run of digits is an order or phone number, whose value says
// nothing about the intent.
const longNumber = 4

// Normalise maps the many ways of typing one sentence to one: compatibility forms (full-width
// letters, circled digits) are folded, letters are lower case, traditional Chinese is written in
// simplified characters, invisible characters and apostrophes vanish, all else that is neither
// letter nor number becomes one space, or nothing beside Chinese, and long numbers become "0000".
// Only the first 400 characters are looked at, and a polite opening such as 请问 is left out.
func Normalise(text string) string {
	var b strings.Builder
	w := writer{b: &b}
	for _, r := range norm.NFKC.String(head(text, maxRunes)) {
		if w.runes >= maxRunes {
			break
		}
		w.put(r)
	}
	w.endNumber()
	return plainly(b.String())
}

// head returns the first n characters of text. It replaces nothing: broken UTF-8 is dealt with where
// the characters are looked at.
func head(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// writer collects the normalised characters. A space is owed until the next word begins, so that
// the result has none at its ends; digits are held back until their number is known to be short.
type writer struct {
	b      *strings.Builder
	runes  int
	last   rune
	owed   bool
	digits []rune
}

func (w *writer) put(r rune) {
	switch {
	case invisible(r):
	case unicode.IsDigit(r):
		w.digits = append(w.digits, r)
		w.runes++
	case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
		w.endNumber()
		w.write(hans.Simplify(unicode.ToLower(r)))
	default:
		w.endNumber()
		w.owed = true
	}
}

func (w *writer) endNumber() {
	long := len(w.digits) >= longNumber
	for i, d := range w.digits {
		switch {
		case !long:
			w.write(d)
		case i < longNumber:
			w.write('0')
		}
	}
	w.digits = w.digits[:0]
}

func (w *writer) write(r rune) {
	if w.owed && w.last != 0 && !dense(w.last) && !dense(r) {
		w.b.WriteByte(' ')
	}
	w.owed, w.last = false, r
	w.b.WriteRune(r)
	w.runes++
}

// invisible reports whether r separates nothing: zero-width and bidirectional controls, variation
// selectors, and apostrophes, so that "can't" and "cant" are one word.
func invisible(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '`', '´':
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// dense reports whether r belongs to a script that is written without spaces between words.
func dense(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
