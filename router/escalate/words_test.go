package escalate

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// lines reads a list of messages, one a line; # begins a comment.
func lines(t testing.TB, name string) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var ls []string
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimRight(l, "\n"); l != "" && l[0] != '#' {
			ls = append(ls, l)
		}
	}
	return ls
}

func TestPlainWordsAlwaysLeadToAPerson(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ask.zh.txt", "ask.tw.txt", "ask.en.txt"} {
		ls := lines(t, name)
		if len(ls) < 120 {
			t.Errorf("%s has %d phrasings, want 120 or more", name, len(ls))
		}
		for _, l := range ls {
			if got := AskScore(Normalise(l)); got < sureFrom {
				t.Errorf("AskScore(%q) = %v, want at least %v", l, got, sureFrom)
			}
		}
	}
}

func TestRequestsThatNoTableWasWrittenForAreHeardOrAskedAbout(t *testing.T) {
	t.Parallel()
	var asked, heard, others, wrong int
	for _, l := range lines(t, "fresh.txt") {
		label, text, _ := strings.Cut(l, "\t")
		x := read(Normalise(text), nil)
		got := max(level(x.ask()), x.refusal())
		if label == "1" {
			asked++
			heard += number(got > None)
		} else {
			others++
			wrong += number(got == Sure)
		}
		if (got > None) != (label == "1") {
			t.Logf("%s %q: %v", label, text, got)
		}
	}
	t.Logf("of %d requests %d heard or asked about; of %d others %d handed over", asked, heard, others, wrong)
	if float64(heard) < .97*float64(asked) || float64(wrong) > .03*float64(others) {
		t.Error("want .97 heard and at most .03 handed over wrongly")
	}
}

func TestTheModelNeverHandsOverByItself(t *testing.T) {
	t.Parallel()
	for _, words := range []float64{nothing, maybeFrom, doubtful, wanted, direct, plain} {
		for _, open := range []bool{false, true} {
			last := -1.0
			for chance := 0.0; chance <= 1; chance += 0.01 {
				got := combine(words, chance, open)
				if got < last {
					t.Errorf("words %v, open %v: a chance of %.2f gives %v, a smaller one %v", words, open, chance, got, last)
				}
				if last = got; words < maybeFrom && level(got) == Sure || words == plain && got != plain {
					t.Errorf("words %v, open %v, chance %.2f: %v", words, open, chance, got)
				}
			}
		}
	}
}

func TestNamingAPersonIsNotAskingForOne(t *testing.T) {
	t.Parallel()
	for _, l := range lines(t, "not_ask.txt") {
		x := read(Normalise(l), nil)
		if got := max(level(x.ask()), x.refusal()); got == Sure {
			t.Errorf("%q was taken for a request (ask %v, refusal %v)", l, x.ask(), x.refusal())
		} else if got == Maybe {
			t.Logf("%q would be asked about", l)
		}
	}
}

func TestRefusingTheBotIsHeard(t *testing.T) {
	t.Parallel()
	for _, l := range lines(t, "refuse.txt") {
		if got := read(Normalise(l), nil).refusal(); got != Sure {
			t.Errorf("refusal(%q) = %v, want %v", l, got, Sure)
		}
	}
}

func TestIncidentsAreToldFromQuestionsAboutThem(t *testing.T) {
	t.Parallel()
	for _, l := range lines(t, "safety.txt") {
		n, text, _ := strings.Cut(l, "\t")
		want, err := strconv.Atoi(n)
		if err != nil {
			t.Fatalf("%q: %v", l, err)
		}
		if got := safety(Normalise(text)); got != Level(want) {
			t.Errorf("safety(%q) = %v, want %v", text, got, want)
		}
	}
}
