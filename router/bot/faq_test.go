package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/bot"
	"yijian/router/bot/kb"
)

// demo is trained once: every test only asks it.
var demo = sync.OnceValues(func() (*bot.FAQ, error) {
	k, err := kb.Demo()
	if err != nil {
		return nil, err
	}
	return bot.NewFAQ(k, bot.Options{})
})

func demoBot(t testing.TB) *bot.FAQ {
	t.Helper()
	f, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func ask(t *testing.T, f *bot.FAQ, lang, text string) bot.Reply {
	t.Helper()
	r, err := f.Reply(t.Context(), bot.Turn{Lang: lang, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryExampleQuestionIsAnsweredWithItsOwnEntry(t *testing.T) {
	t.Parallel()
	f := demoBot(t)
	k, err := kb.Demo()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range k.Entries {
		for _, lang := range []string{kb.Chinese, kb.English} {
			for _, q := range e.In(lang).Questions {
				r := ask(t, f, lang, q)
				if r.Intent != e.ID || r.Text != e.Answer(lang) || r.Unsure {
					t.Errorf("%q: got %q, unsure %v, want %q", q, r.Intent, r.Unsure, e.ID)
				}
			}
		}
	}
}

func TestNewWordingsAreAnswered(t *testing.T) {
	t.Parallel()
	f := demoBot(t)
	for text, want := range map[string]string{
		"姑娘，我那个退款咋还没到账呀":                 "refund_when",
		"我想问一下你们这个包不包邮":                  "ship_fee",
		"這個可以退貨嗎，我不喜歡":                   "return_how",
		"我 要 开 发 票":                      "invoice_how",
		"密码忘了，登不上去":                      "password_forgot",
		"屏幕上的字看不清，能大点吗":                  "text_too_small",
		"hi, I'd like to get an invoice": "invoice_how",
		"where's my parcel??":            "track_how",
		"how do i return these shoes":    "return_how",
		"my acount was hacked":           "account_stolen",
	} {
		if r := ask(t, f, "zh-CN", text); r.Intent != want || r.Unsure {
			t.Errorf("%q: got %q (%.2f), unsure %v, want %q", text, r.Intent, r.Confidence, r.Unsure, want)
		}
	}
}

func TestTheAnswerIsInTheLanguageOfTheQuestion(t *testing.T) {
	t.Parallel()
	f := demoBot(t)
	for _, c := range []struct{ lang, text, want string }{
		{"zh-TW", "怎麼開發票", "付款后"},
		{"en", "怎么开发票", "付款后"},
		{"zh-CN", "How do I get an invoice?", "After paying"},
		{"fr-FR", "How do I get an invoice?", "After paying"},
		{"zh-CN", "iPhone", "这个问题我还不会回答"},
		{"en-GB", "iPhone", "I'm sorry"},
		{"", "👍", "I'm sorry"},
		{"zh_Hant_HK", "👍", "这个问题我还不会回答"},
	} {
		if r := ask(t, f, c.lang, c.text); !strings.HasPrefix(r.Text, c.want) {
			t.Errorf("%s %q: got %q, want %q…", c.lang, c.text, r.Text, c.want)
		}
	}
}

func TestNonsenseIsAdmitted(t *testing.T) {
	t.Parallel()
	f := demoBot(t)
	for _, text := range []string{
		"", "   ", "😀", "？？？", "asdfghjkl", "\x00\x01", "\xff\xfe", "1", "888888888888",
		strings.Repeat("啊", 16<<10/3), strings.Repeat("x", 16<<10), strings.Repeat("哈 ", 4000),
	} {
		r := ask(t, f, "zh-CN", text)
		if !r.Unsure || r.Text == "" || r.Handoff {
			t.Errorf("%.12q…: got %+v, want an admission", text, r)
		}
	}
}

func TestAnEntryInOneLanguageIsAnsweredInIt(t *testing.T) {
	t.Parallel()
	f := newFAQ(t, `
version: 1
entries:
  - id: parking
    zh: {questions: [哪里可以停车, 有停车场吗], answer: 楼下可以停车。}
`)
	if got := ask(t, f, "en", "有停车场吗").Text; got != "楼下可以停车。" {
		t.Errorf("got %q, want the Chinese answer", got)
	}
	if r := ask(t, f, "en", "Where can I park my car?"); !r.Unsure || !strings.HasPrefix(r.Text, "I'm sorry") {
		t.Errorf("got %+v, want an English admission", r)
	}
}

func TestATinyKnowledgeBaseWorks(t *testing.T) {
	t.Parallel()
	f := newFAQ(t, `
version: 1
entries:
  - id: parking
    zh: {questions: [哪里可以停车, 有停车场吗, 停车收费吗], answer: 楼下可以停车。}
  - id: wifi
    zh: {questions: [无线网密码是多少, 怎么连wifi], answer: 密码在墙上。}
`)
	for text, want := range map[string]string{
		"请问停车场在哪": "parking", "wifi密码": "wifi", "怎么连无线网": "wifi", "今天天气好吗": "",
	} {
		if r := ask(t, f, "zh-CN", text); r.Unsure != (want == "") || !r.Unsure && r.Intent != want {
			t.Errorf("%q: got %+v, want %q", text, r, want)
		}
	}
}

func newFAQ(t *testing.T, text string) *bot.FAQ {
	t.Helper()
	k, err := kb.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	f, err := bot.NewFAQ(k, bot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRepliesAreDeterministic(t *testing.T) {
	t.Parallel()
	k, err := kb.Demo()
	if err != nil {
		t.Fatal(err)
	}
	k.Entries = k.Entries[:10] // learning is what takes long
	var twice [2]*bot.FAQ
	for i := range twice {
		if twice[i], err = bot.NewFAQ(k, bot.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, text := range append(outsideZH, outsideEN...) {
		if diff := cmp.Diff(ask(t, twice[0], "en", text), ask(t, twice[1], "en", text)); diff != "" {
			t.Errorf("%q (-first +second):\n%s", text, diff)
		}
	}
}

func TestACancelledTurnIsAnError(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := demoBot(t).Reply(ctx, bot.Turn{Text: "怎么退货"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestNewFAQRefusesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	if _, err := bot.NewFAQ(nil, bot.Options{}); err == nil {
		t.Error("no knowledge: got no error")
	}
	if _, err := bot.NewFAQ(&kb.KB{Version: kb.Version}, bot.Options{}); len(kb.Problems(err)) == 0 {
		t.Errorf("empty knowledge: got %v, want a kb.Problem", err)
	}
	k, err := kb.Demo()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bot.NewFAQ(k, bot.Options{MinConfidence: 1.5}); err == nil {
		t.Error("confidence above 1: got no error")
	}
}

func TestAnUnsureBotSuggestsWhatTheQuestionMayBeAboutAndUnderstandsEach(t *testing.T) {
	t.Parallel()
	f := demoBot(t)
	found := 0
	for _, q := range []struct{ lang, text string }{
		{"zh-CN", "那个钱的事情"},
		{"zh-CN", "茶壶的盖子有点问题想问一下"},
		{"zh-CN", "收货的时候不在家怎么弄"},
		{"en", "something about my parcel and the money"},
		{"en", "question about the address of an order"},
	} {
		r := ask(t, f, q.lang, q.text)
		if !r.Unsure && len(r.Suggest) > 0 {
			t.Errorf("%q: it was understood and yet suggests %q", q.text, r.Suggest)
		}
		if len(r.Suggest) > bot.MaxSuggest {
			t.Errorf("%q: got %d suggestions, want at most %d", q.text, len(r.Suggest), bot.MaxSuggest)
		}
		for _, s := range r.Suggest {
			found++
			if a := ask(t, f, q.lang, s); a.Unsure {
				t.Errorf("%q: the suggestion %q is not understood", q.text, s)
			}
		}
	}
	if found == 0 {
		t.Error("got no suggestion for any of the questions, want some")
	}
}
