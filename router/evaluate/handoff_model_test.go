package evaluate

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/router/evaluate/clues"
)

// shop makes conversations in which what is labelled is the bot's saying the same again, mostly.
func shop(seed uint64, n int) []clues.Talk {
	r := rand.New(rand.NewPCG(seed, 8))
	talks := make([]clues.Talk, n)
	for i := range talks {
		for j := range 4 + r.IntN(6) {
			t := clues.Turn{Bot: j%2 == 1}
			for range 1 + r.IntN(6) {
				t.Words = append(t.Words, r.IntN(60))
			}
			if t.Bot && j > 2 && r.IntN(2) == 0 {
				t.Words, t.Label = talks[i][j-2].Words, r.IntN(8) > 0
			}
			talks[i] = append(talks[i], t)
		}
	}
	return talks
}

func TestNoModelLooksAhead(t *testing.T) {
	t.Parallel()
	for _, o := range []HandoffOptions{{Model: "scorecard"}, {Model: "stack"}, {Model: "stack", BehaviourOnly: true}} {
		m, err := fitHandoff(t.Context(), shop(1, 20), o, func() {})
		if err != nil {
			t.Fatal(err)
		}
		for i, talk := range shop(2, 20) {
			whole := m.find(talk, m.notes.Of(talk))
			for keep := range talk {
				part := m.find(talk[:keep], m.notes.Of(talk[:keep]))
				if diff := cmp.Diff(whole[:keep], append([]found{}, part...), cmp.AllowUnexported(found{}, scored{})); diff != "" {
					t.Fatalf("%+v, conversation %d cut after %d turns (-whole +cut)\n%s", o, i, keep, diff)
				}
			}
		}
	}
}

func TestADraftLearnsThatABotRepeatingItselfCalls(t *testing.T) {
	t.Parallel()
	p := learnPoints(shop(3, 60), escalate.Default())
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	bot, visitor := p.Points[escalate.BotRepeated], p.Points[escalate.Repeated]
	if bot[1] < 60 || visitor[1] > 30 {
		t.Errorf("got %v for the bot's repetitions and %v for the visitor's, want many and few points", bot, visitor)
	}
	if p.Points[escalate.Asked] != escalate.Default().Points[escalate.Asked] {
		t.Error("a signal that the data cannot show has other points than before")
	}
}

func TestPointsFadeAsJudgeLetsThemFade(t *testing.T) {
	t.Parallel()
	p := escalate.Default()
	r := repetition{value: [2]int{1, 5}, age: [2]int{2, p.FadeOver}}
	if got, want := r.points(p), p.Points[escalate.Repeated][1]*(p.FadeOver-2)/p.FadeOver; got != want {
		t.Errorf("got %d points, want %d of the visitor's and none of the bot's", got, want)
	}
}

func TestGoldenTransferIsNearnessToTheLabelledTurn(t *testing.T) {
	t.Parallel()
	at := func(predicted, labelled int) []found {
		turns := make([]found, 5)
		for i := range turns {
			turns[i].predicted, turns[i].label = i == predicted, i == labelled
		}
		return turns
	}
	for name, c := range map[string]struct {
		turns []found
		want  float64
	}{
		"on it":        {at(2, 2), 1},
		"one turn off": {at(3, 2), 0.6065306597126334},
		"neither":      {at(-1, -1), 1},
		"missed":       {at(-1, 2), 0},
		"made up":      {at(2, -1), 0},
	} {
		if got := golden(c.turns, 1); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
