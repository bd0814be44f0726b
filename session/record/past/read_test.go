package past_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"yijian/session"
	"yijian/session/record/past"
)

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

const table = `conversation,at,from,text,agent,rating
7,2026-11-01 09:00:00,visitor,我要退款,,
7,2026-11-01 09:00:05,bot,请问订单号？,,
8,2026-11-01 09:01:00,visitor,"hello, ""you""",,
7,2026-11-01 09:02:00,agent,您好,小王,5
`

func read(t *testing.T, text string) []past.Conversation {
	t.Helper()
	all, _, err := past.Read(strings.NewReader(text), past.Options{Site: "demo", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestATableBecomesConversations(t *testing.T) {
	t.Parallel()
	at := func(m, s int) time.Time { return time.Date(2026, 11, 1, 9, m, s, 0, time.UTC) }
	want := []past.Conversation{
		{Source: "7", Site: "demo", Rating: 5, Line: 2, Turns: []past.Turn{
			{At: at(0, 0), From: session.FromVisitor, Text: "我要退款"},
			{At: at(0, 5), From: session.FromBot, Text: "请问订单号？"},
			{At: at(2, 0), From: session.FromAgent, Text: "您好", Agent: "小王"},
		}},
		{Source: "8", Site: "demo", Line: 4, Turns: []past.Turn{{At: at(1, 0), From: session.FromVisitor, Text: `hello, "you"`}}},
	}
	if diff := cmp.Diff(want, read(t, table)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryEncodingThatPeopleSaveInIsRead(t *testing.T) {
	t.Parallel()
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(table)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		past.UTF8: "\ufeff" + table, past.GBK: gbk, past.UTF16: utf16,
	} {
		got, encoding, err := past.Read(strings.NewReader(text), past.Options{Site: "demo", Now: now})
		if err != nil || encoding != name {
			t.Errorf("%s: read as %s, error %v", name, encoding, err)
		}
		if diff := cmp.Diff(read(t, table), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestJSONLinesAndChineseTablesSayTheSame(t *testing.T) {
	t.Parallel()
	want := read(t, "会话,时间,角色,内容\n1,2026/11/1 9:00,客户,退款\n1,2026/11/1 9:01,机器人,好的\n")
	got := read(t, `{"id":"1","turns":[{"from":"visitor","at":"2026-11-01T09:00:00Z","text":"退款"},`+
		`{"kind":"move","owner":"bot"},{"from":"bot","at":"1793523660","text":"好的"}]}`)
	got[0].Line, want[0].Line = 0, 0
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEverythingThatIsWrongIsToldAtOnceByLine(t *testing.T) {
	t.Parallel()
	const head = "conversation,at,from,text\n"
	for name, c := range map[string]struct{ in, want string }{
		"nothing":      {"", "the file is empty; its first line names the columns: conversation,at,from,text"},
		"no rows":      {head, "there is no message below the first line"},
		"columns":      {"id,text,mood\n", "line 1: there is no column conversation, at, from; the columns are id, mood, text; rename them, or give --column theirs=ours\nline 1: column \"mood\" is not known; remove it; those that may be added are id, agent, intent, confidence, unsure, rating, queue, reason, lang, site"},
		"twice a name": {"conversation,at,from,text,TEXT\n", `line 1: two columns are "text"; keep one`},
		"a clock of 1970 and one of the future": {
			head + "1,0,visitor,hi\n1,1970-01-01 00:00:00,visitor,ho\n1,2036-01-01 00:00:00,visitor,he\n",
			"line 2: at is 1970-01-01 00:00:00: that clock was not set; write when it was said\n" +
				"line 3: at is 1970-01-01 00:00:00: that clock was not set; write when it was said\n" +
				"line 4: at is 2036-01-01 00:00:00, which lies in the future; correct it, or give its --zone",
		},
		"who, when and what": {
			head + "1,2026-11-01 09:00,visitor,hi\n1,soon,boss,\n,2026-11-01 09:00,bot,x\n",
			"line 3: at is \"soon\", no time; write one such as 2026-11-28 09:30:00 or 2026-11-28T09:30:00+08:00\n" +
				"line 3: from is \"boss\"; write visitor, bot or agent\n" +
				"line 3: text is empty; write what was said, or remove the message\n" +
				"line 4: conversation is empty; write which conversation this message belongs to",
		},
		"a repeated row":  {head + "1,2026-11-01 09:00,visitor,hi\n1,2026-11-01 09:00,visitor,hi\n", "line 3: this repeats line 2; remove one, or add a column id if it was said twice"},
		"too many fields": {head + "1,2026-11-01 09:00,visitor,hi, there\n", "line 2: there are 5 fields, but 4 columns; put quotes around texts with a separator or a line break"},
		"open quotes":     {head + "1,2026-11-01 09:00,visitor,\"hi\n", "line 2: the quotes do not match"},
		"excel":           {"PK\x03\x04 and so on", "this is an Excel or ZIP file, no text; save it as CSV in UTF-8 first"},
		"neither":         {head + "1,2026-11-01 09:00,visitor,caf\xe9,\n", "line 2: this is neither UTF-8 nor gbk; save the file as UTF-8, or give its --encoding"},
		"no visitor":      {head + "1,2026-11-01 09:00,bot,hi\n", `line 2: in conversation "1" no visitor speaks; check the column from`},
		"json":            {`{"id":"1"}` + "\n{\n" + `{"id":"1","turns":[{"from":"x","at":"1"}]}` + "\n" + `{"turns":[]}`, "line 1: the conversation has no turns; write what was said, or remove the line\nline 2: this is not a conversation: unexpected EOF"},
		"json twice": {
			`{"id":"1","turns":[{"from":"visitor","at":"2026-11-01T09:00:00Z","text":"a"}]}` + "\n" + `{"id":"1","turns":[{"from":"visitor","at":"2026-11-01T09:00:00Z","text":"a"}]}`,
			`line 2: conversation "1" stands in line 1 already; give each an id of its own`,
		},
	} {
		_, _, err := past.Read(strings.NewReader(c.in), past.Options{Site: "demo", Now: now})
		if _, ok := errors.AsType[past.Problems](err); !ok || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: got\n%v\nwant it to begin with\n%s", name, err, c.want)
		}
	}
}

func TestAMillionMistakesAreNotAMillionLines(t *testing.T) {
	t.Parallel()
	_, _, err := past.Read(strings.NewReader("conversation,at,from,text\n"+strings.Repeat("1,x,visitor\n", 1000)), past.Options{Now: now})
	if err == nil || strings.Count(err.Error(), "\n") != 50 || !strings.HasSuffix(err.Error(), "and 950 more") {
		t.Errorf("got %v", err)
	}
}

func TestADiskThatFailsIsNotAProblemOfTheFile(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	if _, _, err := past.Read(iotest.ErrReader(broken), past.Options{}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte("会话;时间;角色;内容\n1;2026/11/1 9:00;客户;\"退\n款\"\n"))
	f.Add([]byte(`{"id":"1","rating":5,"turns":[{"from":"visitor","at":"1793523660000","text":"a"},{"from":"agent","at":"2026-11-01T09:00:00Z","text":"b"}]}`))
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, _, err := past.Read(strings.NewReader(string(text)), past.Options{Site: "demo", Now: now})
		if err != nil {
			return
		}
		for _, c := range all {
			if _, err := session.ParseID(string(c.ID())); err != nil {
				t.Error(err)
			}
			events, state := c.Log()
			prev := ""
			for i, e := range events {
				if e.Seq != uint64(i+1) || e.Prev != prev || e.ID == "" {
					t.Errorf("event %d has seq %d, id %q and prev %q", i+1, e.Seq, e.ID, e.Prev)
				}
				prev = e.ID
			}
			if state.Tail != prev || state.Owner != session.Closed {
				t.Errorf("ends at %q, owner %s", state.Tail, state.Owner)
			}
		}
	})
}
