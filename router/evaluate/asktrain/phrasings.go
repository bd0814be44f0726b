package main

import (
	"math/rand/v2"
	"strings"
)

// many is how many phrasings are composed of each pattern that allows more.
const many = 400

// phrasings composes requests for a person, and what looks like one and is none. A pattern is filled
// at random with one word of each list it names; the dice are seeded.
func phrasings() (asking, other []string) {
	r := rand.New(rand.NewPCG(1, 1))
	compose := func(patterns, lists string) []string {
		words := map[string][]string{}
		for l := range strings.Lines(strings.TrimSpace(lists)) {
			name, values, _ := strings.Cut(strings.TrimSpace(l), "=")
			words[name] = strings.Split(values, "|")
		}
		var all []string
		for p := range strings.Lines(strings.TrimSpace(patterns)) {
			for range many {
				all = append(all, fill(strings.TrimSpace(p), words, r))
			}
		}
		return all
	}
	asking = append(compose(askEnglish, wordsEnglish), compose(askChinese, wordsChinese)...)
	other = append(compose(otherEnglish, wordsEnglish), compose(otherChinese, wordsChinese)...)
	return asking, other
}

// fill replaces every {list} by a word of it.
func fill(pattern string, words map[string][]string, r *rand.Rand) string {
	for {
		from := strings.IndexByte(pattern, '{')
		if from < 0 {
			return strings.Join(strings.Fields(pattern), " ")
		}
		to := from + strings.IndexByte(pattern[from:], '}')
		list := words[pattern[from+1:to]]
		if len(list) == 0 {
			panic("asktrain: no list " + pattern[from:to+1])
		}
		pattern = pattern[:from] + list[r.IntN(len(list))] + pattern[to+1:]
	}
}
