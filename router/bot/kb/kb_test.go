package kb_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"yijian/router/bot/kb"
)

const good = `version: 1
entries:
  - id: refund_when
    zh:
      questions: [退款多久到账, 钱怎么还没退给我]
      answer: 当天就到。
    en:
      questions:
        - "How long does a refund take?"
      answer: The same day.
  - id: 停车
    zh: {questions: [哪里停车], answer: 楼下。}
`

func TestAKnowledgeFileIsRead(t *testing.T) {
	t.Parallel()
	got, err := kb.Parse([]byte("\xef\xbb\xbf" + good))
	if err != nil {
		t.Fatal(err)
	}
	want := &kb.KB{Version: 1, Entries: []kb.Entry{
		{
			ID: "refund_when",
			ZH: &kb.Text{Questions: []string{"退款多久到账", "钱怎么还没退给我"}, Answer: "当天就到。"},
			EN: &kb.Text{Questions: []string{"How long does a refund take?"}, Answer: "The same day."},
		},
		{ID: "停车", ZH: &kb.Text{Questions: []string{"哪里停车"}, Answer: "楼下。"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("knowledge (-want +got):\n%s", diff)
	}
	if got := got.Entries[1].Answer(kb.English); got != "楼下。" {
		t.Errorf("answer in a missing language: got %q, want the other's", got)
	}
}

func TestLanguageOfATag(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"zh": "zh", "zh-CN": "zh", "zh-TW": "zh", "ZH_hant_HK": "zh", "en": "en", "fr-CA": "en", "": "en", "zha": "en",
	} {
		if got := kb.Language(tag); got != want {
			t.Errorf("Language(%q): got %q, want %q", tag, got, want)
		}
	}
}

// fault is what a test compares of a Problem.
type fault struct {
	Code  kb.Code
	Line  int
	Entry string
}

func faults(err error) []fault {
	var out []fault
	for _, p := range kb.Problems(err) {
		out = append(out, fault{p.Code, p.Line, p.Entry})
	}
	return out
}

func TestAllProblemsAreReportedAtOnce(t *testing.T) {
	t.Parallel()
	_, err := kb.Parse([]byte(`version: 2
entries:
  - id: a
    zh: {questions: [问], answer: 答}
  - id: a
    zh: {questions: [], answer: 答}
  - id: "b c"
    en: {questions: [q], answer: " "}
  - id: d
  - id: e
    en: {questions: ["???"], answer: x}
    zh: {questions: [` + strings.Repeat("长", 501) + `], answer: ` + strings.Repeat("长", 2001) + `}
  -
    en: {questions: [q], answer: x}
`))
	want := []fault{
		{kb.CodeVersion, 0, ""},
		{kb.CodeDuplicate, 5, "a"},
		{kb.CodeNoQuestion, 5, "a"},
		{kb.CodeID, 7, "#3"},
		{kb.CodeNoAnswer, 7, "#3"},
		{kb.CodeNoText, 9, "d"},
		{kb.CodeTooLong, 10, "e"},
		{kb.CodeTooLong, 10, "e"},
		{kb.CodeNoQuestion, 10, "e"},
		{kb.CodeID, 14, "#6"},
	}
	if diff := cmp.Diff(want, faults(err)); diff != "" {
		t.Errorf("problems (-want +got):\n%s\n%v", diff, err)
	}
}

func TestAFileThatCannotBeReadSaysWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		code kb.Code
		line int
		says string
	}{
		"empty":            {" \n\t\n", kb.CodeEmpty, 0, "the knowledge file is empty"},
		"only a comment":   {"# nothing\n", kb.CodeEmpty, 0, ""},
		"no entries":       {"version: 1\nentries: []\n", kb.CodeEmpty, 0, "add at least one"},
		"unknown key":      {"version: 1\nentrys: []\n", kb.CodeSyntax, 2, "entrys"},
		"unknown language": {good + "    fr: {questions: [q], answer: a}\n", kb.CodeSyntax, 13, "fr"},
		"not UTF-8":        {"version: 1\n# \xff\n", kb.CodeSyntax, 2, "save it as UTF-8"},
		"wrong type":       {"version: 1\nentries: yes\n", kb.CodeSyntax, 2, ""},
		"bad indent":       {"version: 1\nentries:\n  - id: a\n   zh: b\n", kb.CodeSyntax, 0, ""},
		"duplicate key":    {"version: 1\nversion: 1\n", kb.CodeSyntax, 2, ""},
		"anchor":           {"version: 1\nentries: &a []\n", kb.CodeSyntax, 2, "no place"},
		"second document":  {good + "---\nversion: 1\n", kb.CodeSyntax, 13, "no place"},
		"deep":             {strings.Repeat("[", 100000), kb.CodeSyntax, 1, "too deep"},
		"deep in a line":   {strings.Repeat("- ", 100000), kb.CodeSyntax, 1, "too deep"},
		"too large":        {strings.Repeat(" ", kb.MaxBytes+1), kb.CodeTooLarge, 0, "MiB"},
		"a list":           {"- a\n- b\n", kb.CodeSyntax, 0, ""},
		"a scalar":         {"hello\n", kb.CodeSyntax, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := kb.Parse([]byte(c.text))
			found := kb.Problems(err)
			if len(found) == 0 {
				t.Fatalf("got %v, want a problem", err)
			}
			p := found[len(found)-1]
			if p.Code != c.code || c.line != 0 && p.Line != c.line {
				t.Errorf("got %s in line %d, want %s in line %d: %v", p.Code, p.Line, c.code, c.line, p)
			}
			if !strings.Contains(p.Error(), c.says) || p.Next == "" || strings.Contains(p.Error(), "\n") {
				t.Errorf("got %q, want one line with %q and a next step", p, c.says)
			}
		})
	}
}

func TestManyProblemsAreCounted(t *testing.T) {
	t.Parallel()
	k := &kb.KB{Version: 1, Entries: make([]kb.Entry, 60)}
	err := k.Validate()
	if got := len(kb.Problems(err)); got != 50 {
		t.Errorf("got %d problems, want the first 50", got)
	}
	if !strings.Contains(err.Error(), "and 70 more") {
		t.Errorf("got %v, want the number of the rest", err)
	}
}

func TestTooMuchKnowledgeIsRefused(t *testing.T) {
	t.Parallel()
	k := &kb.KB{Version: 1}
	text := &kb.Text{Questions: strings.Split(strings.Repeat("q ", 29)+"q", " "), Answer: "a"}
	for i := range kb.MaxEntries + 1 {
		k.Entries = append(k.Entries, kb.Entry{ID: fmt.Sprint(i), EN: text})
	}
	want := []fault{{Code: kb.CodeTooLarge}, {Code: kb.CodeTooLarge}}
	if diff := cmp.Diff(want, faults(k.Validate())); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestLoadNamesTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "shop.yaml")
	_, err := kb.Load(path)
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), path) {
		t.Errorf("missing file: got %v", err)
	}
	if err := os.WriteFile(path, []byte("version: 2\nentries: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = kb.Load(path)
	if err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("bad file: got %v", err)
	}
	want := []fault{{Code: kb.CodeVersion}, {Code: kb.CodeEmpty}}
	if diff := cmp.Diff(want, faults(err)); diff != "" {
		t.Errorf("problems of a bad file (-want +got):\n%s", diff)
	}
	if err := os.WriteFile(path, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = kb.Load(path); err != nil {
		t.Error(err)
	}
}

func TestTheDemoCoversAShopInBothLanguages(t *testing.T) {
	t.Parallel()
	k, err := kb.Demo()
	if err != nil {
		t.Fatal(err)
	}
	if len(k.Entries) < 64 {
		t.Errorf("got %d entries, want at least 64", len(k.Entries))
	}
	owner := map[string]string{}
	for _, e := range k.Entries {
		for _, lang := range []string{kb.Chinese, kb.English} {
			text := e.In(lang)
			if text == nil || len(text.Questions) < 4 {
				t.Errorf("%s has fewer than 4 questions in %s", e.ID, lang)
				continue
			}
			checkWords(t, e.ID, text)
			for _, q := range text.Questions {
				if other, taken := owner[q]; taken {
					t.Errorf("%q is asked by %s and %s", q, other, e.ID)
				}
				owner[q] = e.ID
			}
		}
	}
}

// checkWords holds the answers to plain words and three sentences.
func checkWords(t *testing.T, id string, text *kb.Text) {
	t.Helper()
	for _, word := range []string{"会话", "坐席", "工单", "session", "ticket"} {
		if strings.Contains(text.Answer, word) {
			t.Errorf("%s: the answer says %q, which is our word, not the visitor's", id, word)
		}
	}
	if n := strings.Count(text.Answer, "。") + strings.Count(text.Answer+" ", ". "); n < 1 || n > 3 {
		t.Errorf("%s: the answer has %d sentences, want 1 to 3", id, n)
	}
	for _, q := range text.Questions {
		if strings.TrimFunc(q, unicode.IsSpace) != q {
			t.Errorf("%s: question %q has spaces at its ends", id, q)
		}
	}
}

func TestEncodeIsReadBackUnchanged(t *testing.T) {
	t.Parallel()
	k, err := kb.Demo()
	if err != nil {
		t.Fatal(err)
	}
	again(t, k)
	odd := &kb.Text{
		Questions: []string{"yes", "1e3", "# a", "- b", "a: b", "'a\"", "line\nbreak 1", "null", " a ", "a\r\nb", "a\tb"},
		Answer:    "~x\n\ny  ",
	}
	again(t, &kb.KB{Version: 1, Entries: []kb.Entry{{ID: "1.0", EN: odd}, {ID: "null", ZH: odd}}})
}

// again fails if k does not survive being written and read.
func again(t *testing.T, k *kb.KB) {
	t.Helper()
	var out bytes.Buffer
	if err := k.Encode(&out); err != nil {
		t.Fatal(err)
	}
	got, err := kb.Parse(out.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, out.Bytes())
	}
	if diff := cmp.Diff(k, got); diff != "" {
		t.Errorf("knowledge after writing and reading (-want +got):\n%s\n%s", diff, out.Bytes())
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{good, "", "version: 1\nentries:\n- id: a\n  zh:\n    questions: [a]\n    answer: |\n      b\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := kb.Parse(data)
		if err == nil {
			again(t, k)
			return
		}
		if len(kb.Problems(err)) == 0 {
			t.Errorf("got %v, want a problem with a code", err)
		}
	})
}
