package evaluate

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"yijian/router/escalate"
)

const (
	// askFolds is into how many parts the messages are dealt.
	askFolds = 5
	// fewMessages is below how many there is nothing to choose a threshold from.
	fewMessages = 50
	// The shares of others that may be transferred and offered where the thresholds are chosen: a
	// third below the goals, so that a part that was not seen has room.
	mostTransferred = 0.02
	mostOffered     = 0.065
)

// askCase is a message with what its words say of it.
type askCase struct {
	score float64
	asks  bool
}

// askInFolds chooses both thresholds on four fifths of the messages and counts on the fifth, in turn.
// It answers nil if there are too few messages of either kind.
func askInFolds(messages []Message, seed uint64) *AskFigures {
	cases := make([]askCase, len(messages))
	asking := 0
	for i, m := range messages {
		cases[i] = askCase{escalate.PersonScore(escalate.Normalise(m.Text)), m.Label}
		if m.Label {
			asking++
		}
	}
	if len(cases) < fewMessages || asking < askFolds || len(cases)-asking < askFolds {
		return nil
	}
	rand.New(rand.NewPCG(seed, 6)).Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
	t := &tally{}
	for k := range askFolds {
		var seen, unseen []askCase
		for i, c := range cases {
			if i%askFolds == k {
				unseen = append(unseen, c)
			} else {
				seen = append(seen, c)
			}
		}
		transferAt := lowest(seen, mostTransferred)
		offerAt := min(lowest(seen, mostTransferred+mostOffered), transferAt)
		for _, c := range unseen {
			t.count(c.score >= transferAt, c.score >= offerAt, c.asks)
		}
	}
	f := t.figures()
	return &f
}

// lowest is the lowest threshold that no more than a share of the others reaches.
func lowest(cases []askCase, share float64) float64 {
	others, at := 0, 1.0
	for _, c := range cases {
		if !c.asks {
			others++
		}
	}
	sorted := slices.SortedFunc(slices.Values(cases), func(a, b askCase) int { return cmp.Compare(b.score, a.score) })
	wrong := 0
	for i, c := range sorted {
		if !c.asks {
			wrong++
		}
		if float64(wrong) > share*float64(others) || c.score <= 0 {
			break
		}
		if i+1 == len(sorted) || sorted[i+1].score < c.score {
			at = c.score
		}
	}
	return at
}
