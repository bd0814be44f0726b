package keep_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/keep"
	"yijian/session/record/mask"
	"yijian/session/record/pgtest"
	"yijian/session/record/search"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var backends = pgtest.Engines()

var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

var rules = map[string]keep.Rule{"demo": {Keep: 30 * 24 * time.Hour, Mask: mask.All}, "shop": {}}

// onEach runs test on every engine, on a record that masks, at noon.
func onEach(t *testing.T, test func(t *testing.T, db *record.DB, k *keep.Keeper)) {
	t.Helper()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := record.Open(t.Context(), target(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			db.Redact(keep.Redact(rules))
			test(t, db, keep.New(keep.Options{
				Record: db, Rules: rules, Now: func() time.Time { return noon }, Log: zerolog.Nop(),
				Erase: func(ctx context.Context, id session.ID) error { return db.Erase(ctx, id) },
			}))
		})
	}
}

// past is where and how long ago a conversation was, and who answered last.
type past struct {
	site  string
	owner session.Owner
	ago   time.Duration
}

// put archives one conversation.
func put(t *testing.T, db *record.DB, p past, bodies ...session.Body) session.ID {
	t.Helper()
	site, owner, ago := p.site, p.owner, p.ago
	s := record.Segment{Session: session.NewID(), State: session.State{Site: site, Created: noon.Add(-ago)}}
	prev := ""
	for i, body := range bodies {
		e := session.Event{
			Seq: uint64(i + 1), ID: fmt.Sprintf("v:%d", i), Prev: prev, At: noon.Add(-ago), Kind: session.KindMessage,
			From: session.FromVisitor, Body: body,
		}
		if body.Phone != "" {
			e.Kind = session.KindCallback
		}
		prev = e.ID
		s.Events = append(s.Events, e)
	}
	s.State.Owner, s.State.Seq, s.State.Tail, s.State.MovedAt = owner, uint64(len(bodies)), prev, noon.Add(-ago)
	if _, err := db.WriteSegments(t.Context(), []record.Segment{s}); err != nil {
		t.Fatal(err)
	}
	return s.Session
}

func bodies(t *testing.T, db *record.DB, id session.ID) []session.Body {
	t.Helper()
	events, err := db.Events(t.Context(), id, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	var all []session.Body
	for _, e := range events {
		all = append(all, e.Body)
	}
	return all
}

func sweep(t *testing.T, k *keep.Keeper) {
	t.Helper()
	for range 2 { // twice is harmless
		if err := k.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestS7NumbersAreMaskedBeforeTheyAreWrittenWhereTheSiteSaysSo(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, _ *keep.Keeper) {
		masked := put(t, db, past{"demo", session.Bot, 0}, session.Body{Text: "我的手机13800138000"}, session.Body{Text: "谢谢"})
		plain := put(t, db, past{"shop", session.Bot, 0}, session.Body{Text: "我的手机13800138000"})
		if diff := cmp.Diff([]session.Body{{Text: "我的手机138****8000"}, {Text: "谢谢"}}, bodies(t, db, masked)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if got := bodies(t, db, plain)[0].Text; !strings.Contains(got, "13800138000") {
			t.Errorf("a site that masks nothing has %q", got)
		}
	})
}

func TestPaceIsDroppedADayAfterTheLastEventAndNotBefore(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, k *keep.Keeper) {
		pace := &session.Pace{T: 4, Pause: 3, Edits: 1}
		old := put(t, db, past{"shop", session.Closed, 25 * time.Hour}, session.Body{Text: "slow", Pace: pace}, session.Body{Phone: "13800138000"})
		young := put(t, db, past{"shop", session.Closed, 23 * time.Hour}, session.Body{Text: "slow", Pace: pace})
		called := put(t, db, past{"demo", session.Closed, 25 * time.Hour}, session.Body{Phone: "13800138000"})
		sweep(t, k)
		for name, c := range map[string]struct {
			id   session.ID
			want []session.Body
		}{
			"old":    {old, []session.Body{{Text: "slow"}, {Phone: "13800138000"}}},
			"young":  {young, []session.Body{{Text: "slow", Pace: pace}}},
			"called": {called, []session.Body{{Phone: "138****8000"}}},
		} {
			if diff := cmp.Diff(c.want, bodies(t, db, c.id)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
	})
}

func TestWhatIsPastItsTimeIsErasedUnlessSomebodyWaits(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db *record.DB, k *keep.Keeper) {
		const month = 31 * 24 * time.Hour
		text := session.Body{Text: "refund"}
		gone := []session.ID{put(t, db, past{"demo", session.Closed, month}, text), put(t, db, past{"demo", session.Bot, month}, text)}
		stays := []session.ID{
			put(t, db, past{"demo", session.Waiting, month}, text), put(t, db, past{"demo", session.Human, month}, text),
			put(t, db, past{"demo", session.Closed, month / 2}, text), put(t, db, past{"shop", session.Closed, 10 * month}, text),
		}
		index := search.New(db, zerolog.Nop())
		if err := index.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		sweep(t, k)
		for _, id := range gone {
			if got := bodies(t, db, id); len(got) > 0 {
				t.Errorf("%v is still there", got)
			}
		}
		for _, id := range stays {
			if got := bodies(t, db, id); len(got) != 1 {
				t.Errorf("got %v", got)
			}
		}
		if page, err := index.Search(t.Context(), search.Query{Text: "refund"}); err != nil || len(page.Hits) != len(stays) {
			t.Errorf("found %d, %v, want %d", len(page.Hits), err, len(stays))
		}
		log, err := db.Audits(t.Context(), nil, 10)
		if err != nil || len(log) != 1 || log[0].Target != "2 sessions" || log[0].Who != "retention" {
			t.Errorf("audit log %+v, %v", log, err)
		}
	})
}
