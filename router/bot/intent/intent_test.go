package intent_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/bot/intent"
)

// small is a tiny shop in two languages.
var small = []intent.Example{
	{Text: "退款多久到账", Intent: "refund"},
	{Text: "钱什么时候退给我", Intent: "refund"},
	{Text: "When do I get my refund?", Intent: "refund"},
	{Text: "怎么查物流", Intent: "track"},
	{Text: "我的快递到哪儿了", Intent: "track"},
	{Text: "Where is my parcel?", Intent: "track"},
	{Text: "怎么开发票", Intent: "invoice"},
	{Text: "发票在哪里下载", Intent: "invoice"},
	{Text: "How do I get an invoice?", Intent: "invoice"},
}

func trained(t testing.TB, examples []intent.Example) *intent.Model {
	t.Helper()
	m, err := intent.Train(examples, intent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNewWordingsAreRecognised(t *testing.T) {
	t.Parallel()
	m := trained(t, small)
	for text, want := range map[string]string{
		"我的退款到账了没":           "refund",
		"快递到哪了":              "track",
		"快遞到哪裡了":             "track",
		"能给我开张发票吗":           "invoice",
		"INVOICE please!!!":  "invoice",
		"where's my package": "track",
		"ｗｈｅｒｅ　ｉｓ　ｍｙ　ｐａｒｃｅｌ":       "track",
		"has my refnd been paid":   "refund",
		"w\u200bhere is my parcel": "track",
	} {
		if got := m.Predict(text).Intent; got != want {
			t.Errorf("Predict(%q): got %q, want %q", text, got, want)
		}
	}
}

func TestAQuestionAskedWordForWordIsCertain(t *testing.T) {
	t.Parallel()
	m := trained(t, small)
	want := intent.Prediction{Intent: "invoice", Confidence: 1, Similarity: 1}
	if diff := cmp.Diff(want, m.Predict(" 怎么，开发票？ ")); diff != "" {
		t.Errorf("prediction (-want +got):\n%s", diff)
	}
}

func TestAQuestionOfTwoIntentsIsNotCertain(t *testing.T) {
	t.Parallel()
	m := trained(t, append([]intent.Example{{Text: "怎么查物流", Intent: "invoice"}}, small...))
	if p := m.Predict("怎么查物流"); p.Confidence == 1 {
		t.Errorf("got %+v, want a doubt", p)
	}
}

func TestTextWithoutWordsHasNoIntent(t *testing.T) {
	t.Parallel()
	m := trained(t, small)
	for _, text := range []string{"", " ", "😀", "？！……", "\u200b\u202e", "\xff\xfe", "\x00"} {
		if diff := cmp.Diff(intent.Prediction{}, m.Predict(text)); diff != "" {
			t.Errorf("Predict(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestNonsenseResemblesNothing(t *testing.T) {
	t.Parallel()
	m := trained(t, small)
	for _, text := range []string{
		"zxqv kjhg", "饕餮魑魅", strings.Repeat("a", 16<<10), strings.Repeat("龘", 16<<10/3),
		strings.Repeat("7", 16<<10), strings.Repeat("ﷺ", 4000),
	} {
		if p := m.Predict(text); p.Similarity > 0.1 {
			t.Errorf("Predict(%.12q…): similarity %.2f, want at most 0.1", text, p.Similarity)
		}
	}
}

func TestTheEmptyIntentTakesWhatTheOthersDoNotAsk(t *testing.T) {
	t.Parallel()
	none := []intent.Example{
		{Text: "今天天气好吗", Hint: true},
		{Text: "讲个故事", Hint: true},
		{Text: "天气冷不冷", Hint: true},
		{Text: "明天天气怎么样", Hint: true},
		{Text: "外面冷吗", Hint: true},
	}
	m := trained(t, append(none, small...))
	if got := m.Predict("外面天气怎么样").Intent; got != "" {
		t.Errorf("small talk: got %q, want no intent", got)
	}
	if diff := cmp.Diff([]string{"refund", "track", "invoice"}, m.Intents()); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
}

func TestHintsAreLearnedButNotCompared(t *testing.T) {
	t.Parallel()
	hint := intent.Example{Text: "纸质的和电子的一样有效", Intent: "invoice", Hint: true}
	m := trained(t, append([]intent.Example{hint}, small...))
	p := m.Predict("纸质的有吗")
	if p.Intent != "invoice" || p.Similarity > 0.1 {
		t.Errorf("got %+v, want invoice, unlike its questions", p)
	}
}

func TestTrainingIsDeterministic(t *testing.T) {
	t.Parallel()
	examples := many(300, 20)
	a, b := trained(t, examples), trained(t, examples)
	for _, e := range examples {
		text := e.Text + " extra"
		if diff := cmp.Diff(a.Predict(text), b.Predict(text)); diff != "" {
			t.Fatalf("Predict(%q) differs (-first +second):\n%s", text, diff)
		}
	}
}

func TestPredictIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	m := trained(t, small)
	want := m.Predict("快递到哪了呀")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				m.Predict("完全不同的一句话")
				if diff := cmp.Diff(want, m.Predict("快递到哪了呀")); diff != "" {
					t.Errorf("prediction (-want +got):\n%s", diff)
				}
			}
		})
	}
	wg.Wait()
}

func TestTrainingOnNothingSaysWhatToDo(t *testing.T) {
	t.Parallel()
	if _, err := intent.Train(nil, intent.Options{}); !errors.Is(err, intent.ErrTooFew) {
		t.Errorf("got %v, want ErrTooFew", err)
	}
}

func TestLeaveOneOutTestsEveryQuestionOnceAndNoHint(t *testing.T) {
	t.Parallel()
	hint := intent.Example{Text: "物流信息在订单页", Intent: "track", Hint: true}
	lone := intent.Example{Text: "会员", Intent: "member"}
	out, err := intent.LeaveOneOut(append([]intent.Example{hint, lone}, small...), intent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, o := range out {
		seen[o.Example.Text]++
	}
	want := map[string]int{}
	for _, e := range small {
		want[e.Text] = 1
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("tested questions (-want +got):\n%s", diff)
	}
}

// many makes n questions of made-up words in c intents.
func many(n, c int) []intent.Example {
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]intent.Example, n)
	for i := range out {
		k := i % c
		out[i].Intent = fmt.Sprintf("intent%d", k)
		for range 12 {
			out[i].Text += fmt.Sprintf("w%c%c%d ", 'a'+rune(k%26), 'a'+rune(rng.IntN(26)), rng.IntN(9))
		}
	}
	return out
}

func FuzzPredict(f *testing.F) {
	m := trained(f, small)
	for _, s := range []string{"", "退款", "a\u0301b", "１２３４５", "ﷺ", "\xf0\x28", "a 中b文 c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := m.Predict(text)
		if !(p.Confidence >= 0 && p.Confidence <= 1) || !(p.Similarity >= 0 && p.Similarity <= 1) {
			t.Errorf("Predict(%q): got %+v, want numbers in 0..1", text, p)
		}
		if once := intent.Normalise(text); intent.Normalise(once) != once {
			t.Errorf("Normalise(%q) is not settled: %q, then %q", text, once, intent.Normalise(once))
		}
	})
}

func BenchmarkTrain10000Questions(b *testing.B) {
	examples := many(10000, 77)
	for b.Loop() {
		trained(b, examples)
	}
}
