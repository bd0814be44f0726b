package replay

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"unicode"

	"github.com/google/uuid"
)

// manner is what a visitor does after the questions.
type manner int

const (
	leaves manner = iota
	presses
	asksInWords
)

// line is one message a visitor is going to send. Its id is fixed before the first try.
type line struct {
	ID, Text string
	Category string
}

// plan is all that one visitor is going to do. The same seed and file make the same plans.
type plan struct {
	Number    int
	Lang      string
	Questions []line
	Manner    manner
	// Tap is the id of pressing the button and Leave that of ending the chat.
	Tap, Leave string
	// Plea asks for a person in words, if the manner is to.
	Plea line
	// Talk is said to the agent; the last line is a farewell.
	Talk []line
}

// planner makes one plan after the other. It gives out the questions in their order, each once before
// it begins again.
type planner struct {
	questions  []question
	seed       uint64
	press, ask float64
	next       int
	number     int
}

func newPlanner(cfg Config, questions []question) *planner {
	if cfg.Shuffle {
		questions = slices.Clone(questions)
		rand.New(stream(cfg.Seed, 0)).Shuffle(len(questions), func(i, j int) {
			questions[i], questions[j] = questions[j], questions[i]
		})
	}
	return &planner{questions: questions, seed: cfg.Seed, press: cfg.Press, ask: cfg.Ask}
}

// mostQuestions is how many questions a visitor asks the bot at the most.
const mostQuestions = 4

func (p *planner) plan() plan {
	p.number++
	bits := stream(p.seed, p.number)
	rng := rand.New(bits)
	newLine := func(q question) line { return line{ID: newID(bits), Text: q.Text, Category: q.Category} }

	out := plan{Number: p.number, Tap: newID(bits), Leave: newID(bits), Manner: leaves}
	for range 1 + rng.IntN(mostQuestions) {
		out.Questions = append(out.Questions, newLine(p.questions[p.next]))
		p.next = (p.next + 1) % len(p.questions)
	}
	out.Lang = langOf(out.Questions[0].Text)
	switch at := rng.Float64(); {
	case at < p.press:
		out.Manner = presses
	case at < p.press+p.ask:
		out.Manner = asksInWords
	}
	out.Plea = newLine(question{Text: pick(rng, pleas)})
	if rng.IntN(2) == 1 {
		out.Talk = append(out.Talk, newLine(question{Text: pick(rng, followUps)}))
	}
	out.Talk = append(out.Talk, newLine(question{Text: pick(rng, farewells)}))
	return out
}

// stream is the randomness of one visitor: the same for the same seed and number, whatever the others
// do meanwhile.
func stream(seed uint64, number int) *rand.ChaCha8 {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	binary.LittleEndian.PutUint64(key[8:], uint64(number))
	return rand.NewChaCha8(key)
}

// newID draws a UUID; reading from ChaCha8 never fails.
func newID(bits *rand.ChaCha8) string { return uuid.Must(uuid.NewRandomFromReader(bits)).String() }

func pick(rng *rand.Rand, from []string) string { return from[rng.IntN(len(from))] }

// langOf is the language of the widget a visitor with this question has open.
func langOf(text string) string {
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			return "zh-CN"
		}
	}
	return "en"
}
