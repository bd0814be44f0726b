package words

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	// maxToken bounds a token in characters. Whatever is longer is no word; its beginning finds it.
	maxToken = 40
	// maxTokens bounds a text: PostgreSQL counts positions up to 16,383.
	maxTokens = 10_000
)

// Split returns the tokens of a text, in its order.
func Split(text string) []string {
	var tokens []string
	for _, run := range runs(text) {
		if run.spaced {
			tokens = append(tokens, stem(string(run.text)))
		} else {
			tokens = append(tokens, pairs(run.text)...)
		}
		if len(tokens) >= maxTokens {
			return tokens[:maxTokens]
		}
	}
	return tokens
}

// run is a stretch of characters without anything between them: a word, or a clause of a script that
// has no spaces.
type run struct {
	text   []rune
	spaced bool
}

// runs cuts a text where something stands between characters, and where the script changes: VIP会员 is
// found by either half.
func runs(text string) []run {
	var all []run
	var now run
	flush := func() {
		if len(now.text) > 0 {
			all = append(all, now)
		}
		now = run{}
	}
	for _, r := range norm.NFKC.String(text) {
		r = unicode.ToLower(r)
		switch spaced := !unspaced(r); {
		case !part(r):
			flush()
			continue
		case len(now.text) == 0:
			now.spaced = spaced
		case spaced != now.spaced && !unicode.IsMark(r):
			flush()
			now.spaced = spaced
		case now.spaced && len(now.text) >= maxToken:
			continue // the rest of what is no word
		}
		now.text = append(now.text, r)
	}
	flush()
	return all
}

// part reports whether a character belongs into a token.
func part(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// unspaced reports whether a script writes words without spaces between them.
func unspaced(r rune) bool {
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
		unicode.Khmer, unicode.Myanmar)
}

// pairs returns every two neighbours and the last character alone, so that any stretch of the run is
// a phrase of its pairs, and any single character the beginning of a token.
func pairs(text []rune) []string {
	tokens := make([]string, len(text))
	for i := range text {
		tokens[i] = string(text[i:min(i+2, len(text))])
	}
	return tokens
}
