package kb_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/bot/kb"
)

func TestACSVBecomesKnowledge(t *testing.T) {
	t.Parallel()
	got, err := kb.FromCSV(strings.NewReader("\xef\xbb\xbfCategory, text\r\n" +
		"card_arrival,\"Where is my card,\n please?\"\r\n" +
		"Lost card?,卡丢了 怎么办\r\n" +
		"card_arrival,卡什么时候到\r\n" +
		"\r\n" +
		"card_arrival,Still waiting\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := &kb.KB{Version: 1, Entries: []kb.Entry{
		{
			ID: "card_arrival",
			ZH: &kb.Text{
				Questions: []string{"卡什么时候到"},
				Answer:    "您问的是“card arrival”。这个问题的答案还没有写好，可以请客服人员帮您。",
			},
			EN: &kb.Text{
				Questions: []string{"Where is my card, please?", "Still waiting"},
				Answer:    "This is about “card arrival”. The shop has not written an answer yet, but a person can help you.",
			},
		},
		{
			ID: "Lost_card?",
			ZH: &kb.Text{
				Questions: []string{"卡丢了 怎么办"},
				Answer:    "您问的是“Lost card”。这个问题的答案还没有写好，可以请客服人员帮您。",
			},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("knowledge (-want +got):\n%s", diff)
	}
	again(t, got)
}

func TestABadCSVSaysWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want []fault
	}{
		"empty":         {"\n", []fault{{Code: kb.CodeEmpty}}},
		"only a header": {"text,category\n", []fault{{Code: kb.CodeEmpty}}},
		"other columns": {"question,label\na,b\n", []fault{{Code: kb.CodeColumns, Line: 1}}},
		"semicolons":    {"text;category\na;b\n", []fault{{Code: kb.CodeColumns, Line: 1}}},
		"more columns":  {"id,text,category\n1,a,b\n", []fault{{Code: kb.CodeColumns, Line: 1}}},
		"same columns":  {"text,text\na,b\n", []fault{{Code: kb.CodeColumns, Line: 1}}},
		"not UTF-8":     {"text,category\nok,a\n\xb2\xe9,b\n", []fault{{Code: kb.CodeEncoding, Line: 3}}},
		"open quote":    {"text,category\n\"a,b\n", []fault{{Code: kb.CodeRow, Line: 2}}},
		"many rows": {
			"text,category\n,a\nb\n\"q\nq\",\nq,a,b\nq,x y\nq,x_y\n" + strings.Repeat("长", 501) + ",a\nq," + strings.Repeat("c", 65) + "\n",
			[]fault{
				{Code: kb.CodeRow, Line: 2},
				{Code: kb.CodeRow, Line: 3},
				{Code: kb.CodeRow, Line: 4},
				{Code: kb.CodeRow, Line: 6},
				{Code: kb.CodeRow, Line: 8},
				{Code: kb.CodeTooLong, Line: 9},
				{Code: kb.CodeRow, Line: 10},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := kb.FromCSV(strings.NewReader(c.text))
			if diff := cmp.Diff(c.want, faults(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s\n%v", diff, err)
			}
			for _, p := range kb.Problems(err) {
				if p.What == "" || p.Next == "" {
					t.Errorf("%v lacks what is wrong or the next step", p)
				}
			}
		})
	}
}

func FuzzFromCSV(f *testing.F) {
	for _, s := range []string{"text,category\na,b\n", "text,category\n\"a,\"\"b\",退款\n", "", "text"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		k, err := kb.FromCSV(strings.NewReader(text))
		if err == nil {
			again(t, k)
			return
		}
		if len(kb.Problems(err)) == 0 {
			t.Errorf("got %v, want a problem with a code", err)
		}
	})
}
