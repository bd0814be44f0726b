package evaluate_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/router/evaluate"
)

// plain is conversations in which the bot says 7 again where a person should take over.
func plain(t *testing.T, n int) []evaluate.Dialogue {
	t.Helper()
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, `{"turns":[{"role":"visitor","words":[1,2],"handoff":0},{"role":"bot","words":[7,8,%d],"handoff":0},`+
			`{"role":"visitor","words":[%d],"handoff":0},{"role":"bot","words":[7,8,%d],"handoff":1}]}`+"\n", 100+i%7, i%10, 100+i%7)
	}
	all, err := evaluate.ReadDialogues(strings.NewReader(lines.String()))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestHandoffIsTheSameTwiceAndFindsWhatIsPlain(t *testing.T) {
	t.Parallel()
	all := plain(t, 20)
	for _, o := range []evaluate.HandoffOptions{
		{Model: "scorecard", Seed: 3},
		{Model: "stack", Seed: 3},
		{Model: "stack", BehaviourOnly: true, Seed: 3},
	} {
		var twice [2]evaluate.HandoffReport
		for i := range twice {
			var err error
			if twice[i], err = evaluate.Handoff(t.Context(), nil, all, o); err != nil {
				t.Fatal(err)
			}
		}
		if twice[0] != twice[1] || twice[0].AUC.Value < .99 || twice[0].F1.Value < .95 {
			t.Errorf("got %+v and %+v, want the same with an AUC of 1", twice[0], twice[1])
		}
	}
}

func TestBehaviourLearnedFromOneShopIsFoundInAnother(t *testing.T) {
	t.Parallel()
	other := plain(t, 15)
	for _, d := range other {
		for i := range d.Turns {
			for k := range d.Turns[i].Words {
				d.Turns[i].Words[k] += 5000 // other words for the same behaviour
			}
		}
	}
	r, err := evaluate.Handoff(t.Context(), plain(t, 20), other, evaluate.HandoffOptions{Model: "scorecard", BehaviourOnly: true})
	if err != nil || r.F1.Value < .95 {
		t.Errorf("got %+v and %v, want an F1 of 1", r, err)
	}
}

func TestHandoffRefusesWhatItCannotLearnFrom(t *testing.T) {
	t.Parallel()
	few, quiet := plain(t, 3), plain(t, 20)
	for _, d := range quiet {
		none := 0
		d.Turns[3].Handoff = &none
	}
	for name, c := range map[string]struct {
		train []evaluate.Dialogue
		model string
		says  string
	}{
		"too few":     {few, "stack", "too few"},
		"one class":   {quiet, "stack", "the same"},
		"no model":    {plain(t, 20), "oracle", "scorecard and stack"},
		"empty talks": {make([]evaluate.Dialogue, 50), "scorecard", "too few"},
	} {
		_, err := evaluate.Handoff(t.Context(), c.train, plain(t, 5), evaluate.HandoffOptions{Model: c.model})
		if !errors.Is(err, evaluate.ErrData) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want an error that says %q", name, err, c.says)
		}
	}
}

func TestHandoffStandsTurnsWithoutWordsAndHugeWords(t *testing.T) {
	t.Parallel()
	all := plain(t, 20)
	all[0].Turns[0].Words = nil
	all[1].Turns[2].Words = []int{1<<63 - 1, -1 << 63, 0}
	all[2].Turns = nil
	for _, model := range []string{"scorecard", "stack"} {
		if _, err := evaluate.Handoff(t.Context(), nil, all, evaluate.HandoffOptions{Model: model}); err != nil {
			t.Errorf("%s: %v", model, err)
		}
	}
}

func TestProgressCountsToTheEnd(t *testing.T) {
	t.Parallel()
	var last, of, calls int
	_, err := evaluate.Handoff(t.Context(), plain(t, 20), plain(t, 5), evaluate.HandoffOptions{
		Model: "scorecard", Progress: func(done, all int) { last, of, calls = done, all, calls+1 },
	})
	if err != nil || last != of || calls != of {
		t.Errorf("heard %d times, at last %d of %d, and %v; want every step to the last", calls, last, of, err)
	}
}

func TestTrainingWritesTheSameValidDraftTwice(t *testing.T) {
	t.Parallel()
	var twice [2]evaluate.TrainReport
	for i := range twice {
		var err error
		if twice[i], err = evaluate.Train(t.Context(), plain(t, 20), escalate.Default(), evaluate.HandoffOptions{Model: "scorecard", Seed: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(twice[0], twice[1]); diff != "" {
		t.Errorf("the same data taught twice (-first +second)\n%s", diff)
	}
	if err := twice[0].Policy.Validate(); err != nil {
		t.Error(err)
	}
	if len(twice[0].Card) == 0 {
		t.Error("the scorecard has no table")
	}
}

func TestLearningStopsWhenItIsToldTo(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	_, err := evaluate.Handoff(ctx, nil, plain(t, 20), evaluate.HandoffOptions{
		Model: "stack", Progress: func(int, int) { stop() },
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func FuzzHandoff(f *testing.F) {
	f.Add(`{"turns":[{"role":"bot","words":[1],"handoff":0},{"role":"visitor","words":[],"handoff":1}]}`)
	f.Add(`{"turns":[]}` + "\n" + `{"turns":[{"role":"bot","words":[9223372036854775807],"handoff":1},{"role":"bot","handoff":0}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		all, err := evaluate.ReadDialogues(strings.NewReader(text))
		if err != nil {
			return
		}
		var many []evaluate.Dialogue
		for range 10 {
			many = append(many, all...)
		}
		if len(many) > 40 {
			return // slow, and no other case
		}
		if _, err := evaluate.Handoff(t.Context(), nil, many, evaluate.HandoffOptions{Model: "scorecard"}); err != nil && !errors.Is(err, evaluate.ErrData) {
			t.Error(err)
		}
	})
}
