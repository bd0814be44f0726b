package escalate

import (
	"strconv"
	"strings"
	"testing"
)

func TestWhatPeopleFeelIsReadInThreeScripts(t *testing.T) {
	t.Parallel()
	read := map[string]func(text string) int{
		"frustrated": func(text string) int { return int(frustrated(moodOf(Normalise(text)), text)) },
		"complaint":  func(text string) int { return int(moodOf(Normalise(text)).complained) },
		"hesitated":  func(text string) int { return number(hesitates(moodOf(Normalise(text)), Normalise(text), text)) },
		"struggles":  func(text string) int { return number(moodOf(Normalise(text)).struggles) },
	}
	for _, l := range lines(t, "mood.txt") {
		f := strings.SplitN(l, "\t", 3)
		want, err := strconv.Atoi(f[1])
		if err != nil || read[f[0]] == nil {
			t.Fatalf("%q: no such line, %v", l, err)
		}
		if got := read[f[0]](f[2]); got != want {
			t.Errorf("%s of %q = %d, want %d", f[0], f[2], got, want)
		}
	}
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
