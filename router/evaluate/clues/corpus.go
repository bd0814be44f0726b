package clues

import "math"

// Corpus is what conversations tell without labels: in how many of them a word or a whole message
// is found.
type Corpus struct {
	talks    int
	words    map[int]int
	messages map[uint64]int
	hidden   *Corpus
}

// NewCorpus counts.
func NewCorpus(talks []Talk) *Corpus {
	c := &Corpus{talks: len(talks), words: map[int]int{}, messages: map[uint64]int{}}
	for _, talk := range talks {
		words, messages := map[int]bool{}, map[uint64]bool{}
		for _, t := range talk {
			messages[t.key()] = true
			for _, w := range t.Words {
				words[w] = true
			}
		}
		for w := range words {
			c.words[w]++
		}
		for m := range messages {
			c.messages[m]++
		}
	}
	return c
}

// Without is the corpus as if one of its conversations had not been counted. What is told of a
// conversation is told from others, or it would know its own future.
func (c *Corpus) Without(talk Talk) *Corpus {
	return &Corpus{talks: c.talks - 1, words: c.words, messages: c.messages, hidden: NewCorpus([]Talk{talk})}
}

// Rarity of a word is 0 if every conversation holds it.
func (c *Corpus) Rarity(word int) float64 {
	return math.Log(float64(c.talks+1) / float64(c.found(word)+1))
}

func (c *Corpus) found(word int) int {
	n := c.words[word]
	if c.hidden != nil {
		n -= c.hidden.words[word]
	}
	return n
}

// heard is how many conversations hold a whole message.
func (c *Corpus) heard(message uint64) float64 {
	n := c.messages[message]
	if c.hidden != nil {
		n -= c.hidden.messages[message]
	}
	return float64(n)
}

// HeardShare is the share of conversations that hold a whole message.
func (c *Corpus) HeardShare(t Turn) float64 { return c.heard(t.key()) / float64(max(c.talks, 1)) }

// Overlapping is the share of the words of two messages that both hold (Jaccard).
func Overlapping(a, b Turn) float64 {
	c := NewCorpus(nil)
	x, y := newMessage(a, c), newMessage(b, c)
	return x.like(&y).overlap
}
