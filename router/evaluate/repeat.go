package evaluate

import (
	"io"
	"math/rand/v2"

	"yijian/router/bot/intent"
	"yijian/router/escalate"
)

// RepeatReport says how well a repeated question is recognised.
type RepeatReport struct {
	// Pairs is of the pairs as the file labels them; nil for a file of questions by intent.
	Pairs *RepeatFigures `json:"pairs,omitempty"`
	// Realistic asks whether a message repeats one of the last three.
	Realistic RepeatFigures `json:"realistic"`
	// AsRouted is of the same task: what the router takes for a repetition, at its own threshold.
	AsRouted AskCounts `json:"as_routed"`
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

// likeness is how alike two messages are, and whether the router takes one for the other's repetition.
type likeness func(a, b string) (score float64, same bool)

// characters is the likeness that the router knows by itself, with the rarity of these texts.
func characters(texts []string) likeness {
	rarity, known := escalate.NewRarity(texts), map[string]escalate.Text{}
	of := func(s string) escalate.Text {
		t, ok := known[s]
		if !ok {
			t = escalate.Normalise(s)
			known[s] = t
		}
		return t
	}
	return func(a, b string) (float64, bool) {
		return rarity.Likeness(of(a), of(b)), rarity.Alike(of(a), of(b))
	}
}

// history is the case of a message after three others.
type history struct {
	scored
	same bool
}

// put adds a message that stands after another one.
func (h *history) put(score float64, same bool) {
	h.score, h.same = max(h.score, score), h.same || same
}

// told fills in the figures of the realistic task.
func (r *RepeatReport) told(cases []history) {
	plain, c := make([]scored, len(cases)), confusion{}
	for i, h := range cases {
		plain[i] = h.scored
		c.add(h.same, h.label)
	}
	r.Realistic, r.AsRouted = repeatFigures(plain), counts(c)
}

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
	like := characters(texts)
	cases := make([]scored, len(all))
	for i, p := range all {
		score, _ := like(p.A, p.B)
		cases[i] = scored{score, p.Label}
	}
	figures := repeatFigures(cases)
	report := RepeatReport{Pairs: &figures}
	report.told(histories(all, like, seed))
	return report, nil
}

// histories puts the second message of every pair of one meaning after three others, once with its
// own first message among them and once without. An other is a message of another meaning, as far as
// the chain of labelled pairs tells, and every meaning is as likely as any other: a file of pairs does
// not link all messages of a popular meaning, and drawn by message these would be taken for others.
// Messages that are equal are left out: every method finds these.
func histories(all []Pair, like likeness, seed uint64) []history {
	meaning := meanings(all)
	var same []Pair
	var order []string
	by := map[string][]string{}
	for _, p := range all {
		if p.Label && escalate.Normalise(p.A) != escalate.Normalise(p.B) {
			same = append(same, p)
		}
		for _, text := range []string{p.A, p.B} {
			m := meaning(text)
			if by[m] == nil {
				order = append(order, m)
			}
			by[m] = append(by[m], text)
		}
	}
	random := rand.New(rand.NewPCG(seed, 4))
	var cases []history
	for _, p := range same {
		other := func() (float64, bool) {
			for range tries {
				m := order[random.IntN(len(order))]
				if o := by[m][random.IntN(len(by[m]))]; m != meaning(p.A) {
					return like(o, p.B)
				}
			}
			return 0, false
		}
		cases = append(cases, pairOfHistories(other, func() (float64, bool) { return like(p.A, p.B) })...)
	}
	return cases
}

// pairOfHistories are two others with the message's own before it, and the same two with a third.
func pairOfHistories(other, own func() (float64, bool)) []history {
	yes, no := history{scored: scored{label: true}}, history{}
	for range 2 {
		score, same := other()
		yes.put(score, same)
		no.put(score, same)
	}
	yes.put(own())
	no.put(other())
	return []history{yes, no}
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
	like, report := characters(texts), RepeatReport{}
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
	report.told(cases)
	return report, nil
}

// asked puts every question after three others, once with one of its intent among them.
func asked(all []Question, by map[string][]string, like likeness, seed uint64) []history {
	random := rand.New(rand.NewPCG(seed, 5))
	var cases []history
	for _, q := range all {
		own := by[q.Intent]
		if len(own) < 2 || len(own) == len(all) {
			continue
		}
		other := func() (float64, bool) {
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
		cases = append(cases, pairOfHistories(other, func() (float64, bool) { return like(again, q.Text) })...)
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
	return func(a, b string) (float64, bool) {
		chars, _ := like(a, b)
		return of(a).Overlap(of(b)) + chars/100, of(a).Likeliest() == of(b).Likeliest()
	}
}
