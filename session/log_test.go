package session_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// onEveryRedis runs one test on the in-process Redis and on a real redis-server.
func onEveryRedis(t *testing.T, test func(t *testing.T, l *session.Log, c *clock)) {
	t.Helper()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := &clock{ms: 1_700_000_000_000}
			test(t, session.NewLog(open(t), c.now), c)
		})
	}
}

type clock struct{ ms int64 }

func (c *clock) now() int64           { return c.ms }
func (c *clock) pass(d time.Duration) { c.ms += d.Milliseconds() }

func born(t *testing.T, l *session.Log) session.ID {
	t.Helper()
	id := session.NewID()
	if _, err := l.Create(t.Context(), session.Birth{ID: id, Site: "demo", Lang: "zh-CN"}); err != nil {
		t.Fatal(err)
	}
	return id
}

func says(id, text string) session.Draft {
	return session.Draft{
		ID: session.VisitorEventID(id), Kind: session.KindMessage, From: session.FromVisitor,
		Body: session.Body{Text: text},
	}
}

func moves(id string, by session.Role, to session.Owner, agent string) session.Draft {
	d := session.Draft{
		ID: id, Kind: session.KindMove, From: by,
		Body: session.Body{To: to, Reason: "test", Queue: "general"},
	}
	if to == session.Human {
		d.Body.Agent = agent
	}
	if by == session.FromAgent {
		d.By = agent
	}
	return d
}

func write(t *testing.T, l *session.Log, id session.ID, drafts ...session.Draft) session.Appended {
	t.Helper()
	out, err := l.Append(t.Context(), id, session.Append{Drafts: drafts, Offer: 1})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestInvariant1AnEventSentTwiceIsStoredOnce(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := born(t, l)
		first := write(t, l, id, says("x", "hello"))
		again := write(t, l, id, says("x", "hello"), says("y", "and more"))
		if diff := cmp.Diff([]uint64{1, 2}, again.Seqs); diff != "" {
			t.Errorf("seqs (-want +got):\n%s", diff)
		}
		if len(first.Fresh) != 1 || len(again.Fresh) != 1 || again.Fresh[0].Prev != "v:x" {
			t.Errorf("fresh: got %v then %v", first.Fresh, again.Fresh)
		}
		_, err := l.Append(t.Context(), id, session.Append{Drafts: []session.Draft{says("x", "other")}})
		if !errors.Is(err, session.ErrIDReused) {
			t.Errorf("same id, other text: got %v, want ErrIDReused", err)
		}
	})
}

func TestInvariant1AnIDTwiceInOneBatchIsStoredOnce(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := born(t, l)
		out := write(t, l, id, says("x", "hello"), says("y", "and more"), says("x", "hello"))
		if diff := cmp.Diff([]uint64{1, 2, 1}, out.Seqs); diff != "" || len(out.Fresh) != 2 || out.Now.Seq != 2 {
			t.Errorf("%d stored, state at %d, seqs (-want +got):\n%s", len(out.Fresh), out.Now.Seq, diff)
		}
		_, err := l.Append(t.Context(), id, session.Append{Drafts: []session.Draft{says("z", "one"), says("z", "other")}})
		if !errors.Is(err, session.ErrIDReused) {
			t.Errorf("same id, other text: got %v, want ErrIDReused", err)
		}
	})
}

func TestInvariant6AnEventIsDeliveredWithTheArrivalItIsStoredWith(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := born(t, l)
		out := write(t, l, id,
			moves("m:1", session.FromVisitor, session.Waiting, ""), moves("m:2", session.FromVisitor, session.Bot, ""))
		stored, err := l.Read(t.Context(), id, 1, 2)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(stored, out.Fresh); diff != "" || stored[0].Body.Arrived == 0 {
			t.Errorf("delivered differs from stored (-stored +delivered):\n%s", diff)
		}
	})
}

func TestInvariant2TheScriptRefusesWhatTheTableDoes(t *testing.T) {
	t.Parallel()
	owners := []session.Owner{session.Bot, session.Waiting, session.Human, session.Closed}
	roles := []session.Role{session.FromVisitor, session.FromBot, session.FromAgent, session.FromSystem}
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		for _, from := range owners {
			for _, to := range owners {
				for _, by := range roles {
					id := in(t, l, from)
					a := session.Append{Drafts: []session.Draft{moves("m:try", by, to, "ann")}, Offer: 9}
					if by == session.FromBot {
						s, _ := l.State(t.Context(), id)
						a.Epoch, a.Ask = s.Epoch, s.Ask
					}
					if from == session.Human && by == session.FromSystem && to == session.Closed {
						// Invariant 8: only with the proof that nobody is there.
						refused(t, l, id, a, "illegal")
						s, _ := l.State(t.Context(), id)
						a.Quiet = s.At
					}
					_, err := l.Append(t.Context(), id, a)
					if got, want := err == nil, session.CanMove(from, to, by); got != want {
						t.Errorf("%s → %s by %s: script allows %v, table %v (%v)", from, to, by, got, want, err)
					}
				}
			}
		}
	})
}

// in returns a new session that was brought to an owner by legal moves. A session of the bot has an
// open ask.
func in(t *testing.T, l *session.Log, owner session.Owner) session.ID {
	t.Helper()
	id := born(t, l)
	write(t, l, id, says("first", "hello"))
	switch owner {
	case session.Waiting:
		write(t, l, id, moves("m:1", session.FromVisitor, session.Waiting, ""))
	case session.Human:
		write(t, l, id, moves("m:1", session.FromVisitor, session.Waiting, ""))
		write(t, l, id, moves("m:2", session.FromAgent, session.Human, "ann"))
	case session.Closed:
		write(t, l, id, moves("m:1", session.FromVisitor, session.Closed, ""))
	}
	return id
}

func TestInvariant3ABotIsRefusedAfterTheHandoffAndForAnOlderAsk(t *testing.T) {
	t.Parallel()
	reply := func(ask string) session.Draft {
		return session.Draft{ID: session.BotEventID(ask, 1), Kind: session.KindMessage, From: session.FromBot, Body: session.Body{Text: "hi"}}
	}
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := in(t, l, session.Bot)
		s, err := l.State(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		write(t, l, id, says("second", "wait, something else"))
		old := session.Append{Drafts: []session.Draft{reply(s.Ask)}, Epoch: s.Epoch, Ask: s.Ask}
		if _, err := l.Append(t.Context(), id, old); !errors.Is(err, session.ErrConflict) {
			t.Errorf("answer to an older ask: got %v, want ErrConflict", err)
		}
		write(t, l, id, moves("m:h", session.FromVisitor, session.Waiting, ""))
		late := session.Append{Drafts: []session.Draft{reply("v:second")}, Epoch: s.Epoch, Ask: "v:second"}
		if _, err := l.Append(t.Context(), id, late); !errors.Is(err, session.ErrConflict) {
			t.Errorf("answer after the handoff: got %v, want ErrConflict", err)
		}
	})
}

func TestInvariant3ABotsTextAndItsHandoffAreBothHonouredTextFirst(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := in(t, l, session.Bot)
		s, _ := l.State(t.Context(), id)
		text := session.Draft{ID: session.BotEventID(s.Ask, 1), Kind: session.KindMessage, From: session.FromBot, Body: session.Body{Text: "a person knows"}}
		out, err := l.Append(t.Context(), id, session.Append{
			Drafts: []session.Draft{text, moves(session.BotEventID(s.Ask, 2), session.FromBot, session.Waiting, "")},
			Epoch:  s.Epoch, Ask: s.Ask,
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Fresh) != 2 || out.Fresh[1].Body.Arrived == 0 {
			t.Errorf("got %+v, want the text, then a move with an arrival time", out.Fresh)
		}
	})
}

func TestInvariant6ThePlaceInLineKeepsItsArrivalTime(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		id := in(t, l, session.Waiting)
		before, _ := l.State(t.Context(), id)
		c.pass(time.Minute)
		write(t, l, id, moves("m:a", session.FromAgent, session.Human, "ann"))
		c.pass(time.Minute)
		write(t, l, id, moves("m:lost", session.FromSystem, session.Waiting, ""))
		after, _ := l.State(t.Context(), id)
		if before.Arrived == 0 || after.Arrived != before.Arrived {
			t.Errorf("arrival: got %d, want %d", after.Arrived, before.Arrived)
		}
	})
}

func TestAVoidedOfferCannotBeAccepted(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := in(t, l, session.Waiting)
		if err := l.Void(t.Context(), id, 3); err != nil {
			t.Fatal(err)
		}
		accept := session.Append{Drafts: []session.Draft{moves("m:a", session.FromAgent, session.Human, "ann")}, Offer: 3}
		if _, err := l.Append(t.Context(), id, accept); !errors.Is(err, session.ErrConflict) {
			t.Errorf("got %v, want ErrConflict", err)
		}
		accept.Offer = 4
		if _, err := l.Append(t.Context(), id, accept); err != nil {
			t.Errorf("the next offer: %v", err)
		}
	})
}

func TestAnAbsentSessionIsGoneAndIsNotMadeByWriting(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := session.NewID()
		_, err := l.Append(t.Context(), id, session.Append{Drafts: []session.Draft{says("x", "hello")}})
		if !errors.Is(err, session.ErrGone) {
			t.Errorf("append: got %v, want ErrGone", err)
		}
		if _, err := l.State(t.Context(), id); !errors.Is(err, session.ErrGone) {
			t.Errorf("state: got %v, want ErrGone", err)
		}
	})
}

func TestOpenResumesFromAPositionAndResetsAForeignOne(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := born(t, l)
		for i := range 5 {
			write(t, l, id, says(fmt.Sprint("m", i), "hello"))
		}
		cases := []struct {
			name  string
			at    session.Position
			reset bool
			first uint64
		}{
			{"from the start", session.Position{}, false, 1},
			{"after the third", session.Position{Since: 3, Tail: "m2"}, false, 4},
			{"with the full id", session.Position{Since: 3, Tail: "v:m2"}, false, 4},
			{"up to date", session.Position{Since: 5, Tail: "m4"}, false, 0},
			{"from the future", session.Position{Since: 9, Tail: "m8"}, true, 1},
			{"another log's tail", session.Position{Since: 3, Tail: "zz"}, true, 1},
		}
		for _, c := range cases {
			got, err := l.Open(t.Context(), id, "", 0, c.at)
			if err != nil {
				t.Fatal(err)
			}
			var first uint64
			if len(got.Events) > 0 {
				first = got.Events[0].Seq
			}
			if got.Reset != c.reset || first != c.first || got.State.Seq != 5 {
				t.Errorf("%s: reset %v from %d, want %v from %d", c.name, got.Reset, first, c.reset, c.first)
			}
		}
	})
}

func TestAWindowOfLongMessagesIsCutToWhatASocketTakes(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, l *session.Log, _ *clock) {
		id := born(t, l)
		for i := range 60 {
			write(t, l, id, says(fmt.Sprint("m", i), strings.Repeat("x", 8<<10)))
		}
		for since, reset := range map[uint64]bool{0: false, 1: true, 50: false} {
			got, err := l.Open(t.Context(), id, "", 0, session.Position{Since: since})
			if err != nil {
				t.Fatal(err)
			}
			size := len(got.Events) * 8 << 10
			if size > 256<<10 || len(got.Events) == 0 || got.Events[len(got.Events)-1].Seq != 60 || got.Reset != reset {
				t.Errorf("since %d: %d bytes, reset %v; want at most 256 KiB up to the end, reset %v", since, size, got.Reset, reset)
			}
		}
	})
}

func refused(t *testing.T, l *session.Log, id session.ID, a session.Append, code string) {
	t.Helper()
	_, err := l.Append(t.Context(), id, a)
	if got, ok := errors.AsType[*session.RefusedError](err); !ok || got.Code != code {
		t.Errorf("append %+v: got %v, want it refused as %s", a, err, code)
	}
}
