package intent

import (
	"math"
	"math/rand/v2"
)

// softmax is a multinomial logistic regression over sparse vectors. Weights are kept by dimension,
// so that one coordinate of a sentence touches one run of memory.
type softmax struct {
	classes int
	weight  []float32 // dimension × class
	bias    []float32
}

// Training constants, tuned on a held-out fifth of the banking77 training questions.
const (
	learningRate = 5.0
	decay        = 0.06 // of every weight after each epoch, the L2 penalty
	dropped      = 0.4  // of the coordinates of a sentence, others each time, so that none is relied on alone
	biasRate     = 0.1  // of the learning rate: class sizes are an accident of the file
	tinyGradient = 1e-3 // below it a class is not worth the memory traffic
)

// fit trains by stochastic gradient descent with a learning rate that falls to zero. The seed fixes
// the order of samples and so the result.
func fit(samples []sample, s shape, seed uint64) *softmax {
	m := &softmax{
		classes: s.classes,
		weight:  make([]float32, s.dims*s.classes),
		bias:    make([]float32, s.classes),
	}
	rng := rand.New(rand.NewPCG(seed, uint64(len(samples))))
	order := rng.Perm(len(samples))
	p := make([]float32, m.classes)
	var scratch []step
	var kept []cell
	done, all := 0, s.epochs*len(samples)
	for range s.epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			rate := learningRate * (1 - float64(done)/float64(all))
			kept = thin(kept[:0], samples[i].x, rng)
			scratch = m.learn(sample{x: kept, class: samples[i].class}, float32(rate), p, scratch)
			done++
		}
		for k := range m.weight {
			m.weight[k] *= 1 - decay
		}
	}
	return m
}

// thin appends the coordinates that are not dropped this time, each counting for those that are.
func thin(dst, x []cell, rng *rand.Rand) []cell {
	for _, c := range x {
		if rng.Float32() >= dropped {
			dst = append(dst, cell{c.id, c.weight / (1 - dropped)})
		}
	}
	return dst
}

// shape says how large a regression is and how long it is trained.
type shape struct{ dims, classes, epochs int }

// step is the correction of one class after one sample.
type step struct {
	class int32
	by    float32
}

// learn corrects the weights by one sample. p and steps are scratch.
func (m *softmax) learn(s sample, rate float32, p []float32, steps []step) []step {
	m.scores(s.x, p)
	normalise(p)
	p[s.class]--
	steps = steps[:0]
	for c, g := range p {
		if g >= tinyGradient || g <= -tinyGradient {
			steps = append(steps, step{int32(c), rate * g})
			m.bias[c] -= biasRate * rate * g
		}
	}
	for _, f := range s.x {
		row := m.row(f.id)
		for _, t := range steps {
			row[t.class] -= t.by * f.weight
		}
	}
	return steps
}

// row returns the weights of one dimension.
func (m *softmax) row(id int32) []float32 {
	from := int(id) * m.classes
	return m.weight[from : from+m.classes]
}

// scores sets out to the unnormalised log-probability of every class. Four dimensions are added at
// a time, which halves the memory traffic of the loop that everything here waits for.
func (m *softmax) scores(x []cell, out []float32) {
	copy(out, m.bias)
	for len(x) >= 4 {
		a, b, c, d := m.row(x[0].id), m.row(x[1].id), m.row(x[2].id), m.row(x[3].id)
		a, b, c, d = a[:len(out)], b[:len(out)], c[:len(out)], d[:len(out)]
		wa, wb, wc, wd := x[0].weight, x[1].weight, x[2].weight, x[3].weight
		for i := range out {
			out[i] += (wa*a[i] + wb*b[i]) + (wc*c[i] + wd*d[i])
		}
		x = x[4:]
	}
	for _, f := range x {
		row := m.row(f.id)[:len(out)]
		for i := range out {
			out[i] += f.weight * row[i]
		}
	}
}

// normalise turns log-probabilities into probabilities.
func normalise(p []float32) {
	top := p[0]
	for _, v := range p {
		top = max(top, v)
	}
	var sum float32
	for i, v := range p {
		p[i] = float32(math.Exp(float64(v - top)))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}
