package escalate

import "slices"

// sameAnswer is the share of words, of all in two answers, from which they count as the same one. On
// conversations of real shops no single rule tells better where a person should have come.
const sameAnswer = 0.7

// shortAnswer is the length in bytes up to which a bot may well say the same twice: eight Chinese
// characters, 24 letters.
const shortAnswer = 24

// sketchWords is how many words of an answer are kept.
const sketchWords = 48

// sketch is the words of an answer, hashed, rising; of a long one those with the smallest hashes,
// which is a fair sample: the same ones are kept of every answer that has them. The empty sketch is
// like nothing.
type sketch struct {
	words [sketchWords]uint32
	n     int
}

// sketchOf is the words of letters and the pairs of Chinese characters in an answer.
func sketchOf(t Text) sketch {
	var k sketch
	if len(t.s) <= shortAnswer {
		return k
	}
	word, before := uint64(0), rune(0)
	for _, r := range t.s {
		switch {
		case isHan(r):
			k.add(word)
			word = 0
			if before != 0 {
				k.add(uint64(before)<<21 | uint64(r))
			}
			before = r
			continue
		case r == ' ' || isMark(r):
			k.add(word)
			word = 0
		default:
			word = word*0x100000001b3 + uint64(r)
		}
		before = 0
	}
	k.add(word)
	return k
}

// add keeps a word, unless the sketch is full of smaller ones.
func (k *sketch) add(word uint64) {
	if word == 0 {
		return
	}
	h := uint32(word * 0x9e3779b97f4a7c15 >> 32)
	i, found := slices.BinarySearch(k.words[:k.n], h)
	if found || i == sketchWords {
		return
	}
	k.n = min(k.n+1, sketchWords)
	copy(k.words[i+1:k.n], k.words[i:])
	k.words[i] = h
}

// same reports whether two answers share most of their words (Jaccard).
func (k *sketch) same(of *sketch) bool {
	both, all := 0, 0
	i, j := 0, 0
	for i < k.n && j < of.n && all < sketchWords {
		a, b := k.words[i], of.words[j]
		if a == b {
			both++
		}
		if a <= b {
			i++
		}
		if b <= a {
			j++
		}
		all++
	}
	// What is left over on one side is in that answer alone.
	all = min(all+k.n-i+of.n-j, max(sketchWords, all))
	return both > 0 && float64(both) >= sameAnswer*float64(all)
}

// again is the seq of an earlier answer that turn i gives again, 0 if there is none: the bot names
// the same entry, or says nearly the same.
func again(turns []turn, i int) uint64 {
	t := &turns[i]
	if t.answer.n == 0 {
		return 0
	}
	for j := range turns[:i] {
		u := &turns[j]
		if u.state != answered || u.answer.n == 0 {
			continue
		}
		if t.intent != "" && t.intent == u.intent || t.answer.same(&u.answer) {
			return u.answerSeq
		}
	}
	return 0
}

// botRepeated counts the answers that the bot had given before in this conversation.
func botRepeated(turns []turn) Feature {
	var f Feature
	for i := range turns {
		if turns[i].again == 0 {
			continue
		}
		f.Value++
		f.Age = len(turns) - 1 - i
		f.point(turns[i].again)
		f.point(turns[i].answerSeq)
	}
	return f
}
