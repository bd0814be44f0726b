package evaluate

import (
	"math"

	"yijian/router/escalate"
	"yijian/router/evaluate/clues"
	"yijian/router/evaluate/learn"
)

// learnable are the signals of a policy that conversations of nameless words can show.
var learnable = []escalate.Signal{escalate.Repeated, escalate.BotRepeated}

// repetition is what a policy sees of a turn: how often each side repeated itself, and how many
// messages of the visitor ago it last did.
type repetition struct {
	bot   bool
	value [2]int
	age   [2]int
}

// repetitions counts as the router does: the visitor against the last three messages, the bot
// against all its answers. What every twentieth conversation holds is small talk and repeats nothing.
func repetitions(talk clues.Talk, c *clues.Corpus) []repetition {
	const recent, smallTalk = 3, .05
	alike := [2]float64{.5, .7}
	out := make([]repetition, len(talk))
	var r repetition
	var before [2][]clues.Turn
	for i, t := range talk {
		s := 0
		if r.bot = t.Bot; t.Bot {
			s = 1
		} else {
			r.age[0]++
			r.age[1]++
		}
		past := before[s]
		if !t.Bot && len(past) > recent {
			past = past[len(past)-recent:]
		}
		for _, p := range past {
			if clues.Overlapping(t, p) >= alike[s] && c.HeardShare(t) < smallTalk {
				r.value[s]++
				r.age[s] = 0
				break
			}
		}
		before[s] = append(before[s], t)
		out[i] = r
	}
	return out
}

// points is the sum that Judge makes of a repetition, fading as its points do.
func (r repetition) points(p escalate.Policy) int {
	sum := 0
	for k, s := range learnable {
		sum += int(float64(p.Points[s][min(r.value[k], most)]) * r.left(k, p.FadeOver))
	}
	return sum
}

// most is the last bin of a signal that counts: "three or more".
const most = 3

// left is the share of its points that a signal has not lost to age.
func (r repetition) left(k, over int) float64 {
	return math.Max(0, float64(over-r.age[k])/float64(max(over, 1)))
}

// learnPoints fits an L2 logistic regression over the bins of a policy, each as strong as its age
// leaves it, so that the sum of points is the sum that Judge makes. 100 points, where a person comes,
// are as far as from a turn with no signal to an even chance that people would hand it over.
func learnPoints(train []clues.Talk, base escalate.Policy) escalate.Policy {
	corpus := clues.NewCorpus(train)
	var cells [][]learn.Cell
	var labels []bool
	quiet := [2]int{}
	for _, talk := range train {
		for t, r := range repetitions(talk, corpus.Without(talk)) {
			cells, labels = append(cells, r.cells(base.FadeOver)), append(labels, talk[t].Label)
			if talk[t].Bot {
				quiet[1]++
			} else {
				quiet[0]++
			}
		}
	}
	m := learn.FitLogistic(cells, labels, learn.LogisticOptions{Epochs: 200})
	share := float64(quiet[1]) / float64(max(quiet[0]+quiet[1], 1))
	start := m.Bias() + share*m.Weight(speaker)
	unit := float64(base.TransferAt) / max(-start, .5)
	for k, s := range learnable {
		points, sum := &base.Points[s], 0.0
		for bin := 1; bin <= most; bin++ {
			sum += m.Weight(step(k, bin))
			// More of a signal never counts less: what the data says otherwise is chance.
			points[bin] = max(points[bin-1], min(int(math.Round(sum*unit)), base.TransferAt))
		}
	}
	return base
}

// speaker is the cell of who speaks: the bot's turns are labelled more often, which is no signal.
const speaker = 1

func step(k, bin int) uint64 { return uint64(k+1)<<8 | uint64(bin) }

func (r repetition) cells(fadeOver int) []learn.Cell {
	var out []learn.Cell
	if r.bot {
		out = append(out, learn.Cell{At: speaker, Value: 1})
	}
	for k := range learnable {
		for bin := 1; bin <= min(r.value[k], most); bin++ {
			if left := r.left(k, fadeOver); left > 0 {
				out = append(out, learn.Cell{At: step(k, bin), Value: left})
			}
		}
	}
	return out
}
