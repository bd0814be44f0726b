package replay

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestQuestionsAreReadFromCSV(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		file string
		want []question
	}{
		"only texts":        {"text\nwhere is my card\n", []question{{Text: "where is my card"}}},
		"with categories":   {"text,category\na,x\nb,y\n", []question{{"a", "x"}, {"b", "y"}}},
		"columns turned":    {"category,text\nx,a\n", []question{{"a", "x"}}},
		"more columns":      {"id,Text,Category,note\n1,a,x,-\n", []question{{"a", "x"}}},
		"a byte order mark": {"\ufefftext\n退货怎么办\n", []question{{Text: "退货怎么办"}}},
		"quotes":            {"text\n\"one, two\"\n\"he said \"\"no\"\"\"\n", []question{{Text: "one, two"}, {Text: `he said "no"`}}},
		"a line break":      {"text\n\"one\n\ntwo\"\n", []question{{Text: "one two"}}},
		"windows line ends": {"text,category\r\na,x\r\n", []question{{"a", "x"}}},
		"no category there": {"text,category\na,\n", []question{{Text: "a"}}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := readQuestions(strings.NewReader(tc.file))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuestionsThatCannotBePlayedAreNamedByLine(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ file, want string }{
		"nothing":          {"", "the file is empty; write the header"},
		"no text column":   {"question,category\na,x\n", `line 1: no column is called text; make the header`},
		"semicolons":       {"text;category\na;x\n", "separated by commas"},
		"no rows":          {"text\n", "line 2: no questions"},
		"an empty text":    {"text,category\na,x\n\" \",y\n", "line 3: the text is empty"},
		"a short row":      {"text,category\na\n", "line 2: 1 columns instead of 2"},
		"a broken quote":   {"text\nfine\n\"open\n", "put quotes around"},
		"not UTF-8":        {"text\na\n\xff\n", `line 3: not UTF-8; save the file as "CSV UTF-8"`},
		"nothing to read":  {"text\n\u200b\n", "line 2: the text cannot be sent"},
		"far too long":     {"text\n" + strings.Repeat("x", 9000) + "\n", "line 2: the text cannot be sent"},
		"two at once":      {"text,category\n\"\",x\na\n", "line 3: 1 columns"},
		"too many to tell": {"text,category\n" + strings.Repeat("a\n", 99), "line 11:"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := readQuestions(strings.NewReader(tc.file))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
			if err != nil && strings.Count(err.Error(), "\n") >= mostRowErrors {
				t.Errorf("the report of a wrong file is too long:\n%v", err)
			}
		})
	}
}

func FuzzReadQuestions(f *testing.F) {
	for _, seed := range []string{"text,category\na,x\n", "\ufefftext\n\"a,\n\"\"b\"\"\"\n", "category\n", "\xff", "text\n\"", "text,text\na,b\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		got, err := readQuestions(strings.NewReader(file))
		if err == nil && len(got) == 0 {
			t.Fatal("no questions and no error")
		}
		for _, q := range got {
			if err == nil && (strings.TrimSpace(q.Text) == "" || !utf8.ValidString(q.Text)) {
				t.Fatalf("a question that cannot be sent: %q", q.Text)
			}
		}
	})
}
