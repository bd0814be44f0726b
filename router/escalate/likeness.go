package escalate

import (
	"math"
	"slices"
)

// Rarity tells how much a run of characters says: the rarer it is among the texts of a knowledge
// base, the more (inverse document frequency). It is made once and only read afterwards. A nil Rarity
// takes all runs for equal.
type Rarity struct {
	idf [rarityCells]float32
}

// rarityCells is how many hashed runs are told apart. A site's texts have some ten thousand.
const rarityCells = 1 << 16

// NewRarity counts the runs of characters in texts.
func NewRarity(texts []string) *Rarity {
	r := &Rarity{}
	var v vector
	for _, t := range texts {
		v.read(Normalise(t))
		for i := range v.cells[:v.n] {
			r.idf[v.cells[i].gram%rarityCells]++
		}
	}
	n := float64(len(texts))
	for i, df := range r.idf {
		r.idf[i] = float32(1 + math.Log((1+n)/(1+float64(df))))
	}
	return r
}

// maxGrams is how many runs of a message are compared: those of some 60 letters, or 90 Chinese
// characters. People who ask again say the same early.
const maxGrams = 180

// vector is a message as the weights of its runs of characters, ordered by run, of length 1.
type vector struct {
	cells [maxGrams]cell
	n     int
	han   bool // it is written in Chinese, at least in part
	// digits identifies the numbers in it, 0 if there are none.
	digits uint32
}

type cell struct {
	gram   uint32
	weight float32
}

// read cuts a text into runs of 1 and 2 characters, or of 2 and 3 if it is written in letters, and
// counts them. It allocates nothing.
func (v *vector) read(t Text) {
	var grams [maxGrams]uint32
	v.han, v.digits = false, 0
	for _, r := range t.s {
		v.han = v.han || isHan(r)
		if r >= '0' && r <= '9' {
			v.digits = (v.digits + uint32(r)) * 0x01000193
		}
	}
	n := 0
	add := func(g uint32) {
		if n < maxGrams {
			grams[n] = g
			n++
		}
	}
	var one, two rune // the characters before
	for _, r := range t.s {
		if r == ' ' || isMark(r) {
			if v.han || one == ' ' {
				continue
			}
			r = ' '
		}
		switch {
		case v.han:
			add(gram(0, 0, r))
			if one != 0 {
				add(gram(0, one, r))
			}
		case one != 0:
			add(gram(0, one, r))
			if two != 0 {
				add(gram(two, one, r))
			}
		}
		two, one = one, r
	}
	slices.Sort(grams[:n])
	v.n = 0
	for _, g := range grams[:n] {
		if v.n > 0 && v.cells[v.n-1].gram == g {
			v.cells[v.n-1].weight++
			continue
		}
		v.cells[v.n] = cell{g, 1}
		v.n++
	}
}

// gram is the hash of up to three characters.
func gram(a, b, c rune) uint32 {
	h := (uint64(a)<<42 ^ uint64(b)<<21 ^ uint64(c)) * 0x9e3779b97f4a7c15
	return uint32(h >> 32)
}

// weigh turns counts into weights and brings the vector to length 1.
func (r *Rarity) weigh(v *vector, t Text) {
	v.read(t)
	sum := float32(0)
	for i := range v.cells[:v.n] {
		c := &v.cells[i]
		w := float32(1)
		if c.weight > 1 {
			w += float32(math.Log(float64(c.weight)))
		}
		if r != nil {
			w *= r.idf[c.gram%rarityCells]
		}
		c.weight = w
		sum += w * w
	}
	if sum == 0 {
		return
	}
	scale := float32(1 / math.Sqrt(float64(sum)))
	for i := range v.cells[:v.n] {
		v.cells[i].weight *= scale
	}
}

// cosine is the likeness of two vectors in 0..1.
func (v *vector) cosine(u *vector) float64 {
	sum := float32(0)
	for i, j := 0, 0; i < v.n && j < u.n; {
		a, b := &v.cells[i], &u.cells[j]
		switch {
		case a.gram < b.gram:
			i++
		case a.gram > b.gram:
			j++
		default:
			sum += a.weight * b.weight
			i++
			j++
		}
	}
	return min(float64(sum), 1)
}

// Likeness is how alike two messages are, from 0 to 1.
func (r *Rarity) Likeness(a, b Text) float64 {
	var u, v vector
	r.weigh(&u, a)
	r.weigh(&v, b)
	return u.cosine(&v)
}

// Likenesses from which a message counts as asked again: about one in a hundred messages of another
// meaning, from the same trade, reaches them.
const (
	alikeHan     = 0.28
	alikeLetters = 0.45
	alikeUnknown = 0.55 // with no Rarity
)

// fewGrams is how many runs a message must have to be compared: four Chinese characters, or five
// letters. Shorter ones are alike by chance.
const fewGrams = 7

// alike reports whether one message asks what the other asked, as far as its characters tell. Two with
// different numbers ask about different things: another order, another day.
func (r *Rarity) alike(u, v *vector) bool {
	switch {
	case u.n < fewGrams || v.n < fewGrams || u.han != v.han:
		return false
	case u.digits != v.digits && u.digits != 0 && v.digits != 0:
		return false
	}
	from := alikeLetters
	switch {
	case r == nil:
		from = alikeUnknown
	case u.han:
		from = alikeHan
	}
	return u.cosine(v) >= from
}

// Alike is whether the router takes one message for another's repetition by their characters alone.
func (r *Rarity) Alike(a, b Text) bool {
	var u, v vector
	r.weigh(&u, a)
	r.weigh(&v, b)
	return a.key() == b.key() || r.alike(&u, &v)
}
