package record_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/session"
	"yijian/session/record"
)

var birthday = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// talk is a log of n events of a session that goes back and forth, and how it stands at its end.
func talk(id session.ID, n int) record.Segment {
	s := session.State{Owner: session.Bot, Epoch: 1, Site: "demo", Lang: "zh-CN", Created: birthday}
	out := record.Segment{Session: id}
	for i := range n {
		e := session.Event{
			Seq: uint64(i + 1), ID: fmt.Sprintf("v:%d", i+1), Prev: s.Tail, At: birthday.Add(time.Duration(i) * time.Second),
			Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: fmt.Sprintf("我要退款 %d <b>", i+1)},
		}
		if i%2 == 1 {
			e.ID, e.From = "b:"+s.Tail+":0", session.FromBot
			e.Body = session.Body{Text: "请看这里", Intent: "refund", Confidence: 0.75}
		}
		s = session.Fold(s, e)
		out.Events = append(out.Events, e)
	}
	out.State = s
	return out
}

func part(s record.Segment, from, to int) record.Segment {
	s.Events = s.Events[from-1 : to]
	return s
}

func write(t *testing.T, db *record.DB, segments ...record.Segment) []record.Outcome {
	t.Helper()
	outcomes, err := db.WriteSegments(t.Context(), segments)
	if err != nil {
		t.Fatal(err)
	}
	return outcomes
}

func TestWhatWasArchivedIsReadBackAsItWas(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		log := talk(session.NewID(), 9)
		want := []record.Outcome{record.Stored, record.Stored}
		if diff := cmp.Diff(write(t, db, part(log, 1, 4), part(log, 5, 9)), want); diff != "" {
			t.Error(diff)
		}
		got, err := db.Events(t.Context(), log.Session, 3, 7)
		if diff := cmp.Diff(got, log.Events[2:7]); err != nil || diff != "" {
			t.Error(err, diff)
		}
		last, err := db.LastOf(t.Context(), log.Session)
		if want := (session.Position{Since: 9, Tail: "v:9"}); err != nil || last != want {
			t.Errorf("got the end %v, %v, want %v", last, err, want)
		}
		row, err := db.Session(t.Context(), log.Session)
		if diff := cmp.Diff(row, record.Session{
			ID: log.Session, Last: last, Opened: birthday, At: log.Events[8].At, State: log.State,
		}); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}

func TestASegmentThatIsThereIsKnownAndOneThatDoesNotFollowIsApart(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		log := talk(session.NewID(), 6)
		other := talk(log.Session, 6)
		other.Events[3].Prev = "v:another"
		write(t, db, part(log, 1, 3))
		got := write(t, db, part(log, 1, 3), part(log, 5, 6), part(other, 4, 5), part(log, 2, 4))
		want := []record.Outcome{record.Known, record.Apart, record.Apart, record.Stored}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Error(diff)
		}
		events, err := db.Events(t.Context(), log.Session, 1, 100)
		if diff := cmp.Diff(events, log.Events[:4]); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}

func TestASessionThatNobodyArchivedIsNotThere(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db, id := open(t, target), session.NewID()
		if _, err := db.Session(t.Context(), id); !errors.Is(err, record.ErrNoSession) {
			t.Errorf("got %v", err)
		}
		last, err := db.LastOf(t.Context(), id)
		if err != nil || last != (session.Position{}) {
			t.Errorf("got %v, %v", last, err)
		}
	})
}

func TestWhoFollowsWriteNumbersWhileFourNodesArchiveMissesNothing(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		const nodes, each = 4, 25
		failed := make(chan error, nodes)
		for range nodes {
			go func() {
				for range each {
					if _, err := db.WriteSegments(t.Context(), []record.Segment{talk(session.NewID(), 2), talk(session.NewID(), 1)}); err != nil {
						failed <- err
						return
					}
				}
				failed <- nil
			}()
		}
		seen, after := map[session.ID]bool{}, int64(0)
		for running := nodes; running > 0 || len(seen) < nodes*each*2; {
			select {
			case err := <-failed:
				if running--; err != nil {
					t.Fatal(err)
				}
			default:
			}
			page, err := db.Follow(t.Context(), after, 7)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range page {
				if seen[w.Session] || w.N <= after {
					t.Fatalf("segment %d came out of turn", w.N)
				}
				seen[w.Session], after = true, w.N
			}
			if running == 0 && len(page) == 0 {
				break
			}
		}
		if len(seen) != nodes*each*2 {
			t.Errorf("followed %d sessions, want %d", len(seen), nodes*each*2)
		}
	})
}

func TestSessionsAreReadInTheOrderOfTheirBirths(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		var want []session.ID
		var all []record.Segment
		for range 1100 {
			id := session.NewID()
			want, all = append(want, id), append(all, talk(id, 1))
		}
		write(t, db, all...)
		var got []session.ID
		err := db.Sessions(t.Context(), func(s record.Session) error {
			got = append(got, s.ID)
			return nil
		})
		if diff := cmp.Diff(got, want); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}

func TestHostileWordsAreOnlyWords(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		db := open(t, target)
		for _, text := range []string{
			"'; DROP TABLE segments; --", "$1 $2", "\\", "line\nline\r\n", "\u2028\u2029", "👩‍👩‍👧", "\ufffd", strings.Repeat("长", 20000),
		} {
			log := talk(session.NewID(), 1)
			log.Events[0].Body.Text = text
			write(t, db, log)
			got, err := db.Events(t.Context(), log.Session, 1, 1)
			if diff := cmp.Diff(got, log.Events); err != nil || diff != "" {
				t.Errorf("%q: %v %s", text, err, diff)
			}
		}
	})
}
