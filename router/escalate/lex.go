package escalate

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A class is the role a word plays in a table of words. Each table has classes of its own; these
// three are common to all.
type class uint8

const (
	unknown class = iota // no table has it
	space                // between two Chinese words, where many people put it for a comma
	pause                // the end of a clause
	ownClasses
)

// token is one word of a message, or a run of Chinese characters that no table knows.
type token struct {
	class class
	// size weighs an unknown token: a Chinese character is 1, a word of letters is wordSize.
	size     int16
	from, to int32
}

// wordSize is how many Chinese characters a word of letters is worth.
const wordSize = 3

// lexicon cuts normalised text into tokens. It takes the longest entry at each place, which is how
// a table keeps one word from being seen in another: 人工智能 hides 人工, and so does no other rule.
// It reads each character once and never goes back, whatever the visitor typed.
type lexicon struct {
	han   map[rune][]lexeme   // by first character
	words map[string][]lexeme // by first word
}

type lexeme struct {
	text  string
	class class
}

// entry is a line of a word table: entries of one class, separated by "|".
type entry struct {
	class class
	words string
}

// newLexicon builds a lexicon. It panics if a word stands in two classes, which only the author of a
// table can cause.
func newLexicon(table []entry) *lexicon {
	l := &lexicon{han: map[rune][]lexeme{}, words: map[string][]lexeme{}}
	seen := map[string]class{}
	for _, e := range table {
		for w := range strings.SplitSeq(e.words, "|") {
			if c, ok := seen[w]; ok && c != e.class {
				panic("escalate: " + w + " stands in two classes")
			}
			seen[w] = e.class
			l.add(lexeme{w, e.class})
		}
	}
	longest := func(a, b lexeme) int { return cmp.Compare(len(b.text), len(a.text)) }
	for _, ls := range l.han {
		slices.SortFunc(ls, longest)
	}
	for _, ls := range l.words {
		slices.SortFunc(ls, longest)
	}
	return l
}

func (l *lexicon) add(x lexeme) {
	r, _ := utf8.DecodeRuneInString(x.text)
	if isHan(r) {
		l.han[r] = append(l.han[r], x)
		return
	}
	first := x.text[:wordEnd(x.text, 0)]
	l.words[first] = append(l.words[first], x)
}

// cut appends the tokens of a text to buf.
func (l *lexicon) cut(t Text, buf []token) []token {
	s := t.s
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isMark(r):
			buf = append(buf, token{class: pause, from: int32(i), to: int32(i + n)})
			i += n
		case r == ' ':
			buf = cutSpace(s, i, buf)
			i += n
		case isHan(r):
			i, buf = l.cutHan(s, i, r, buf)
		default:
			i, buf = l.cutWord(s, i, buf)
		}
	}
	return buf
}

// cutSpace keeps a space only where it may stand for a comma: beside a Chinese character.
func cutSpace(s string, i int, buf []token) []token {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	if isHan(before) || isHan(after) {
		buf = append(buf, token{class: space, from: int32(i), to: int32(i + 1)})
	}
	return buf
}

func (l *lexicon) cutHan(s string, i int, r rune, buf []token) (int, []token) {
	for _, x := range l.han[r] {
		if end := matchSpaced(s, i, x.text); end > 0 && !l.splits(s, end, x) {
			return end, append(buf, token{class: x.class, from: int32(i), to: int32(end)})
		}
	}
	end := i + utf8.RuneLen(r)
	if n := len(buf); n > 0 && buf[n-1].class == unknown && buf[n-1].to == int32(i) && buf[n-1].size < 1<<14 {
		buf[n-1].to, buf[n-1].size = int32(end), buf[n-1].size+1
		return end, buf
	}
	return end, append(buf, token{size: 1, from: int32(i), to: int32(end)})
}

func (l *lexicon) cutWord(s string, i int, buf []token) (int, []token) {
	end := wordEnd(s, i)
	for _, x := range l.words[s[i:end]] {
		if !strings.HasPrefix(s[i:], x.text) {
			continue
		}
		if stop := i + len(x.text); stop == wordEnd(s, stop) {
			return stop, append(buf, token{class: x.class, from: int32(i), to: int32(stop)})
		}
	}
	return end, append(buf, token{size: wordSize, from: int32(i), to: int32(end)})
}

// splits reports whether a word would cut 人工 in two: 联系人工 is 联系 and 人工, though 联系人 is a
// word as well.
func (l *lexicon) splits(s string, end int, x lexeme) bool {
	return len(x.text) > len("人") && strings.HasSuffix(x.text, "人") && strings.HasPrefix(s[end:], "工")
}

// matchSpaced matches a Chinese word at s[i:] and answers where it ends, or 0. Single spaces inside
// are passed over: 转 人 工 is 转人工.
func matchSpaced(s string, i int, word string) int {
	for j := 0; j < len(word); {
		if i < len(s) && s[i] == ' ' && j > 0 {
			i++
		}
		_, n := utf8.DecodeRuneInString(word[j:])
		if !strings.HasPrefix(s[i:], word[j:j+n]) {
			return 0
		}
		i, j = i+n, j+n
	}
	return i
}

// wordEnd is the end of the run of letters and digits at s[i:] in a script written with spaces. A
// character that is none of all this stands alone.
func wordEnd(s string, i int) int {
	for j := i; j < len(s); {
		r, n := utf8.DecodeRuneInString(s[j:])
		if r == ' ' || isMark(r) || isHan(r) {
			return j
		}
		j += n
	}
	return len(s)
}
