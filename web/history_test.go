package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// fill writes events to a session past the router, whose rate limits a long log would meet.
func fill(t *testing.T, w *world, id session.ID, n int, draft func(i int) session.Draft) {
	t.Helper()
	for from := 1; from <= n; from += 250 {
		var a session.Append
		for i := from; i <= min(n, from+249); i++ {
			a.Drafts = append(a.Drafts, draft(i))
		}
		if _, err := w.node.Log.Append(t.Context(), id, a); err != nil {
			t.Fatal(err)
		}
	}
}

// line is one of a log in which every third event is not for the visitor.
func line(i int) session.Draft {
	d := session.Draft{ID: fmt.Sprint("x:", i), Kind: session.KindMessage, From: session.FromSystem, Body: session.Body{Text: fmt.Sprint("line ", i)}}
	if i%3 == 0 {
		d.Kind = session.KindNote
	}
	return d
}

func history(c *client, before int) (events []frame, more bool, next int) {
	c.t.Helper()
	c.send(frame{"t": "history", "before": before, "id": "page"})
	f := c.is("history")
	if f.num("before") != before {
		c.t.Fatalf("asked before %d, answered before %v", before, f["before"])
	}
	for _, e := range f["events"].([]any) {
		events = append(events, frame(e.(map[string]any)))
	}
	return events, f.yes("more"), f.num("next")
}

func TestALogOfThousandsIsPagedBackwardsWholeAndInOrder(t *testing.T) {
	t.Parallel()
	const total = 3000
	onEveryRedis(t, func(t *testing.T, w *world) {
		c, welcome := w.visitor(t, "")
		fill(t, w, sid(welcome), total, line)
		before, pages := total+1, 0
		want := total - 1 // the newest that is no note
		for more := true; more; pages++ {
			var events []frame
			events, more, before = history(c, before)
			if len(events) != 100 {
				t.Fatalf("page %d has %d events, want 100: notes must not leave it short", pages, len(events))
			}
			for _, e := range slices.Backward(events) {
				if e.num("seq") != want || e.str("text") != fmt.Sprint("line ", want) {
					t.Fatalf("page %d: got %v, want seq %d", pages, e, want)
				}
				if want--; want%3 == 0 {
					want--
				}
			}
		}
		if pages != 20 || want > 0 || before != 0 {
			t.Errorf("%d pages down to seq %d, next %d; want 20 down to the first", pages, want, before)
		}
	})
}

func TestHistoryPassesOverThousandsOfHiddenEventsInBoundedSteps(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		c, welcome := w.visitor(t, "")
		fill(t, w, sid(welcome), 2500, func(i int) session.Draft {
			d := line(1)
			d.ID = fmt.Sprint("x:", i)
			if i > 2 {
				d.Kind = session.KindNote
			}
			return d
		})
		events, more, next := history(c, 2501)
		if len(events) != 0 || !more || next != 501 {
			t.Fatalf("got %d events, more %v, next %d; want none yet, and to go on before 501", len(events), more, next)
		}
		events, more, _ = history(c, next)
		if len(events) != 2 || more {
			t.Errorf("got %d events, more %v; want the first two and no more", len(events), more)
		}
	})
}

func TestAPageOfLongMessagesStaysInsideWhatASocketMayHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, welcome := w.visitor(t, "")
	fill(t, w, sid(welcome), 100, func(i int) session.Draft {
		d := line(1)
		d.ID, d.Body.Text = fmt.Sprint("x:", i), strings.Repeat(`"`, 8<<10)
		return d
	})
	before, seen := 101, 0
	for more := true; more; {
		var events []frame
		events, more, before = history(c, before)
		if seen += len(events); len(events) == 0 {
			t.Fatal("a page with nothing on it, and more to come")
		}
	}
	if seen != 100 {
		t.Errorf("saw %d events, want 100", seen)
	}
}

func TestAskingForHistoryBadlyIsAnsweredAndFloodsAreNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, _ := w.visitor(t, "")
	for raw, code := range map[string]string{
		`{"t":"history"}`:                              "bad_value",
		`{"t":"history","before":0}`:                   "bad_value",
		`{"t":"history","before":9007199254740992}`:    "bad_value",
		`{"t":"history","before":-1}`:                  "bad_frame",
		`{"t":"history","before":1.5}`:                 "bad_frame",
		`{"t":"history","before":"42"}`:                "bad_frame",
		`{"t":"history","before":42,"id":"not an id"}`: "bad_id",
	} {
		c.raw([]byte(raw))
		c.errs(code)
	}
	for _, before := range []int{1, 42, 9007199254740991} {
		if events, more, _ := history(c, before); len(events) != 0 || more {
			t.Errorf("before %d of an empty log: got %v, more %v", before, events, more)
		}
	}
	for range 200 {
		c.raw([]byte(`{"t":"history","before":42,"id":"flood"}`))
	}
	if f := c.errs("slow_down"); f.str("id") != "flood" {
		t.Errorf("got %v, want the frame's id", f)
	}
}

func TestHistoryOfAStoreThatIsAwayIsAskedAgainLater(t *testing.T) {
	t.Parallel()
	db := rdbtest.Memory(t)
	w := newWorld(t, db)
	c, welcome := w.visitor(t, "")
	fill(t, w, sid(welcome), 1, line)
	_ = db.Client.Close()
	c.send(frame{"t": "history", "before": 2, "id": "page"})
	if f := c.errs("unavailable"); f.num("retry_ms") == 0 || f.str("id") != "page" {
		t.Errorf("got %v, want its id and when to try again", f)
	}
}
