package evaluate_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/evaluate"
)

func TestDataThatCannotBeEvaluatedIsRefusedWithAReason(t *testing.T) {
	t.Parallel()
	messages := func(r io.Reader) error { _, err := evaluate.ReadMessages(r); return err }
	pairs := func(r io.Reader) error { _, err := evaluate.Repeat(r, nil, 1); return err }
	questions := func(r io.Reader) error { _, err := evaluate.ReadQuestions(r); return err }
	dialogues := func(r io.Reader) error { _, err := evaluate.ReadDialogues(r); return err }
	for name, c := range map[string]struct {
		read       func(io.Reader) error
		text, says string
	}{
		"nothing":            {messages, "", "no rows"},
		"no label column":    {messages, "text\tlang\nhi\ten\n", "no column label"},
		"label missing":      {messages, "text\tlabel\nhi\t\n", "row 2 has no label"},
		"label is NaN":       {messages, "text\tlabel\nhi\tNaN\n", `"NaN"`},
		"short row":          {messages, "text\tlabel\nhi\n", "fewer than"},
		"pairs of one class": {pairs, "sentence1,sentence2,label\na,b,1\nc,d,1\n", "the same"},
		"wrong columns":      {pairs, "left,right,label\na,b,1\n", "no column"},
		"UTF-16":             {messages, "\xff\xfet\x00", "UTF-16"},
		"another encoding":   {messages, "text\tlabel\nhi\t1\n\xd7\xaa\xc8\xcb\t1\n", "line 3 is not UTF-8"},
		"no category":        {questions, "text,category\nhi,\n", "no category"},
		"no JSON":            {dialogues, "hello\n", "line 1"},
		"turn has no label":  {dialogues, `{"turns":[{"role":"bot","words":[1]}]}`, "handoff must be"},
		"turn has no role":   {dialogues, `{"turns":[{"words":[1],"handoff":0}]}`, "role"},
		"one class of turns": {dialogues, `{"turns":[{"role":"bot","words":[1],"handoff":0}]}`, "the same"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := c.read(strings.NewReader(c.text))
			if !errors.Is(err, evaluate.ErrData) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
}

func TestRequestsAreCountedByLanguage(t *testing.T) {
	t.Parallel()
	messages, err := evaluate.ReadMessages(strings.NewReader(
		"text\tlabel\tlang\n转人工\t1\tzh\n人工费多少\t0\tzh\nI need a human agent\t1\ten\nwhere is my \"card\t0\ten\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := evaluate.Ask(messages, 1)
	for lang, f := range map[string]evaluate.AskFigures{"overall": r.Overall, "zh": r.By["zh"], "en": r.By["en"]} {
		if f.Recall != 1 || f.FalsePositiveRate != 0 || f.F1 != 1 {
			t.Errorf("%s: got %+v, want all requests and no other", lang, f)
		}
	}
}

func TestAFileFromAnotherSystemIsReadTheSame(t *testing.T) {
	t.Parallel()
	want, err := evaluate.ReadMessages(strings.NewReader("text\tlabel\tlang\n转人工\t1\tzh\nhi\t0\t\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"a mark and CRLF":       "\ufeffText\tLabel\tLang\r\n转人工\t1\tzh\r\nhi\t0\t\r\n\r\n",
		"no newline at the end": "text\tlabel\tlang\n转人工\t1\tzh\nhi\t0",
		"commas":                "label,text,lang\r\n1,\"转人工\",zh\r\n0,hi,\r\n",
	} {
		got, err := evaluate.ReadMessages(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestThresholdsAreChosenWhereTheyAreNotCounted(t *testing.T) {
	t.Parallel()
	var messages []evaluate.Message
	for range 40 {
		messages = append(messages,
			evaluate.Message{Text: "转人工", Lang: "zh", Label: true}, evaluate.Message{Text: "人工费多少", Lang: "zh"},
			evaluate.Message{Text: "有人吗", Lang: "zh", Label: true}, evaluate.Message{Text: "where is my card", Lang: "en"})
	}
	r := evaluate.Ask(messages, 1)
	if r.Folds == nil || r.Folds.Offer.Recall != 1 || r.Folds.Offer.FalsePositiveRate != 0 {
		t.Errorf("got %+v, want all heard and no other", r.Folds)
	}
	if r := evaluate.Ask(messages[:20], 1); r.Folds != nil {
		t.Errorf("twenty messages: got %+v, want no folds", r.Folds)
	}
}

func TestARepeatedQuestionStandsOutOfItsHistory(t *testing.T) {
	t.Parallel()
	r, err := evaluate.Repeat(strings.NewReader("sentence1,sentence2,label\n怎么退款,退款怎么办理,1\n"+
		"发票在哪里开,哪里可以开发票,1\n怎么修改收货地址,收货地址能修改吗,1\n怎么退款,几点下班,0\n"), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	if r.Realistic.AUC < .9 || r.Pairs.AUC < .9 {
		t.Errorf("got %+v and %+v, want an AUC of at least .9", r.Realistic, *r.Pairs)
	}
}

func TestAShareKnowsHowLittleItKnows(t *testing.T) {
	t.Parallel()
	if s := evaluate.NewShare(10, 10); s.Value != 1 || s.Low > .73 || s.Low < .72 || s.High < .999 {
		t.Errorf("10 of 10: got %+v, want an interval from .722 to 1", s)
	}
	if s := evaluate.NewShare(0, 0); s != (evaluate.Share{}) {
		t.Errorf("0 of 0: got %+v, want nothing", s)
	}
}

func FuzzReaders(f *testing.F) {
	f.Add("text\tlabel\n转\u200b人工\t1\n")
	f.Add(`{"turns":[{"role":"bot","words":[1],"handoff":0}]}`)
	f.Add("sentence1,sentence2,label\na,b,1\na,a,0\n")
	f.Fuzz(func(_ *testing.T, text string) {
		if m, err := evaluate.ReadMessages(strings.NewReader(text)); err == nil {
			evaluate.Ask(m, 1)
		}
		_, _ = evaluate.Repeat(strings.NewReader(text), nil, 1)
		_, _ = evaluate.ReadQuestions(strings.NewReader(text))
		_, _ = evaluate.ReadDialogues(strings.NewReader(text))
	})
}
