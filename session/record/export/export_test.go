package export_test

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/export"
	"yijian/session/record/past"
	"yijian/session/record/pgtest"
	"yijian/session/record/search"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var backends = pgtest.Engines()

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

const table = `conversation,at,from,text,agent,rating,intent
7,2026-11-01 09:00:00,visitor,=HYPERLINK(1),,,
7,2026-11-01 09:00:05,bot,请问订单号？,,,refund
7,2026-11-01 09:02:00,agent,"您好, ""王""",小王,5,
`

// onEach runs test on every engine, on a record with one conversation.
func onEach(t *testing.T, test func(t *testing.T, db *record.DB, id session.ID)) {
	t.Helper()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := record.Open(t.Context(), target(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			all, _, err := past.Read(strings.NewReader(table), past.Options{Site: "demo", Now: now})
			if err != nil {
				t.Fatal(err)
			}
			write(t, db, all[0])
			test(t, db, all[0].ID())
		})
	}
}

func write(t *testing.T, db *record.DB, all ...past.Conversation) {
	t.Helper()
	segments := make([]record.Segment, len(all))
	for i, c := range all {
		segments[i].Session = c.ID()
		segments[i].Events, segments[i].State = c.Log()
	}
	if _, err := db.WriteSegments(t.Context(), segments); err != nil {
		t.Fatal(err)
	}
}

func TestInvariant11ATableKeepsTheLabelOfMachinesAndHasNoFormulas(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, id session.ID) {
		var b strings.Builder
		counts, err := export.Write(t.Context(), &b, db, export.CSV, export.One(id, session.NewID()))
		if err != nil || counts != (export.Counts{Sessions: 1, Events: 7}) {
			t.Fatalf("got %+v, %v", counts, err)
		}
		text, marked := strings.CutPrefix(b.String(), "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || !marked || len(rows) != 8 {
			t.Fatalf("%d rows, error %v", len(rows), err)
		}
		want := [][]string{
			{"visitor", "'=HYPERLINK(1)", "", "message"},
			{"bot", "请问订单号？", "true", "message"},
			{"system", "", "", "move"},
			{"agent", "", "", "move"},
			{"agent", `您好, "王"`, "", "message"},
		}
		for i, row := range want {
			if diff := cmp.Diff(row, rows[i+1][2:6]); diff != "" {
				t.Errorf("row %d (-want +got):\n%s", i+1, diff)
			}
		}
	})
}

func TestWhatWasExportedAsJSONIsImportedAgainAsItWas(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, id session.ID) {
		var b strings.Builder
		if _, err := export.Write(t.Context(), &b, db, export.JSONL, export.One(id)); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), `"from":"bot","ai":true`) {
			t.Errorf("the machine is not labelled: %s", &b)
		}
		all, _, err := past.Read(strings.NewReader(b.String()), past.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, turn := range all[0].Turns {
			got = append(got, string(turn.From)+" "+turn.Text+" "+turn.Agent)
		}
		want := []string{"visitor =HYPERLINK(1) ", "bot 请问订单号？ ", `agent 您好, "王" 小王`}
		if diff := cmp.Diff(want, got); diff != "" || all[0].Rating != 5 {
			t.Errorf("rating %d (-want +got):\n%s", all[0].Rating, diff)
		}
	})
}

func TestAConversationWithEveryKindOfEventIsExportedAndImportedAgain(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, _ session.ID) {
		id := session.NewID()
		s := record.Segment{Session: id, State: session.State{Site: "demo", Owner: session.Closed, Created: now}}
		prev := ""
		for i, e := range []session.Event{
			{Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: "call me"}},
			{Kind: session.KindMessage, From: session.FromBot, Body: session.Body{Text: "?", Unsure: true, Intent: "x", Confidence: .2}},
			{Kind: session.KindDecision, From: session.FromSystem, Body: session.Body{Action: "offer", Offer: "o"}},
			{Kind: session.KindAnswer, From: session.FromVisitor, Body: session.Body{Offer: "o", Yes: true, Reason: "words"}},
			{Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Waiting, Queue: "general", Reason: "words"}},
			{Kind: session.KindCallback, From: session.FromVisitor, Body: session.Body{Reason: "asked", Phone: "+8613800138000", When: 1}},
			{Kind: session.KindMove, From: session.FromAgent, By: "ann", Body: session.Body{To: session.Human, Agent: "ann", Name: "Ann"}},
			{Kind: session.KindNote, From: session.FromAgent, By: "ann", Body: session.Body{Text: "reached", Agent: "bob", Name: "Ann"}},
			{Kind: session.KindRead, From: session.FromVisitor, Body: session.Body{Upto: 3}},
			{Kind: session.KindNotice, From: session.FromSystem, Body: session.Body{Code: "agent_lost", Text: "…"}},
			{Kind: session.KindMessage, From: session.FromAgent, By: "ann", Body: session.Body{Text: "solved", Name: "Ann"}},
			{Kind: session.KindFile, From: session.FromVisitor, Body: session.Body{Text: "a.png"}},
			{Kind: session.KindRestriction, From: session.FromSystem, Body: session.Body{Code: "slow"}},
			{Kind: session.KindRating, From: session.FromVisitor, Body: session.Body{Score: 4, Text: "thanks"}},
		} {
			e.Seq, e.ID, e.Prev, e.At = uint64(i)+1, fmt.Sprint("e", i), prev, now
			prev = e.ID
			s.Events = append(s.Events, e)
		}
		if _, err := db.WriteSegments(t.Context(), []record.Segment{s}); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if _, err := export.Write(t.Context(), &b, db, export.JSONL, export.One(id)); err != nil {
			t.Fatal(err)
		}
		all, _, err := past.Read(strings.NewReader(b.String()), past.Options{Now: now})
		if err != nil || len(all) != 1 || len(all[0].Turns) != 3 || all[0].Rating != 4 {
			t.Errorf("got %+v, %v from\n%s", all, err, &b)
		}
	})
}

func TestA5PaceAndDecisionsStayInTheRecord(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, _ session.ID) {
		id := session.NewID()
		_, err := db.WriteSegments(t.Context(), []record.Segment{{
			Session: id, State: session.State{Site: "demo", Owner: session.Waiting, Created: now, Reason: "needs_more_time"},
			Events: []session.Event{
				{Seq: 1, ID: "v:1", At: now, Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: "slow", Pace: &session.Pace{T: 4, Pause: 3}}},
				{Seq: 2, ID: "s:1", Prev: "v:1", At: now, Kind: session.KindDecision, From: session.FromSystem, Body: session.Body{Reason: "more_time", Decision: []byte(`{"pace":2}`)}},
				{Seq: 3, ID: "v:2", Prev: "s:1", At: now, Kind: session.KindAnswer, From: session.FromVisitor, Body: session.Body{Yes: true, Reason: "needs_more_time"}},
				{Seq: 4, ID: "m:1", Prev: "v:2", At: now, Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Waiting, Reason: "needs_more_time"}},
			},
		}})
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []export.Format{export.CSV, export.JSONL} {
			var b strings.Builder
			if _, err := export.Write(t.Context(), &b, db, format, export.One(id)); err != nil {
				t.Fatal(err)
			}
			if text := b.String(); strings.Contains(text, "more_time") || strings.Contains(text, "pace") || !strings.Contains(text, "slow") {
				t.Errorf("%s: %s", format, text)
			}
		}
	})
}

// leaver is a client that goes away after so many bytes.
type leaver struct {
	left   int
	cancel context.CancelFunc
}

var errLeft = errors.New("client left")

func (l *leaver) Write(p []byte) (int, error) {
	if l.left -= len(p); l.left < 0 {
		if l.cancel != nil {
			l.cancel()
			return len(p), nil // the request's context ends before the write fails
		}
		return 0, errLeft
	}
	return len(p), nil
}

// conversations are those of the test below; each has ten messages. Make long-tests has a million.
var conversations = flag.Int("conversations", 2000, "how many conversations an export is cancelled in")

func TestAnExportCancelledHalfWayEndsAndLeaksNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, _ session.ID) {
		fill(t, db, *conversations)
		index := search.New(db, zerolog.Nop())
		everything := func(ctx context.Context, each func(session.ID) error) error {
			return index.Each(ctx, search.Query{}, each)
		}
		whole, err := export.Write(t.Context(), io.Discard, db, export.JSONL, everything)
		if err != nil || whole.Sessions != *conversations+1 {
			t.Fatalf("got %+v, %v", whole, err)
		}
		for name, cancels := range map[string]bool{"context": true, "write": false} {
			ctx, cancel := context.WithCancel(t.Context())
			to := &leaver{left: 150 * *conversations}
			if cancels {
				to.cancel = cancel
			}
			counts, err := export.Write(ctx, to, db, export.JSONL, everything)
			cancel()
			if !errors.Is(err, errLeft) && !errors.Is(err, context.Canceled) {
				t.Errorf("%s: got %v", name, err)
			}
			if counts.Sessions == 0 || counts.Sessions > *conversations*3/4 {
				t.Errorf("%s: %d sessions were written of %d", name, counts.Sessions, whole.Sessions)
			}
		}
		if busy := db.Busy(); busy > 0 {
			t.Errorf("%d connections are still taken", busy)
		}
	})
}

func fill(t *testing.T, db *record.DB, n int) {
	t.Helper()
	all := make([]past.Conversation, n)
	for i := range all {
		at := now.Add(time.Duration(-i) * time.Hour)
		all[i] = past.Conversation{Source: fmt.Sprint(i), Site: "demo"}
		for turn := range 10 {
			all[i].Turns = append(all[i].Turns, past.Turn{At: at, From: session.FromVisitor, Text: fmt.Sprintf("message %d of %d", turn, i)})
		}
	}
	for some := range slices.Chunk(all, 500) {
		write(t, db, some...)
	}
}

func TestCellsThatASpreadsheetWouldRunAreTexts(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "|calc", "%0a"} {
		if got := export.Cell(text); got != "'"+text {
			t.Errorf("%q became %q", text, got)
		}
	}
	for _, text := range []string{"", "退款", "a=b", "1+1", "'=1"} {
		if got := export.Cell(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
