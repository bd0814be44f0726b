package words_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"yijian/session/record/words"
)

func TestTextIsCutIntoPairsAndWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"我要退款":                     "我要 要退 退款 款",
		"我的VIP会员呢？":                "我的 的 vip 会员 员呢 呢",
		"退，款":                      "退 款",
		"Refunds refunded REFUND":  "refund refund refund",
		"the address of companies": "the address of compan",
		"ＲＥＦＵＮＤ　１２３":               "refund 123",
		"order no. A-1024!":        "order no a 1024",
		"":                         "",
		" \t'\";--":                "",
		"カード決済":                    "カー ード ド決 決済 済",
	} {
		if diff := cmp.Diff(want, strings.Join(words.Split(text), " ")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestAQueryHasNoSyntaxToBreakOutOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]string{
		"退款":                             {`"退款"`, `('退款')`},
		"退款申请":                           {`"退款 款申 申请"`, `('退款' <-> '款申' <-> '申请')`},
		"退":                              {`"退"*`, `'退':*`},
		"my refunds":                     {`"my" "refund"`, `('my') & ('refund')`},
		`'; DROP TABLE sessions; --`:     {`"drop" "tabl" "session"`, `('drop') & ('tabl') & ('session')`},
		`" OR 1=1 NEAR(a b) * ^col:x`:    {`"or" "1" "1" "near" "a" "b" "col" "x"`, `('or') & ('1') & ('1') & ('near') & ('a') & ('b') & ('col') & ('x')`},
		"' | !'x' <-> :* \\' \x00 退\x00": {`"x" "退"*`, `('x') & '退':*`},
		"？！…":                            {"", ""},
	} {
		q := words.Parse(text)
		if diff := cmp.Diff(want, [2]string{q.FTS5(), q.TSQuery()}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if q.Empty() != (want[0] == "") {
			t.Errorf("%q: empty is %t", text, q.Empty())
		}
	}
}

func TestTheTermsAreWhatToMark(t *testing.T) {
	t.Parallel()
	got := words.Parse("退款申请 refunds 快").Terms()
	if diff := cmp.Diff([]string{"退款申请", "refund", "快"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHugeTextIsBounded(t *testing.T) {
	t.Parallel()
	if n := len(words.Split(strings.Repeat("退款 ", 100_000))); n != 10_000 {
		t.Errorf("%d tokens, want 10,000", n)
	}
	if got := words.Split(strings.Repeat("x", 1_000_000)); len(got) != 1 || len(got[0]) != 40 {
		t.Errorf("got %d tokens, the first of %d letters; want one of 40", len(got), len(got[0]))
	}
	if n := strings.Count(words.Parse(strings.Repeat("a ", 1000)).FTS5(), `"a"`); n != 32 {
		t.Errorf("%d terms, want 32", n)
	}
}

func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"我要退款", "Refunds 退款", "'\"\\;--\x00\xff", "é́́", "ﷺ", "ⅷ①½"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, token := range words.Split(text) {
			if token == "" || strings.ContainsFunc(token, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
			}) {
				t.Errorf("%q has the token %q", text, token)
			}
		}
		words.TSVector(words.Split(text))
		words.Parse(text).TSQuery()
		words.Parse(text).Terms()
	})
}
