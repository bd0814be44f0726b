package clues

import "math"

// The columns of Behaviour that a scorecard names. They are followed by others that only trees use.
const (
	Bot             = iota // 1 if the bot speaks
	Place                  // how many turns came before
	VisitorTurns           // so far
	BotTurns               // so far
	VisitorRepeats         // how often the visitor said again what was said
	BotRepeats             // how often the bot did
	SinceVisitorRep        // turns
	SinceBotRep            // turns
	SinceOther             // turns since the other side spoke
	Overlap                // with the most alike earlier message of the same side
	Cosine                 // the same, by rare words
	OverlapNewest          // with the newest of the same side
	CosineNewest           //
	Length                 // in words
	MeanRarity             // of the words
	MostRarity             //
	SumRarity              //
	Heard                  // in how many other conversations the same message is, as a logarithm
	SaidShare              // of its rarity that the same side said before
	Exact                  // how often the same message was said before
	Run                    // turns that this side has spoken in a row
	behaviourNamed
)

// own is the columns that are kept of the last two messages of each side, unnamed those that no
// scorecard uses, and behaviours is all of them.
const (
	own        = behaviourNamed - Overlap
	unnamed    = 22
	behaviours = behaviourNamed + unnamed + 2*2*own
)

// Behaviour is what each turn of a conversation does: a row a turn. The corpus must not have
// counted the conversation, or count without it.
func Behaviour(talk Talk, c *Corpus) [][]float64 {
	w := walk{c: c, since: [2]float64{long, long}, spoke: [2]float64{long, long}}
	w.said = [2]map[int]bool{{}, {}}
	out := make([][]float64, len(talk))
	for i, t := range talk {
		w.messages = append(w.messages, newMessage(t, c))
		out[i] = w.step(i)
	}
	return out
}

// long ago is when something was that never was.
const long = 99

// walk carries what a conversation has shown so far, by side.
type walk struct {
	c        *Corpus
	messages []message
	run      float64

	turns, repeats, since, spoke [2]float64
	said                         [2]map[int]bool
	last                         [2][2][]float64 // the newest message and the one before it
	length, rarity               [2]float64      // sums
	mostAlike, lately            [2]float64
}

// repeatAt is the overlap from which a message repeats an earlier one; answers are made of templates.
var repeatAt = [2]float64{.5, .7}

func (w *walk) step(i int) []float64 {
	m, p := &w.messages[i], lookBack(w.messages, i)
	s := m.side()
	if w.run++; i == 0 || w.messages[i-1].Bot != m.Bot {
		w.run = 1
	}
	for k := range 2 {
		w.since[k]++
		w.spoke[k]++
	}
	w.turns[s]++
	if p.best.overlap >= repeatAt[s] {
		w.repeats[s]++
		w.since[s] = 0
	}
	row := []float64{
		float64(s), float64(i), w.turns[0], w.turns[1], w.repeats[0], w.repeats[1], w.since[0], w.since[1], w.spoke[1-s],
	}
	own := w.own(m, p)
	row = append(append(row, own...), w.more(m, p)...)
	for k := range 2 {
		row = append(append(row, kept(w.last[k][0])...), kept(w.last[k][1])...)
	}
	w.keep(m, p, own)
	return row
}

// own is what is said of a message in its own row and, as the last of its side, in later ones.
func (w *walk) own(m *message, p past) []float64 {
	said := 0.0
	for _, word := range m.words {
		if w.said[m.side()][word] {
			said += m.set[word]
		}
	}
	return []float64{
		p.best.overlap, p.best.cosine, p.newest.overlap, p.newest.cosine, float64(len(m.Words)), m.mean, m.most,
		m.sumDistinct, math.Log1p(w.c.heard(m.id)), said / max(m.sumDistinct, .1), p.exact, w.run,
	}
}

// kept stands in for a message that there was none of.
func kept(row []float64) []float64 {
	if row != nil {
		return row
	}
	none := make([]float64, own)
	for i := range none {
		none[i] = -1
	}
	return none
}

// more is the columns without a name.
func (w *walk) more(m *message, p past) []float64 {
	s := m.side()
	fresh, words, theirs := 0.0, 0.0, 0.0
	for _, word := range m.words {
		if !w.said[s][word] {
			fresh += m.set[word]
			words++
		}
		if w.said[1-s][word] {
			theirs += m.set[word]
		}
	}
	before := max(w.turns[s]-1, 1)
	unsaid := float64(len(m.Words)-len(m.words)) + words
	return []float64{
		w.mostAlike[0], w.mostAlike[1], w.lately[0], w.lately[1],
		m.least, m.sum, p.best.share, p.lag, p.alike, p.near,
		p.across.overlap, p.across.share, p.across.cosine, theirs / max(m.sumDistinct, .1),
		fresh, unsaid, m.length,
		float64(len(m.Words)) - w.length[s]/before, m.mean - w.rarity[s]/before,
		w.length[0] / max(w.turns[0], 1), w.length[1] / max(w.turns[1], 1), w.turns[1] / (w.turns[0] + w.turns[1]),
	}
}

func (w *walk) keep(m *message, p past, own []float64) {
	s := m.side()
	w.spoke[s] = 0
	w.last[s] = [2][]float64{own, w.last[s][0]}
	w.length[s] += float64(len(m.Words))
	w.rarity[s] += m.mean
	w.mostAlike[s] = max(w.mostAlike[s], p.best.cosine)
	w.lately[s] = .6*w.lately[s] + .4*p.best.cosine
	for _, word := range m.words {
		w.said[s][word] = true
	}
}
