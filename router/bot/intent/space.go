package intent

import (
	"math"
	"slices"
)

// cell is one coordinate of a sparse vector.
type cell struct {
	id     int32
	weight float32
}

// space turns sentences into unit vectors: one dimension a gram that some example has, weighed by
// sublinear term frequency and inverse document frequency.
type space struct {
	ids map[gram]int32
	idf []float32
	// unknown is the idf of a gram that no example has. Such grams get no dimension but lengthen
	// the vector, so a sentence full of unknown words is near to nothing.
	unknown float64
}

// newSpace learns the dimensions from normalised sentences.
func newSpace(texts []string) *space {
	s := &space{ids: make(map[gram]int32)}
	var df []int
	var buf []gram
	for _, t := range texts {
		buf = grams(buf[:0], t)
		slices.Sort(buf)
		for _, g := range slices.Compact(buf) {
			id, ok := s.ids[g]
			if !ok {
				id = int32(len(df))
				s.ids[g] = id
				df = append(df, 0)
			}
			df[id]++
		}
	}
	s.idf = make([]float32, len(df))
	for id, n := range df {
		s.idf[id] = float32(idf(len(texts), n))
	}
	s.unknown = idf(len(texts), 0)
	return s
}

func idf(docs, df int) float64 { return math.Log(float64(1+docs)/float64(1+df)) + 1 }

// vector appends the unit vector of a normalised sentence to dst. The buffer is scratch.
func (s *space) vector(dst []cell, text string, buf *[]gram) []cell {
	gs := grams((*buf)[:0], text)
	*buf = gs
	slices.Sort(gs)
	start := len(dst)
	var norm float64
	for i := 0; i < len(gs); {
		n := 1
		for i+n < len(gs) && gs[i+n] == gs[i] {
			n++
		}
		tf := gs[i].weight() * (1 + math.Log(float64(n)))
		if id, ok := s.ids[gs[i]]; ok {
			w := tf * float64(s.idf[id])
			norm += w * w
			dst = append(dst, cell{id, float32(w)})
		} else {
			norm += tf * tf * s.unknown * s.unknown
		}
		i += n
	}
	scale(dst[start:], 1/math.Sqrt(max(norm, 1e-12)))
	return dst
}

func scale(x []cell, by float64) {
	for i := range x {
		x[i].weight *= float32(by)
	}
}
