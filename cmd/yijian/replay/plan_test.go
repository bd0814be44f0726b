package replay

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
)

func numbered(n int) []question {
	out := make([]question, n)
	for i := range out {
		out[i] = question{Text: "question " + strconv.Itoa(i), Category: "c" + strconv.Itoa(i)}
	}
	return out
}

func TestPlansTakeEveryQuestionOnceBeforeTheyBeginAgain(t *testing.T) {
	t.Parallel()
	all := numbered(7)
	p := planner{questions: all, seed: 1}
	var got []question
	for len(got) < 30 {
		lines := p.plan().Questions
		if len(lines) < 1 || len(lines) > mostQuestions {
			t.Fatalf("got %d questions, want 1 to %d", len(lines), mostQuestions)
		}
		for _, l := range lines {
			got = append(got, question{Text: l.Text, Category: l.Category})
		}
	}
	for i, q := range got {
		if q != all[i%len(all)] {
			t.Errorf("question %d is %q, want %q", i, q.Text, all[i%len(all)].Text)
		}
	}
}

func TestShuffledQuestionsAreTheSameInAnotherOrder(t *testing.T) {
	t.Parallel()
	all := numbered(20)
	p := newPlanner(Config{Seed: 5, Shuffle: true}, all)
	if cmp.Equal(all, p.questions) {
		t.Error("the questions are in the order of the file")
	}
	if !cmp.Equal(p.questions, newPlanner(Config{Seed: 5, Shuffle: true}, all).questions) {
		t.Error("the same seed made another order")
	}
	times := map[question]int{}
	for _, q := range p.questions {
		times[q]++
	}
	for i, q := range all {
		if q != numbered(20)[i] || times[q] != 1 {
			t.Errorf("question %q is there %d times", q.Text, times[q])
		}
	}
}

func TestTheSameSeedMakesTheSamePlans(t *testing.T) {
	t.Parallel()
	plans := func(seed uint64) []plan {
		p := planner{questions: numbered(5), seed: seed, press: 0.3, ask: 0.3}
		return []plan{p.plan(), p.plan(), p.plan()}
	}
	if diff := cmp.Diff(plans(7), plans(7)); diff != "" {
		t.Errorf("plans differ (-first +second):\n%s", diff)
	}
	if cmp.Equal(plans(7), plans(8)) {
		t.Error("another seed made the same plans")
	}
}

func TestNoIDIsUsedTwice(t *testing.T) {
	t.Parallel()
	p := planner{questions: numbered(5), seed: 7}
	used := map[string]bool{}
	for range 50 {
		made := p.plan()
		ids := []string{made.Tap, made.Leave, made.Plea.ID}
		for _, l := range append(made.Questions, made.Talk...) {
			ids = append(ids, l.ID)
		}
		for _, id := range ids {
			if used[id] {
				t.Fatalf("%s names two things", id)
			}
			used[id] = true
		}
	}
}

func TestSharesOfVisitorsPressAndAsk(t *testing.T) {
	t.Parallel()
	const n, seed = 5000, 42
	p := planner{questions: numbered(5), seed: seed, press: 0.2, ask: 0.1}
	count := map[manner]int{}
	for range n {
		count[p.plan().Manner]++
	}
	near := func(got int, want float64) bool { return abs(float64(got)/n-want) < 0.02 }
	if !near(count[presses], 0.2) || !near(count[asksInWords], 0.1) || !near(count[leaves], 0.7) {
		t.Errorf("seed %d: got %v of %d, want shares of 0.2, 0.1 and 0.7", seed, count, n)
	}
	none := planner{questions: numbered(5), seed: seed}
	every := planner{questions: numbered(5), seed: seed, press: 1}
	for range 200 {
		if m := none.plan().Manner; m != leaves {
			t.Fatalf("with no shares somebody wants a person (%d)", m)
		}
		if m := every.plan().Manner; m != presses {
			t.Fatalf("with a share of 1 somebody does not press (%d)", m)
		}
	}
}

func abs(x float64) float64 { return max(x, -x) }

func TestEveryTalkEndsWithAFarewell(t *testing.T) {
	t.Parallel()
	p := planner{questions: numbered(5), seed: 3}
	for range 100 {
		talk := p.plan().Talk
		for i, l := range talk {
			if last := i == len(talk)-1; isFarewell(l.Text) != last {
				t.Fatalf("line %d of %d is %q", i+1, len(talk), l.Text)
			}
		}
	}
}

func TestEveryPleaIsPlainEnoughForTheRouter(t *testing.T) {
	t.Parallel()
	if len(pleas) < 20 {
		t.Errorf("got %d ways to ask, want at least 20", len(pleas))
	}
	for _, text := range pleas {
		if score := escalate.AskScore(escalate.Normalise(text)); score < 0.8 {
			t.Errorf("%q scores %.2f, want at least 0.80", text, score)
		}
	}
	for _, text := range append(followUps, farewells...) {
		if score := escalate.AskScore(escalate.Normalise(text)); score >= 0.8 {
			t.Errorf("%q scores %.2f, but it asks for nobody", text, score)
		}
	}
}
