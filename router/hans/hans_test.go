package hans_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"yijian/router/hans"
)

func TestTraditionalTextIsWrittenInSimplifiedCharacters(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":               "",
		"plain 123 🙂":    "plain 123 🙂",
		"人工客服":           "人工客服",
		"請幫我轉接專員，謝謝妳":    "请帮我转接专员，谢谢你",
		"帳號被盜、信用卡遺失":     "账号被盗、信用卡遗失",
		"帐号、賬號":          "账号、账号",
		"為什麼還沒有收到貨":      "为什么还没有收到货",
		"臺灣門市什麼時候營業":     "台湾门市什么时候营业",
		"螢幕太亮，裡面看不清楚":    "萤幕太亮，里面看不清楚",
		"接著怎麼辦":          "接着怎么办",
		"ひらがなはそのまま":      "ひらがなはそのまま",
		"\U000200AC\xff": "\U000200AC\uFFFD",
	} {
		if got := strings.Map(hans.Simplify, in); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
}

func TestSimplifyingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	changed := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		s := hans.Simplify(r)
		if s != r {
			changed++
		}
		if hans.Simplify(s) != s {
			t.Errorf("%c becomes %c and then %c", r, s, hans.Simplify(s))
		}
	}
	if changed < 2900 {
		t.Errorf("%d characters have a simplified form, want more than 2900", changed)
	}
}
