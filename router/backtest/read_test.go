package backtest_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"yijian/router/backtest"
	"yijian/router/escalate"
)

func TestAFileThatCannotBeReadSaysWhereAndWhatToDo(t *testing.T) {
	t.Parallel()
	const good = `{"id":"1","turns":[]}` + "\n"
	for in, want := range map[string]string{
		"":                                     "no conversations; write one a line",
		"\n \n":                                "no conversations; write one a line",
		good + "{":                             "line 2: this is not a conversation",
		good + `{"id":"2","turn":[]}`:          `line 2: this is not a conversation: json: unknown field "turn"`,
		good + "\n" + `{"turns":[]}`:           "line 3: the conversation has no id",
		good + good:                            `line 2: conversation "1" stands in line 1 already`,
		good + `{"id":"2"} {"id":"3"}`:         "line 2: more follows the conversation",
		`{"id":"1","turns":[{"from":"boss"}]}`: `line 1: conversation "1", turn 1: from is "boss"; write visitor, bot or agent`,
		`{"id":"1","turns":[{"from":"bot","at":"yesterday"}]}`:                      "line 1: this is not a conversation: parsing time",
		good + `{"id":"2","turns":[{"text":"` + strings.Repeat("x", 5<<20) + `"}]}`: "line 2: longer than 4 MiB",
	} {
		if _, err := backtest.Read(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: error %v, want one that says %q", in, err, want)
		}
	}
	broken := errors.New("disk on fire")
	if _, err := backtest.Read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v, want one that wraps %v", err, broken)
	}
}

func TestAByteOrderMarkIsNoConversation(t *testing.T) {
	t.Parallel()
	cs, err := backtest.Read(strings.NewReader("\ufeff" + file))
	if err != nil || len(cs) != 5 {
		t.Errorf("%d conversations, error %v; want 5", len(cs), err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(file)
	f.Add(`{"id":"1","turns":[{"from":"visitor","text":"\ud800","pace":{"t":9,"pause":-1,"edits":4}},{"from":"bot"}]}`)
	f.Add(`{"id":"1","turns":null}`)
	f.Fuzz(func(t *testing.T, s string) {
		cs, err := backtest.Read(strings.NewReader(s))
		if err != nil {
			return
		}
		r := backtest.Run(cs, escalate.Default())
		if r.Conversations != len(cs) {
			t.Errorf("%d conversations reported, %d read", r.Conversations, len(cs))
		}
	})
}
