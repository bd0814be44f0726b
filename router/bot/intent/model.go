package intent

import (
	"errors"
	"fmt"
	"slices"
	"sync"
)

// ErrTooFew says that there is nothing to choose from.
var ErrTooFew = errors.New("no example questions to learn from; add at least one entry with questions")

// Example is one known question and the intent it asks.
type Example struct {
	Text string
	// Intent is the name of what is asked. Empty means none of the others: a Model that was given
	// such examples may answer with the empty intent.
	Intent string
	// Hint marks a text that is no question but tells what the intent is about, such as its answer.
	// It is learned from, but questions are not compared with it and it is never a test.
	Hint bool
}

// sample is an Example in numbers.
type sample struct {
	x     []cell
	class int32
	hint  bool
}

// Prediction is what a Model makes of one sentence.
type Prediction struct {
	// Intent is the likeliest intent. It is empty for a sentence without letters or numbers, and
	// for one that resembles the examples of the empty intent.
	Intent string
	// Confidence is the calibrated chance in 0..1 that Intent is right, given that the sentence
	// asks one of the known intents.
	Confidence float64
	// Similarity is the likeness in 0..1 to the examples of Intent. It tells whether the sentence
	// asks a known intent at all.
	Similarity float64
}

// Options tune training. The zero value is good.
type Options struct {
	// Seed fixes the order in which examples are learned.
	Seed uint64
	// Epochs is how often every example is seen; 0 chooses by the number of examples.
	Epochs int
}

// Model recognises intents. It is safe for concurrent use.
type Model struct {
	intents  []string
	space    *space
	softmax  *softmax
	examples neighbours
	// temperature divides scores before they become a Confidence.
	temperature float64
	// exact finds a question that is asked word for word.
	exact   map[string]int32
	scratch sync.Pool
}

// Train learns from examples. Their order does not need to mean anything, but a different order may
// give slightly different weights.
func Train(examples []Example, o Options) (*Model, error) {
	if len(examples) == 0 {
		return nil, fmt.Errorf("training the bot: %w", ErrTooFew)
	}
	m := &Model{}
	samples := m.measure(examples)
	s := shape{
		dims: len(m.space.idf), classes: len(m.intents), epochs: epochs(o.Epochs, len(samples)),
	}
	m.scratch.New = func() any { return newScratch(s) }
	m.temperature = m.calibrate(samples, s, o.Seed)
	m.learn(samples, s, o.Seed)
	return m, nil
}

// measure builds the space and numbers the intents in the order they first appear.
func (m *Model) measure(examples []Example) []sample {
	texts := make([]string, len(examples))
	for i, e := range examples {
		texts[i] = Normalise(e.Text)
	}
	m.space, m.exact = newSpace(texts), map[string]int32{}
	index := map[string]int32{}
	samples := make([]sample, len(examples))
	var buf []gram
	for i, e := range examples {
		class, ok := index[e.Intent]
		if !ok {
			class = int32(len(m.intents))
			index[e.Intent] = class
			m.intents = append(m.intents, e.Intent)
		}
		samples[i] = sample{x: m.space.vector(nil, texts[i], &buf), class: class, hint: e.Hint}
		if !e.Hint && texts[i] != "" {
			m.remember(texts[i], class)
		}
	}
	return samples
}

// ambiguous marks a question that is an example of two intents, which only the model can decide.
const ambiguous = -1

// remember keeps a question to be recognised word for word.
func (m *Model) remember(text string, class int32) {
	if known, ok := m.exact[text]; ok && known != class {
		class = ambiguous
	}
	m.exact[text] = class
}

// learn fits the regression and keeps the examples.
func (m *Model) learn(samples []sample, s shape, seed uint64) {
	m.softmax = fit(samples, s, seed)
	m.examples = newNeighbours(samples, s.classes)
}

// epochs is enough passes for the weights to settle: a small file needs more.
func epochs(asked, examples int) int {
	if asked > 0 {
		return asked
	}
	return min(max(8000/examples, 8), 20)
}

// Intents lists every intent the model can name, except the empty one.
func (m *Model) Intents() []string {
	return slices.DeleteFunc(slices.Clone(m.intents), func(s string) bool { return s == "" })
}

// Predict names the intent that a sentence most likely asks.
func (m *Model) Predict(text string) Prediction {
	s := m.scratch.Get().(*scratch)
	defer m.scratch.Put(s)
	text = Normalise(text)
	if class, ok := m.exact[text]; ok && class != ambiguous {
		return Prediction{Intent: m.intents[class], Confidence: 1, Similarity: 1}
	}
	s.x = m.space.vector(s.x[:0], text, &s.grams)
	if len(s.grams) == 0 {
		return Prediction{}
	}
	best, sim := m.rank(s.x, s)
	return Prediction{
		Intent:     m.intents[best],
		Confidence: confidence(s.scores, best, m.temperature),
		Similarity: sim,
	}
}
