package openai

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAnAnswerBeginsWithWhatItIs(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]reading{
		"":                         {},
		"[answer] 三天内到账。":          {text: "三天内到账。"},
		"[ANSWER]\nIn three days.": {text: "In three days."},
		"[unsure] 我不知道。":           {is: unsure, text: "我不知道。"},
		" [person]马上转人工。":          {is: person, text: "马上转人工。"},
		"[unsure]":                 {is: unsure},
		"No mark at all.":          {text: "No mark at all."},
		"[订单] 在“我的”里。":             {text: "[订单] 在“我的”里。"},
		"<think>well, [unsure]…</think>[answer]Yes": {text: "Yes"},
		"<think>still at it":                        {},
		"[ans":                                      {},
		"<thi":                                      {},
		"<3 days":                                   {text: "<3 days"},
	} {
		if got := read(raw); got != want {
			t.Errorf("%q is read as %+v, want %+v", raw, got, want)
		}
	}
}

// Whatever a model says, piece by piece: what is shown only grows, and ends as the whole is read.
func FuzzWhatIsShownOfAnAnswerOnlyGrows(f *testing.F) {
	f.Add("[answer] 三天内到账。", uint8(3))
	f.Add("<think>hm</think> [person]Soon.", uint8(1))
	f.Add("[unsure", uint8(1))
	f.Fuzz(func(t *testing.T, raw string, step uint8) {
		if !utf8.ValidString(raw) {
			t.Skip()
		}
		before, runes := "", []rune(raw)
		for end := 0; end < len(runes); end += int(step%7) + 1 {
			now := read(string(runes[:end])).text
			if !strings.HasPrefix(now, before) {
				t.Fatalf("%q was shown, and then %q", before, now)
			}
			before = now
		}
		if whole := read(raw).text; !strings.HasPrefix(whole, before) {
			t.Fatalf("%q was shown of %q", before, whole)
		}
	})
}
