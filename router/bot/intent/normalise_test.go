package intent_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"yijian/router/bot/intent"
)

func TestNormaliseMapsWaysOfTypingToOne(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"case and punctuation":   {"  Where IS it?! ", "where is it"},
		"apostrophes":            {"I can't, I can’t", "i cant i cant"},
		"full width":             {"ＡＢＣ１２", "abc12"},
		"traditional characters": {"退貨運費誰出", "退货运费谁出"},
		"long numbers":           {"订单 20260101 和 123", "订单0000和123"},
		"long number in a word":  {"yj12345x", "yj0000x"},
		"invisible characters":   {"退\u200b\u202e款\ufeff", "退款"},
		"emoji":                  {"好的👍🏽谢谢", "好的谢谢"},
		"control characters":     {"a\x00b\nc", "a b c"},
		"broken UTF-8":           {"a\xffb", "a b"},
		"a polite opening":       {"您好，請問一下退貨運費誰出", "退货运费谁出"},
		"only politeness":        {"您好", "您好"},
		"nothing":                {"。。。", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := intent.Normalise(c.text); got != c.want {
				t.Errorf("Normalise(%q): got %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestNormaliseLooksAtABoundedPart(t *testing.T) {
	t.Parallel()
	for _, r := range []string{"a", "一", "ﷺ", "1", "a "} {
		got := utf8.RuneCountInString(intent.Normalise(strings.Repeat(r, 16<<10)))
		if got > 800 {
			t.Errorf("16 Ki × %q: got %d characters, want at most 800", r, got)
		}
	}
}
