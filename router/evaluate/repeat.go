package evaluate

import (
	"io"
	"math"
	"math/rand/v2"
	"strings"

	"yijian/router/bot/intent"
	"yijian/router/escalate"
)

// RepeatReport says how well a repeated question is recognised.
type RepeatReport struct {
	// Pairs is of the pairs as the file labels them; nil for a file of questions by intent.
	Pairs *RepeatFigures `json:"pairs,omitempty"`
	// Realistic asks whether a message repeats one of the last three.
	Realistic RepeatFigures `json:"realistic"`
	// Intents says that the bot's own intents were used, learned from the file for training.
	Intents bool `json:"intents"`
}

// RepeatFigures are those of one task.
type RepeatFigures struct {
	AUC       float64 `json:"auc"`
	RecallAt1 float64 `json:"recall_at_fpr_1"`
	RecallAt5 float64 `json:"recall_at_fpr_5"`
	Positives int     `json:"positives"`
	Negatives int     `json:"negatives"`
}

func repeatFigures(cases []scored) RepeatFigures {
	f := RepeatFigures{AUC: auc(cases), RecallAt1: recallAt(cases, .01), RecallAt5: recallAt(cases, .05)}
	for _, c := range cases {
		if c.label {
			f.Positives++
		} else {
			f.Negatives++
		}
	}
	return f
}

// Repeat measures a file of pairs, or a file of questions by intent. train may be nil; with
// questions by intent it is what the bot learns its intents from.
func Repeat(data, train io.Reader, seed uint64) (RepeatReport, error) {
	header, rows, err := table(data)
	if err != nil {
		return RepeatReport{}, err
	}
	if _, err := columns(header, []string{"category", "intent"}); err == nil {
		return repeatQuestions(header, rows, train, seed)
	}
	all, err := pairs(header, rows)
	if err != nil {
		return RepeatReport{}, err
	}
	return repeatPairs(all, seed)
}

// likeness is how alike two messages are.
type likeness func(a, b string) float64

func repeatPairs(all []Pair, seed uint64) (RepeatReport, error) {
	texts, pos := make([]string, 0, 2*len(all)), 0
	for _, p := range all {
		texts = append(texts, p.A, p.B)
		if p.Label {
			pos++
		}
	}
	if err := bothClasses(pos, len(all)); err != nil {
		return RepeatReport{}, err
	}
	like := newGrams(texts).cosine
	cases := make([]scored, len(all))
	for i, p := range all {
		cases[i] = scored{like(p.A, p.B), p.Label}
	}
	figures := repeatFigures(cases)
	return RepeatReport{Pairs: &figures, Realistic: repeatFigures(histories(all, like, seed))}, nil
}

// histories puts the second message of every pair of one meaning after three first messages, once
// with its own among them and once without. The others are of another meaning, as far as the chain
// of pairs of one meaning tells. Messages that are equal are left out: every method finds these.
func histories(all []Pair, like likeness, seed uint64) []scored {
	meaning := meanings(all)
	var same []Pair
	for _, p := range all {
		if p.Label && escalate.Normalise(p.A) != escalate.Normalise(p.B) {
			same = append(same, p)
		}
	}
	random := rand.New(rand.NewPCG(seed, 4))
	var cases []scored
	for _, p := range same {
		other := func() float64 {
			for range tries {
				if o := same[random.IntN(len(same))]; meaning(o.A) != meaning(p.A) {
					return like(o.A, p.B)
				}
			}
			return 0
		}
		two := max(other(), other())
		cases = append(cases, scored{max(two, like(p.A, p.B)), true}, scored{max(two, other()), false})
	}
	return cases
}

// tries is how often another message is drawn before there is none.
const tries = 100

// meanings names the meaning of a text: texts that pairs of one meaning link share a name.
func meanings(all []Pair) func(text string) string {
	parent := map[string]string{}
	root := func(text string) string {
		s := escalate.Normalise(text).String()
		for parent[s] != "" && parent[s] != s {
			s = parent[s]
		}
		return s
	}
	for _, p := range all {
		if a, b := root(p.A), root(p.B); p.Label && a != b {
			parent[b] = a
		}
	}
	return root
}

func repeatQuestions(header []string, rows [][]string, train io.Reader, seed uint64) (RepeatReport, error) {
	all, err := questions(header, rows)
	if err != nil {
		return RepeatReport{}, err
	}
	texts := make([]string, len(all))
	for i, q := range all {
		texts[i] = q.Text
	}
	like, report := newGrams(texts).cosine, RepeatReport{}
	if train != nil {
		known, err := ReadQuestions(train)
		if err != nil {
			return report, err
		}
		m, err := learnIntents(known, seed)
		if err != nil {
			return report, err
		}
		like, report.Intents = sameIntent(m, like), true
	}
	by := map[string][]string{}
	for _, q := range all {
		by[q.Intent] = append(by[q.Intent], q.Text)
	}
	cases := asked(all, by, like, seed)
	if len(cases) == 0 {
		return report, bad("no intent has two questions beside others; a repetition needs two")
	}
	report.Realistic = repeatFigures(cases)
	return report, nil
}

// asked puts every question after three others, once with one of its intent among them.
func asked(all []Question, by map[string][]string, like likeness, seed uint64) []scored {
	random := rand.New(rand.NewPCG(seed, 5))
	var cases []scored
	for _, q := range all {
		own := by[q.Intent]
		if len(own) < 2 || len(own) == len(all) {
			continue
		}
		other := func() float64 {
			for {
				if o := all[random.IntN(len(all))]; o.Intent != q.Intent {
					return like(o.Text, q.Text)
				}
			}
		}
		again := q.Text
		for again == q.Text {
			again = own[random.IntN(len(own))]
			if random.IntN(len(own)*20) == 0 {
				break // an intent of equal questions
			}
		}
		two := max(other(), other())
		cases = append(cases, scored{max(two, like(again, q.Text)), true}, scored{max(two, other()), false})
	}
	return cases
}

// sameIntent adds to likeness how sure the bot is that both messages ask the same intent.
func sameIntent(m *intent.Model, like likeness) likeness {
	known := map[string]intent.Distribution{}
	of := func(text string) intent.Distribution {
		d, ok := known[text]
		if !ok {
			d = m.Distribution(text)
			known[text] = d
		}
		return d
	}
	return func(a, b string) float64 { return of(a).Overlap(of(b)) + like(a, b)/100 }
}

// grams weighs runs of characters by how rare they are among texts.
type grams struct {
	idf   map[string]float64
	none  float64
	known map[string]map[string]float64
}

func newGrams(texts []string) *grams {
	g := &grams{idf: map[string]float64{}, known: map[string]map[string]float64{}}
	for _, t := range texts {
		for gram := range counted(t) {
			g.idf[gram]++
		}
	}
	n := float64(len(texts))
	for gram, df := range g.idf {
		g.idf[gram] = 1 + math.Log((1+n)/(1+df))
	}
	g.none = 1 + math.Log(1+n)
	return g
}

// counted cuts a text into runs of 1 and 2 characters, or of 2 and 3 if it is written in letters.
func counted(text string) map[string]float64 {
	s := []rune(escalate.Normalise(text).String())
	shortest := 1
	if !strings.ContainsFunc(string(s), func(r rune) bool { return r >= 0x2E80 }) {
		shortest = 2
	}
	out := map[string]float64{}
	for n := shortest; n <= shortest+1; n++ {
		for i := 0; i+n <= len(s); i++ {
			out[string(s[i:i+n])]++
		}
	}
	return out
}

func (g *grams) vector(text string) map[string]float64 {
	if v, ok := g.known[text]; ok {
		return v
	}
	v, sum := counted(text), 0.0
	for gram, n := range v {
		idf, ok := g.idf[gram]
		if !ok {
			idf = g.none
		}
		v[gram] = (1 + math.Log(n)) * idf
	}
	for _, gram := range sortedKeys(v) {
		sum += v[gram] * v[gram]
	}
	for gram := range v {
		v[gram] /= math.Sqrt(sum)
	}
	g.known[text] = v
	return v
}

// cosine sums in a fixed order, so that two runs agree to the last digit.
func (g *grams) cosine(a, b string) float64 {
	u, v := g.vector(a), g.vector(b)
	if len(v) < len(u) {
		u, v = v, u
	}
	sum := 0.0
	for _, gram := range sortedKeys(u) {
		sum += u[gram] * v[gram]
	}
	return math.Round(sum*1e9) / 1e9
}
