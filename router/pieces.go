package router

import (
	"strings"
	"unicode/utf8"
)

const (
	// pieceRunes is about what is read in one go in large text.
	pieceRunes = 60
	// mostPieces bounds the bubbles of one answer; the last has the rest.
	mostPieces = 5
)

// pieces cuts a long text at the ends of its sentences into short ones. It never cuts inside a
// sentence, and nothing is lost.
func pieces(text string) []string {
	if utf8.RuneCountInString(text) <= pieceRunes {
		return []string{text}
	}
	var out []string
	var piece strings.Builder
	flush := func() {
		if t := strings.TrimSpace(piece.String()); t != "" {
			out = append(out, t)
		}
		piece.Reset()
	}
	for sentence := range sentences(text) {
		full := utf8.RuneCountInString(piece.String())+utf8.RuneCountInString(sentence) > pieceRunes
		if full && len(out) < mostPieces-1 {
			flush()
		}
		piece.WriteString(sentence)
	}
	flush()
	return out
}

// closers may stand between the end of a sentence and the blank.
const closers = "”’」』）)\""

// sentences yields a text sentence by sentence, each with its end and the blanks after it.
func sentences(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start, ended := 0, false
		for i, c := range text {
			switch {
			case strings.ContainsRune("。！？；\n", c):
				ended = true
			case ended && !strings.ContainsRune(" \t\r"+closers, c):
				if !yield(text[start:i]) {
					return
				}
				start, ended = i, false
			case strings.ContainsRune(".!?", c):
				next, _ := utf8.DecodeRuneInString(text[i+1:])
				ended = strings.ContainsRune(" \n"+closers, next) // not 3.5, not shop.example
			}
		}
		yield(text[start:])
	}
}
