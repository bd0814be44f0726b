package clues_test

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/evaluate/clues"
)

// random makes conversations of few words, so that they repeat themselves and one another.
func random(seed uint64, n int) []clues.Talk {
	r := rand.New(rand.NewPCG(seed, 8))
	talks := make([]clues.Talk, n)
	for i := range talks {
		for range 1 + r.IntN(9) {
			talks[i] = append(talks[i], turn(r))
		}
	}
	return talks
}

func turn(r *rand.Rand) clues.Turn {
	t := clues.Turn{Bot: r.IntN(2) == 0, Label: r.IntN(4) == 0}
	for range r.IntN(6) {
		t.Words = append(t.Words, r.IntN(25))
	}
	return t
}

func fold(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i % 3
	}
	return out
}

func TestWhatComesLaterNeverChangesWhatIsToldOfATurn(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		talks := random(seed, 12)
		r := rand.New(rand.NewPCG(seed, 9))
		at := r.IntN(len(talks))
		talk := talks[at]
		keep := r.IntN(len(talk)) + 1
		other := append(append(clues.Talk(nil), talk[:keep]...), turn(r), turn(r))
		changed := append([]clues.Talk(nil), talks...)
		changed[at] = other

		o := clues.Options{Labels: true, Seed: seed}
		before, after := clues.Cross(talks, fold(12), o), clues.Cross(changed, fold(12), o)
		if diff := cmp.Diff(before[at][:keep], after[at][:keep]); diff != "" {
			t.Fatalf("seed %d: told by other folds (-before +after)\n%s", seed, diff)
		}
		notes, _ := clues.Learn(talks, fold(12), o)
		if diff := cmp.Diff(notes.Of(talk)[:keep], notes.Of(other)[:keep]); diff != "" {
			t.Fatalf("seed %d: told of a new conversation (-before +after)\n%s", seed, diff)
		}
		for i := range keep {
			if diff := cmp.Diff(clues.Words(talk, i), clues.Words(other, i)); diff != "" {
				t.Fatalf("seed %d: words (-before +after)\n%s", seed, diff)
			}
		}
	}
}

func TestWhatIsToldOfAConversationNeverComesFromItsOwnLabels(t *testing.T) {
	t.Parallel()
	talks := random(3, 12)
	other := append([]clues.Talk(nil), talks...)
	other[4] = append(clues.Talk(nil), talks[4]...)
	for i := range other[4] {
		other[4][i].Label = !other[4][i].Label
	}
	_, a := clues.Learn(talks, fold(12), clues.Options{Seed: 1})
	_, b := clues.Learn(other, fold(12), clues.Options{Seed: 1})
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("without labels (-as they are +turned)\n%s", diff)
	}
}

func TestRowsHaveTheColumnsThatAreNamed(t *testing.T) {
	t.Parallel()
	talks := random(1, 12)
	_, rows := clues.Learn(talks, fold(12), clues.Options{Labels: true})
	for i, talk := range talks {
		for j := range talk {
			if got, want := len(rows[i][j]), clues.LabelledAt+clues.Labelleds; got != want {
				t.Fatalf("turn %d of %d: got %d columns, want %d", j, i, got, want)
			}
		}
	}
}

func TestRepetitionIsSeenApartForVisitorAndBot(t *testing.T) {
	t.Parallel()
	say := func(bot bool, words ...int) clues.Turn { return clues.Turn{Bot: bot, Words: words} }
	talk := clues.Talk{
		say(false, 1, 2, 3), say(true, 7, 8, 9), say(false, 1, 2, 4), say(true, 7, 8, 9), say(false),
	}
	rows := clues.Behaviour(talk, clues.NewCorpus(random(2, 5)))
	var got [][]float64
	for _, row := range rows {
		got = append(got, []float64{row[clues.Bot], row[clues.VisitorRepeats], row[clues.BotRepeats], row[clues.Overlap], row[clues.Exact]})
	}
	want := [][]float64{{0, 0, 0, 0, 0}, {1, 0, 0, 0, 0}, {0, 1, 0, .5, 0}, {1, 1, 1, 1, 1}, {0, 1, 1, 0, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bot, visitor repeats, bot repeats, overlap, exact (-want +got)\n%s", diff)
	}
}

func TestNeighboursTellWhatOthersLabelled(t *testing.T) {
	t.Parallel()
	talks := random(4, 20) // whose words are others
	for i := range 10 {
		talks = append(talks, clues.Talk{
			{Words: []int{31, 32, 100 + i}},
			{Bot: true, Words: []int{50, 51}, Label: true},
			{Words: []int{33, 34, 200 + i}},
			{Bot: true, Words: []int{60, 61}},
		})
	}
	notes, _ := clues.Learn(talks, fold(30), clues.Options{Labels: true})
	rows := notes.Of(talks[20])
	const labelled, usual = clues.LabelledAt + clues.LabelledMany, clues.UsualAt + clues.UsualAnswer
	if rows[1][labelled] < .9 || rows[3][labelled] > .1 {
		t.Errorf("got shares of %.2f and %.2f labelled, want nearly all and none", rows[1][labelled], rows[3][labelled])
	}
	odd := clues.Talk{talks[20][0], {Bot: true, Words: []int{70, 71}}}
	if got := notes.Of(odd)[1][usual]; got != 0 || rows[1][usual] < .7 {
		t.Errorf("an answer never given is usual by %.2f, the usual one by %.2f; want 0 and nearly 1", got, rows[1][usual])
	}
}
