package search_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record/search"
)

func TestWordsAreFoundInChineseAndEnglish(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		c := l.talk("demo")
		for _, text := range []string{
			"我要退款，什么时候到账？", "请问退货和款项怎么办", "Where is my REFUND? I was refunded nothing.",
			"订单 A-1024 的发票", "ＶＩＰ会员 café", "退",
		} {
			l.says(c, "", text)
		}
		l.archive(c)
		for text, want := range map[string][]string{
			"退款":        {"我要退款，什么时候到账？"},
			"退":         {"退", "请问退货和款项怎么办", "我要退款，什么时候到账？"},
			"退货和款":      {"请问退货和款项怎么办"},
			"到账 退款":     {"我要退款，什么时候到账？"},
			"退款 发票":     nil,
			"款退":        nil,
			"refunds":   {"Where is my REFUND? I was refunded nothing."},
			"1024 发票":   {"订单 A-1024 的发票"},
			"vip":       {"ＶＩＰ会员 café"},
			"会员 café":   {"ＶＩＰ会员 café"},
			"？！":        nil,
			"site:demo": nil,
		} {
			if diff := cmp.Diff(want, l.finds(search.Query{Text: text})); diff != "" {
				t.Errorf("%s (-want +got):\n%s", text, diff)
			}
		}
	})
}

// hostile are strings that have broken out of queries elsewhere.
var hostile = []string{
	`'; DROP TABLE sessions; --`, `" OR 1=1 --`, `' UNION SELECT password FROM accounts --`, `*`, `"`, `'`, `\`, `\'`, `$1`, `?`,
	`a" NEAR "b`, `words:x`, `^x -y`, `NOT`, `AND OR NOT`, `(`, `)`, `x:*`, `!x`, `x & | y`, `<->`, "\x00", "a\x00b", "\xff\xfe",
	`%`, `_`, `%' OR '%'='`, "退款'", "退款\" OR \"a", "${jndi:x}", "{{7*7}}", "<script>", "'||pg_sleep(9)||'", "1e999", "ｘ＇ＯＲ＇１＇＝＇１",
}

func TestNothingThatIsTypedBecomesAPartOfAQuery(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		c := l.talk("demo")
		l.says(c, "ann", "a secret of the demo site")
		l.archive(c)
		for _, text := range hostile {
			for name, q := range map[string]search.Query{
				"words": {Text: text}, "owner": {Owner: session.Owner(text)}, "agent": {Agent: text}, "reason": {Reason: text},
				"queue": {Queue: text}, "site": {Sites: []string{text}}, "site with words": {Text: "secret", Sites: []string{text}},
				"owner with words": {Text: "secret", Owner: session.Owner(text)},
			} {
				page, err := l.Search(t.Context(), q)
				if err != nil {
					t.Errorf("%s %q: %v", name, text, err)
				}
				if len(page.Hits) > 0 {
					t.Errorf("%s %q found %q", name, text, page.Hits[0].Message.Body.Text)
				}
			}
			if _, err := l.Search(t.Context(), search.Query{Text: "secret", After: text}); text != "" && !errors.Is(err, search.ErrCursor) {
				t.Errorf("cursor %q: got %v, want ErrCursor", text, err)
			}
		}
		if got := l.finds(search.Query{Text: "secret"}); len(got) != 1 {
			t.Errorf("the record has lost what was in it: %q", got)
		}
	})
}

func TestFiltersNarrowASearchWithAndWithoutWords(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		one, two, three := l.talk("demo"), l.talk("demo"), l.talk("other")
		l.says(one, "", "refund one")
		l.happens(one, session.Event{Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Waiting, Reason: "button", Queue: "appeals"}})
		l.happens(one, session.Event{Kind: session.KindMove, From: session.FromAgent, By: "ann", Body: session.Body{To: session.Human, Agent: "ann"}})
		l.says(one, "ann", "hello")
		l.happens(one, session.Event{Kind: session.KindRating, From: session.FromVisitor, Body: session.Body{Score: 5}})
		between := l.at
		l.says(two, "", "refund two")
		l.says(three, "", "refund three")
		l.archive(one, two, three)
		for name, c := range map[string]struct {
			q    search.Query
			want []string
		}{
			"all":          {search.Query{}, []string{"refund three", "refund two", "refund one"}},
			"a site":       {search.Query{Sites: []string{"demo"}}, []string{"refund two", "refund one"}},
			"two sites":    {search.Query{Sites: []string{"demo", "other"}}, []string{"refund three", "refund two", "refund one"}},
			"no site":      {search.Query{Sites: []string{}}, nil},
			"an owner":     {search.Query{Owner: session.Human}, []string{"refund one"}},
			"an agent":     {search.Query{Agent: "ann"}, []string{"refund one"}},
			"another":      {search.Query{Agent: "bob"}, nil},
			"a reason":     {search.Query{Reason: "button", Queue: "appeals"}, []string{"refund one"}},
			"a rating":     {search.Query{Rating: 5}, []string{"refund one"}},
			"bad ratings":  {search.Query{Rating: 1}, nil},
			"all together": {search.Query{Sites: []string{"demo"}, Owner: session.Human, Agent: "ann", Reason: "button", Queue: "appeals", Rating: 5}, []string{"refund one"}},
		} {
			if diff := cmp.Diff(c.want, l.finds(c.q)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			c.q.Text = "refund"
			if diff := cmp.Diff(c.want, l.finds(c.q)); diff != "" {
				t.Errorf("%s, with words (-want +got):\n%s", name, diff)
			}
		}
		if diff := cmp.Diff([]string{"refund one"}, l.finds(search.Query{Text: "refund", To: between})); diff != "" {
			t.Errorf("before (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"refund three", "refund two"}, l.finds(search.Query{Text: "refund", From: between})); diff != "" {
			t.Errorf("after (-want +got):\n%s", diff)
		}
	})
}

func TestPagesFollowEachOtherWithoutAGapOrADouble(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		var all []*talk
		for i := range 25 {
			c := l.talk("demo")
			l.says(c, "ann", fmt.Sprintf("refund %d", i))
			all = append(all, c)
		}
		l.archive(all...)
		for _, q := range []search.Query{{}, {Text: "refund"}, {Agent: "ann"}, {Text: "refund", Agent: "ann"}} {
			text := q.Text + " of " + q.Agent
			seen, pages := map[session.ID]bool{}, 0
			for q.Limit = 10; ; {
				page, err := l.Search(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				for _, h := range page.Hits {
					if seen[h.Session] {
						t.Errorf("%q: a session came twice", text)
					}
					seen[h.Session] = true
				}
				pages++
				if q.After = page.Next; q.After == "" {
					break
				}
			}
			if len(seen) != 25 || pages != 3 {
				t.Errorf("%q: got %d sessions on %d pages, want 25 on 3", text, len(seen), pages)
			}
		}
	})
}

func TestASearchThatFindsLittleStopsAndGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		c := l.talk("demo")
		l.says(c, "rare", "refund by somebody else")
		l.archive(c)
		many := l.talk("demo")
		for range 400 {
			l.says(many, "", "refund")
		}
		l.archive(many)
		if diff := cmp.Diff([]string{"refund by somebody else"}, l.finds(search.Query{Text: "refund", Agent: "rare"})); diff != "" {
			t.Errorf("behind the first window (-want +got):\n%s", diff)
		}
	})
}

func TestTheIndexFollowsForksCompactionAndErasure(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		c := l.talk("demo")
		l.says(c, "", "first words")
		l.says(c, "", "taken back")
		whole := c.events
		l.archive(c)
		// A failover took the second message back, and another came under its number; then the session is
		// compacted: all of it stands in one segment under a new number.
		other := whole[1]
		other.ID, other.Body.Text, other.At = "v:other", "said instead", other.At.Add(time.Second)
		l.rewrite(c.id, []session.Event{whole[0], other})
		l.rewrite(c.id, []session.Event{whole[0], other})
		for text, want := range map[string][]string{"taken": nil, "instead": {"said instead"}, "first": {"first words"}} {
			if diff := cmp.Diff(want, l.finds(search.Query{Text: text})); diff != "" {
				t.Errorf("%s (-want +got):\n%s", text, diff)
			}
		}
		if _, err := l.db.Exec(t.Context(), "DELETE FROM sessions WHERE id = $1", string(c.id)); err != nil {
			t.Fatal(err)
		}
		if got := l.finds(search.Query{Text: "words"}); got != nil {
			t.Errorf("erased, but found: %q", got)
		}
	})
}

// rewrite replaces a session's segments by one, as a repair and a compaction do.
func (l *library) rewrite(id session.ID, events []session.Event) {
	l.t.Helper()
	c := &talk{id: id, events: events}
	for _, e := range events {
		c.state = session.Fold(c.state, e)
	}
	c.state.Site = "demo"
	if _, err := l.db.Exec(l.t.Context(), "DELETE FROM segments WHERE session_id = $1", string(id)); err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.db.Exec(l.t.Context(), "UPDATE sessions SET seq = 0, tail = '' WHERE id = $1", string(id)); err != nil {
		l.t.Fatal(err)
	}
	l.archive(c)
}

func TestSeveralNodesIndexWhatSeveralArchiveOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		var all []*talk
		for i := range 300 {
			c := l.talk("demo")
			l.says(c, "", fmt.Sprintf("refund %d", i))
			all = append(all, c)
		}
		var group sync.WaitGroup
		for n := range 3 {
			group.Go(func() {
				own := &library{Index: search.New(l.db, zerolog.Nop()), db: l.db, t: t}
				for _, c := range all[n*100 : n*100+100] {
					own.archive(c)
				}
			})
		}
		group.Wait()
		l.archive()
		page, err := l.Search(t.Context(), search.Query{Text: "refund", Limit: 100})
		if err != nil || len(page.Hits) != 100 {
			t.Fatalf("got %d hits, error %v", len(page.Hits), err)
		}
		var n int
		if err := l.db.QueryRow(t.Context(), "SELECT count(*) FROM messages").Scan(&n); err != nil || n != 300 {
			t.Errorf("got %d messages in the index (%v), want 300", n, err)
		}
	})
}

func TestAHitSaysWhatTheConversationWas(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, l *library) {
		c := l.talk("demo")
		l.happens(c, session.Event{Kind: session.KindMessage, From: session.FromBot, Body: session.Body{Text: "a machine's refund"}})
		message := c.events[0]
		l.archive(c)
		page, err := l.Search(t.Context(), search.Query{Text: "Refund!"})
		want := search.Page{Terms: []string{"refund"}, Hits: []search.Hit{{
			Session: c.id, Site: "demo", Lang: "zh-CN", Owner: session.Bot, Opened: c.state.Created, Message: message,
		}}}
		if diff := cmp.Diff(want, page, cmpopts.IgnoreUnexported(search.Hit{})); err != nil || diff != "" {
			t.Errorf("error %v (-want +got):\n%s", err, diff)
		}
		if !page.Hits[0].Message.AI() {
			t.Error("what a machine wrote is not labelled")
		}
	})
}
