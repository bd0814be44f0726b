package record_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
	"yijian/session/record"
)

// house is a log, its record and the archiver between them, on a clock of the test's.
type house struct {
	*testing.T
	redis    *rdb.DB
	db       *record.DB
	log      *session.Log
	archiver *record.Archiver
	now      int64
}

// everywhere runs a test on every Redis with SQLite, and on the in-process one with PostgreSQL too.
func everywhere(t *testing.T, test func(h *house)) {
	t.Helper()
	for name, redis := range rdbtest.Backends() {
		if name == "tls" {
			continue // its user may not make it forget everything
		}
		t.Run(name, func(t *testing.T) { t.Parallel(); test(newHouse(t, redis(t), backends["sqlite"](t))) })
	}
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(newHouse(t, rdbtest.Memory(t), backends["postgres"](t)))
	})
}

func newHouse(t *testing.T, redis *rdb.DB, target string) *house {
	t.Helper()
	h := &house{T: t, redis: redis, db: open(t, target), now: birthday.UnixMilli()}
	plain := session.NewLog(redis, func() int64 { return h.now })
	h.archiver = record.NewArchiver(h.db, plain, measured, zerolog.Nop())
	h.log = plain.Recorded(h.db)
	return h
}

// measured stands in for the signals, which the record does not know.
func measured(events []session.Event) (int, []byte, error) {
	return 7, fmt.Appendf(nil, `{"events":%d}`, len(events)), nil
}

func (h *house) begin() session.ID {
	h.Helper()
	id := session.NewID()
	if _, err := h.log.Create(h.Context(), session.Birth{ID: id, Site: "demo", Lang: "en"}); err != nil {
		h.Fatal(err)
	}
	return id
}

func says(n int, text string) session.Draft {
	return session.Draft{
		ID: fmt.Sprintf("v:%d", n), Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: text},
	}
}

func toLine(id string) session.Draft {
	return session.Draft{
		ID: id, Kind: session.KindMove, From: session.FromVisitor,
		Body: session.Body{To: session.Waiting, Reason: "button", Queue: "general"},
	}
}

func (h *house) append(id session.ID, drafts ...session.Draft) {
	h.Helper()
	h.now += 10
	if _, err := h.log.Append(h.Context(), id, session.Append{Drafts: drafts}); err != nil {
		h.Fatal(err)
	}
}

// later lets what is due in a second come due, and archives it.
func (h *house) later() {
	h.Helper()
	h.now += 1001
	if err := h.archiver.RunOnce(h.Context()); err != nil {
		h.Fatal(err)
	}
}

func (h *house) events(id session.ID) []session.Event {
	h.Helper()
	events, err := h.log.Read(h.Context(), id, 1, 1<<40)
	if err != nil {
		h.Fatal(err)
	}
	return events
}

func (h *house) archived(id session.ID) []session.Event {
	h.Helper()
	events, err := h.db.Events(h.Context(), id, 1, 1<<40)
	if err != nil {
		h.Fatal(err)
	}
	return events
}

func (h *house) flush() {
	h.Helper()
	if err := rdbtest.Flush(h.Context(), h.redis); err != nil {
		h.Fatal(err)
	}
}

func TestTheArchiveIsTheLogASecondLater(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		var ids []session.ID
		for range 40 {
			id := h.begin()
			ids = append(ids, id)
			h.append(id, says(1, "你好"), says(2, "退款"))
		}
		if err := h.archiver.RunOnce(h.Context()); err != nil {
			h.Fatal(err)
		}
		if got := h.archived(ids[0]); len(got) != 0 {
			h.Errorf("archived %d events before they were due", len(got))
		}
		h.later()
		h.append(ids[0], toLine("m:1"))
		h.later()
		for _, id := range ids {
			if diff := cmp.Diff(h.archived(id), h.events(id)); diff != "" {
				h.Fatalf("archive and log differ: %s", diff)
			}
		}
		if got := len(h.archived(ids[0])); got != 3 {
			h.Errorf("got %d events, want 3", got)
		}
	})
}

func TestASessionThatRedisLostComesBackAsItWas(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "hello"))
		h.append(id, toLine("m:1"))
		h.append(id, says(2, "is anybody there"))
		h.later()
		before, err := h.log.State(h.Context(), id)
		if err != nil {
			h.Fatal(err)
		}
		events := h.events(id)
		h.flush()
		after, err := h.log.State(h.Context(), id)
		if after.Life == before.Life {
			h.Error("it came back in the life that was lost")
		}
		before.Life = after.Life
		if diff := cmp.Diff(after, before); err != nil || diff != "" {
			h.Error(err, diff)
		}
		if diff := cmp.Diff(h.events(id), events); diff != "" {
			h.Error(diff)
		}
		// It goes on where it was: what was stored is known, and what is new follows.
		h.append(id, says(2, "is anybody there"), says(3, "thank you"))
		h.later()
		if diff := cmp.Diff(h.archived(id), h.events(id)); diff != "" {
			h.Error(diff)
		}
		if got := len(h.archived(id)); got != 4 {
			h.Errorf("got %d events, want 4", got)
		}
	})
}

func TestManyWhoAskForALostSessionTogetherGetOne(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "hello"))
		h.later()
		h.flush()
		const askers = 16
		failed := make(chan error, askers)
		for i := range askers {
			go func() {
				_, err := h.log.Append(h.Context(), id, session.Append{Drafts: []session.Draft{says(2+i, "again")}})
				failed <- err
			}()
		}
		for range askers {
			if err := <-failed; err != nil {
				h.Error(err)
			}
		}
		if got := len(h.events(id)); got != 1+askers {
			h.Errorf("got %d events, want %d", got, 1+askers)
		}
		h.later()
		if diff := cmp.Diff(h.archived(id), h.events(id)); diff != "" {
			h.Error(diff)
		}
	})
}

func TestWhatTheRecordDoesNotHaveEitherIsGone(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.flush()
		if _, err := h.log.State(h.Context(), id); !errors.Is(err, session.ErrGone) {
			h.Errorf("state: %v", err)
		}
		_, err := h.log.Append(h.Context(), id, session.Append{Drafts: []session.Draft{says(1, "hello")}})
		if !errors.Is(err, session.ErrGone) {
			h.Errorf("append: %v", err)
		}
	})
}

func TestALogKeepsItsNewestEventsAndOlderOnesArePagedFromTheRecord(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		const all = session.Kept + 130
		for n := 1; n <= all; n += 10 {
			var drafts []session.Draft
			for i := range 10 {
				drafts = append(drafts, says(n+i, "words"))
			}
			h.append(id, drafts...)
			if n%100 == 1 {
				h.later()
			}
		}
		for range 4 {
			h.later()
		}
		last, err := h.log.Last(h.Context(), id, 1<<30)
		if err != nil || len(last) != session.Kept {
			h.Errorf("redis keeps %d events, %v, want %d", len(last), err, session.Kept)
		}
		if got := h.events(id); len(got) != all || got[0].Seq != 1 {
			h.Errorf("read %d events, want %d", len(got), all)
		}
		seen := 0
		for before := uint64(all + 1); before > 0; {
			page, err := h.log.Before(h.Context(), id, before, session.Event.ForVisitor)
			if err != nil {
				h.Fatal(err)
			}
			seen += len(page.Events)
			before = page.Next
		}
		if seen != all {
			h.Errorf("paged through %d events, want %d", seen, all)
		}
		// A reader who stands before what Redis keeps is told to begin with the window.
		opened, err := h.log.Open(h.Context(), id, "", 0, session.Position{Since: 5, Tail: "v:5"})
		if err != nil || !opened.Reset || len(opened.Events) != session.Window {
			h.Errorf("opened with reset %t and %d events, %v", opened.Reset, len(opened.Events), err)
		}
	})
}

func TestAConversationThatEndsIsOneSegment(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		for n := range 12 {
			h.append(id, says(n+1, "words that are said again and again"))
			h.later()
		}
		before := h.archived(id)
		h.append(id, session.Draft{
			ID: "m:end", Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Closed, Reason: "ended"},
		})
		h.later()
		written, err := h.db.Follow(h.Context(), 0, 100)
		if err != nil || len(written) != 1 || len(written[0].Events) != 13 {
			h.Fatalf("got %d segments, %v", len(written), err)
		}
		if diff := cmp.Diff(h.archived(id)[:12], before); diff != "" {
			h.Error(diff)
		}
		s, err := h.db.Session(h.Context(), id)
		if err != nil || s.Closed.UnixMilli() != h.now-1001 {
			h.Errorf("closed at %v, %v", s.Closed, err)
		}
		if string(s.Signals) != `{"events":13}` || s.SignalVersion != 7 {
			h.Errorf("measured %s, version %d, want the whole conversation", s.Signals, s.SignalVersion)
		}
	})
}

// A failover may bring back a log that ends earlier than its archive, or goes on differently.
func TestALogThatWasSetBackGetsItsEventsBackFromTheRecord(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "one"))
		h.later()
		dump := h.dump(id)
		h.append(id, toLine("m:1"))
		h.append(id, says(2, "two"))
		h.later()
		want := h.events(id)
		h.setBack(dump)
		h.later()
		if diff := cmp.Diff(h.events(id), want); diff != "" {
			h.Errorf("log: %s", diff)
		}
		if diff := cmp.Diff(h.archived(id), want); diff != "" {
			h.Errorf("archive: %s", diff)
		}
		s, err := h.log.State(h.Context(), id)
		if err != nil || s.Owner != session.Waiting || s.Arrived == 0 {
			h.Errorf("got owner %s, arrived %d, %v", s.Owner, s.Arrived, err)
		}
	})
}

func TestAForkKeepsWhatWasSaidUnderTheNumbersOfTheLog(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		id := h.begin()
		h.append(id, says(1, "one"))
		h.later()
		dump := h.dump(id)
		h.append(id, says(2, "lost and found"))
		h.append(id, says(3, "sent again by its page"))
		h.later()
		h.setBack(dump)
		h.append(id, says(4, "meanwhile"))
		h.append(id, says(3, "sent again by its page"))
		for range 3 {
			h.later()
		}
		var got []string
		for _, e := range h.events(id) {
			got = append(got, fmt.Sprint(e.Seq, " ", e.ID, " ", e.Body.Reason))
		}
		want := []string{"1 v:1 ", "2 v:4 ", "3 v:3 ", "4 v:2 recovered"}
		if diff := cmp.Diff(got, want); diff != "" {
			h.Error(diff)
		}
		if diff := cmp.Diff(h.archived(id), h.events(id)); diff != "" {
			h.Error(diff)
		}
	})
}

func TestOpenSessionsOfALostPartitionAreBackBeforeTimersRun(t *testing.T) {
	t.Parallel()
	everywhere(t, func(h *house) {
		var waiting []session.ID
		for range 20 {
			id := h.begin()
			h.append(id, says(1, "hello"))
			h.append(id, toLine("m:1"))
			waiting = append(waiting, id)
		}
		h.later()
		h.flush()
		settled := make(chan session.ID, 100)
		timers := session.NewTimers(h.log, map[string]session.Handler{
			"settle": func(_ context.Context, id session.ID) (time.Duration, error) {
				settled <- id
				return 0, nil
			},
		}, zerolog.Nop())
		if err := timers.RunOnce(h.Context()); err != nil {
			h.Fatal(err)
		}
		if len(settled) != len(waiting) {
			h.Errorf("settled %d sessions, want %d", len(settled), len(waiting))
		}
		for _, id := range waiting {
			if n, err := h.redis.Client.Exists(h.Context(), h.stateKey(id)).Result(); err != nil || n != 1 {
				h.Errorf("session %s is not back: %v", id, err)
			}
		}
	})
}
