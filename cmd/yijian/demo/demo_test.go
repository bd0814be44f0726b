package demo_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"yijian/cmd/yijian/demo"
	"yijian/router"
	"yijian/router/bot"
	"yijian/router/bot/kb"
	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/backup"
	"yijian/session/record/export"
	"yijian/session/record/search"
)

var end = time.Date(2026, 11, 28, 20, 0, 0, 0, time.UTC)

// knows is the demo shop's knowledge with the bot that answers from it; learning it takes a while.
var knows = sync.OnceValues(func() (*bot.FAQ, error) {
	knowledge, err := kb.Demo()
	if err != nil {
		return nil, err
	}
	return bot.NewFAQ(knowledge, bot.Options{})
})

// play plays a small day into a new record, and returns both with the export of all.
func play(t *testing.T, seed uint64, visitors int) (demo.Summary, *record.DB, string) {
	t.Helper()
	db, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.PutSites(t.Context(), record.Site{ID: demo.Site}); err != nil {
		t.Fatal(err)
	}
	knowledge, err := kb.Demo()
	if err != nil {
		t.Fatal(err)
	}
	faq, err := knows()
	if err != nil {
		t.Fatal(err)
	}
	s, err := demo.Play(t.Context(), demo.Options{
		Record: db, Knowledge: knowledge, Bot: faq, First: escalate.Default(), Author: policy.Author{ID: "ops", Name: "Zhou"},
		Staff: []router.Agent{{ID: "ann", Name: "Ann", Site: demo.Site}, {ID: "bob", Name: "Bob", Site: demo.Site}},
		End:   end, Visitors: visitors, Seed: seed,
	})
	if err != nil {
		t.Fatal(err)
	}
	index := search.New(db, zerolog.Nop())
	if err := index.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_, err = export.Write(t.Context(), &out, db, export.JSONL, func(ctx context.Context, each func(session.ID) error) error {
		return index.Each(ctx, search.Query{}, each)
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, db, out.String()
}

func TestADayLeavesNoBoardAndNoSearchEmpty(t *testing.T) {
	t.Parallel()
	s, db, _ := play(t, 1, 24)
	if s.Visitors != 24 || s.Answered < 5 || s.HandedOver != s.Answered+s.Waiting+s.Calls || s.Waiting != 3 || s.Calls != 2 || s.Rated == 0 {
		t.Errorf("got %+v", s)
	}
	if v, err := backup.Verify(t.Context(), db); err != nil || len(v.Faults) > 0 || v.Sessions != 24 {
		t.Errorf("the record has %+v, %v", v, err)
	}
	index := search.New(db, zerolog.Nop())
	for _, q := range []search.Query{
		{Text: "退款"}, {Text: "refund"}, {Agent: "ann"}, {Agent: "bob"}, {Owner: session.Waiting}, {Reason: "button"},
	} {
		page, err := index.Search(t.Context(), q)
		if err != nil || len(page.Hits) == 0 {
			t.Errorf("%+v finds nothing (%v)", q, err)
		}
		for _, h := range page.Hits {
			if h.Opened.After(end) || h.Opened.Before(end.Add(-24*time.Hour)) {
				t.Errorf("%s began at %s, which is not in the day", h.Session, h.Opened)
			}
		}
	}
	policies, err := policy.Open(t.Context(), db, escalate.Default(), policy.Options{Log: zerolog.Nop(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := policies.Decisions(t.Context(), []string{demo.Site}, true, 50)
	if err != nil || len(decisions) == 0 || policies.Newest().Version != 2 {
		t.Errorf("%d decisions under policy %d, %v", len(decisions), policies.Newest().Version, err)
	}
}

func TestTheSameSeedIsTheSameDay(t *testing.T) {
	t.Parallel()
	_, _, first := play(t, 7, 8)
	_, _, second := play(t, 7, 8)
	_, _, other := play(t, 8, 8)
	if first != second {
		t.Error("two days of one seed differ:", difference(first, second))
	}
	if first == other {
		t.Error("another seed is the same day")
	}
}

// difference is the first line in which two exports are not the same.
func difference(a, b string) string {
	other := strings.Split(b, "\n")
	for i, line := range strings.Split(a, "\n") {
		if i >= len(other) || line != other[i] {
			return line + "\n" + strings.Join(other[min(i, len(other)):min(i+1, len(other))], "")
		}
	}
	return ""
}
