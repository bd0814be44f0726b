package intent

import "unicode/utf8"

// gram is the hash of one feature of a sentence, with its kind in the low bits.
type gram uint64

// kind says what a gram was made of.
type kind uint64

const (
	dense1  kind = iota + 1 // one Chinese character
	dense2                  // two
	dense3                  // three
	piece                   // three or four letters of a word, with its edges
	word                    // a word
	pair                    // two words side by side, or with one between
	meaning                 // a line of the concepts
	kinds
)

const kindBits = 7

// weights say how much a gram of each kind tells. Chinese characters are small words already;
// what a word means tells more than how it is written.
var weights = [kinds]float64{dense1: 1.5, dense2: 1, dense3: 0.3, piece: 1, word: 1, pair: 1, meaning: 2}

func (k kind) gram(hash uint64) gram { return gram(hash&^kindBits | uint64(k)) }

func (g gram) weight() float64 { return weights[g&kindBits] }

// shortPiece and longPiece are the lengths of the pieces of a word.
const (
	shortPiece = 3
	longPiece  = 4
)

// apart stands for the word between two that are paired.
const apart = 77

// edge stands for the border of a word in its pieces.
const edge = ' '

// grams appends all features of a normalised sentence to dst. Chinese carries its meaning in one to
// three characters. In alphabets words and pairs of words carry it, and pieces of words forgive
// typing mistakes and endings.
func grams(dst []gram, text string) []gram {
	var before, earlier uint64 // the words before, 0 at the start and after a dense run
	for rest := text; len(rest) > 0; {
		run, isDense := nextRun(rest)
		rest = rest[len(run):]
		switch {
		case run == " ":
		case isDense:
			dst, before, earlier = denseRun(dst, run), 0, 0
		default:
			h := hash(run)
			dst = append(pieces(dst, run), word.gram(h))
			if before != 0 {
				dst = append(dst, pair.gram(mix(before, h)))
			}
			if earlier != 0 {
				dst = append(dst, pair.gram(mix(mix(earlier, apart), h)))
			}
			before, earlier = h, before
		}
	}
	return meanings(dst, text)
}

// nextRun returns the longest start of text whose characters are all dense or all not, or one space.
func nextRun(text string) (string, bool) {
	if text[0] == ' ' {
		return " ", false
	}
	first, _ := utf8.DecodeRuneInString(text)
	want := dense(first)
	for i, r := range text {
		if r == ' ' || dense(r) != want {
			return text[:i], want
		}
	}
	return text, want
}

func denseRun(dst []gram, run string) []gram {
	for len(run) > 0 {
		var h uint64
		size := dense1
		for _, r := range run {
			h = mix(h, uint64(r))
			dst = append(dst, size.gram(h))
			if size++; size > dense3 {
				break
			}
		}
		run = run[firstRune(run):]
	}
	return dst
}

// pieces appends the pieces of one word with its edges.
func pieces(dst []gram, word string) []gram {
	rs := append(make([]rune, 0, 32), edge)
	for _, r := range word {
		rs = append(rs, r)
	}
	rs = append(rs, edge)
	for i := range rs {
		var h uint64
		for k, r := range rs[i:min(i+longPiece, len(rs))] {
			if h = mix(h, uint64(r)); k+1 >= shortPiece {
				dst = append(dst, piece.gram(h))
			}
		}
	}
	return dst
}

func firstRune(text string) int {
	_, size := utf8.DecodeRuneInString(text)
	return size
}

func hash(text string) uint64 {
	var h uint64
	for _, r := range text {
		h = mix(h, uint64(r))
	}
	return h
}

// mix folds v into h; the multiplication and shift spread every bit.
func mix(h, v uint64) uint64 {
	h = (h ^ v + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
	return h ^ h>>29
}
