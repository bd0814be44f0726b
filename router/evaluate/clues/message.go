package clues

import "math"

// message is a turn made ready to be compared.
type message struct {
	Turn
	id     uint64
	set    map[int]float64 // rarity by word
	words  []int           // in order
	length float64         // of the vector of rarities

	mean, most, least float64 // rarity of its words as they stand, repeated ones counted again
	sum, sumDistinct  float64
}

func newMessage(t Turn, c *Corpus) message {
	m := message{Turn: t, id: t.key(), words: t.distinct(), set: map[int]float64{}}
	for _, w := range m.words {
		f := c.Rarity(w)
		m.set[w] = f
		m.length += f * f
		m.sumDistinct += f
	}
	m.length = math.Sqrt(m.length)
	for i, w := range t.Words {
		f := m.set[w]
		m.sum += f
		m.most = max(m.most, f)
		if i == 0 || f < m.least {
			m.least = f
		}
	}
	m.mean = m.sum / max(float64(len(t.Words)), 1)
	return m
}

// likeness is how far one message says what another said.
type likeness struct {
	overlap float64 // of the words of both (Jaccard)
	share   float64 // of its own words
	cosine  float64 // weighted by rarity
}

func (m *message) like(other *message) likeness {
	if len(m.words) == 0 || len(other.words) == 0 {
		return likeness{}
	}
	both, dot := 0, 0.0
	for _, w := range m.words {
		if _, ok := other.set[w]; ok {
			both++
			dot += m.set[w] * m.set[w]
		}
	}
	l := likeness{
		overlap: float64(both) / float64(len(m.words)+len(other.words)-both),
		share:   float64(both) / float64(len(m.words)),
	}
	if m.length > 0 && other.length > 0 {
		l.cosine = dot / (m.length * other.length)
	}
	return l
}
