package backtest_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/backtest"
	"yijian/router/escalate"
	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/export"
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

// What an export says of a conversation is judged as the record itself would be.
func TestAnExportIsJudgedAsTheRecordItIsOf(t *testing.T) {
	t.Parallel()
	db, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	s := record.Segment{Session: session.NewID(), State: session.State{Site: "demo", Owner: session.Bot, Created: at}}
	prev := ""
	for i, e := range []session.Event{
		{ID: "v:1", Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: "abc"}},
		{ID: "b:v:1:1", Kind: session.KindMessage, From: session.FromBot, Body: session.Body{Text: "?", Unsure: true}},
		{ID: "m:1", Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Waiting, Reason: "button"}},
		{ID: "c:1", Kind: session.KindCallback, From: session.FromVisitor, Body: session.Body{Reason: "asked", Phone: "+8613800138000"}},
		{ID: "m:2", Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Bot, Reason: "back_to_bot"}},
		{ID: "v:2", Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: "def"}},
		{ID: "s:2", Kind: session.KindNotice, From: session.FromSystem, Body: session.Body{Code: "bot_failed"}},
		{ID: "v:3", Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: "let me talk to a human"}},
		{ID: "v:r", Kind: session.KindRating, From: session.FromVisitor, Body: session.Body{Score: 1}},
	} {
		e.Seq, e.Prev, e.At = uint64(i)+1, prev, at.Add(time.Duration(i)*time.Minute)
		prev = e.ID
		s.Events = append(s.Events, e)
	}
	if _, err := db.WriteSegments(t.Context(), []record.Segment{s}); err != nil {
		t.Fatal(err)
	}
	var file strings.Builder
	if _, err := export.Write(t.Context(), &file, db, export.JSONL, export.One(s.Session)); err != nil {
		t.Fatal(err)
	}
	read, err := backtest.Read(strings.NewReader(file.String()))
	if err != nil {
		t.Fatal(err)
	}
	want := backtest.Run([]backtest.Conversation{{ID: string(s.Session), Events: s.Events}}, escalate.Default())
	if diff := cmp.Diff(want, backtest.Run(read, escalate.Default())); diff != "" || want.TransferTurns[3] != 1 {
		t.Errorf("the record gives %+v (-record +export):\n%s", want, diff)
	}
}
