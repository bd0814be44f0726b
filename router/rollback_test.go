package router

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// A failover loses what the promoted replica had not heard of. These tests do the same to one shard:
// they keep what some keys held and put it back later, on a real redis-server.

// kept is what the keys of a pattern held at a moment.
type kept map[string]string

func (h *house) keep(keys []string) kept {
	h.Helper()
	out := kept{}
	for _, key := range keys {
		dump, err := h.db.Client.Dump(h.Context(), key).Result()
		if errors.Is(err, redis.Nil) {
			continue
		}
		h.must(err)
		out[key] = dump
	}
	return out
}

// rollBack makes the keys hold what they held, and those that were not there yet disappear.
func (h *house) rollBack(keys []string, to kept) {
	h.Helper()
	h.must(h.db.Client.Del(h.Context(), keys...).Err())
	for key, dump := range to {
		h.must(h.db.Client.RestoreReplace(h.Context(), key, 0, dump).Err())
	}
}

// shard lists all keys there are of a session's partition, or of the desk.
func (h *house) shard(tag string) []string {
	h.Helper()
	keys, err := h.db.Client.Keys(h.Context(), "yj:{"+tag+"}:*").Result()
	h.must(err)
	return keys
}

func (h *house) partition(id session.ID) string {
	h.Helper()
	keys, err := h.db.Client.Keys(h.Context(), "yj:*:s:"+string(id)).Result()
	h.must(err)
	_, tag, _ := strings.Cut(keys[0], "{")
	tag, _, _ = strings.Cut(tag, "}")
	return tag
}

const deskTag = "desk:demo"

// twoShards is a house on one real redis-server.
func twoShards(t *testing.T) *house {
	t.Helper()
	return newHouse(t, rdbtest.Real(t))
}

// step is one thing that happens to a session, with what it comes to.
type step struct {
	name  string
	do    func(h *house, id session.ID)
	owner session.Owner
	state queue.State
}

func accept(h *house, id session.ID) {
	h.sit()
	done, err := h.desk.Dispatch(h.Context(), "demo")
	h.must(err)
	offers := done.Offers
	if len(offers) != 1 || offers[0].Session != id {
		h.Fatalf("offers %+v, want one of %s", offers, id)
	}
	_, err = h.router.Accept(h.Context(), ann, offers[0].ID)
	h.must(err)
}

// steps is a day of a session. Rolling back any number of its last ones must be found and healed.
func steps() []step {
	return []step{
		{"begin", func(*house, session.ID) {}, session.Bot, queue.Gone},
		{"human", func(h *house, id session.ID) { h.must(h.router.Human(h.Context(), id, "t1")) }, session.Waiting, queue.InLine},
		{"accept", accept, session.Human, queue.Held},
		{"release", func(h *house, id session.ID) {
			h.must(h.router.Release(h.Context(), id, ann, "r"))
		}, session.Waiting, queue.InLine},
		{"back", func(h *house, id session.ID) { h.must(h.router.BackToBot(h.Context(), id, "b")) }, session.Bot, queue.Gone},
		{"human again", func(h *house, id session.ID) { h.must(h.router.Human(h.Context(), id, "t2")) }, session.Waiting, queue.InLine},
		{"end", func(h *house, id session.ID) { h.must(h.router.End(h.Context(), id, "e")) }, session.Closed, queue.Gone},
		{"human once more", func(h *house, id session.ID) { h.must(h.router.Human(h.Context(), id, "t3")) }, session.Waiting, queue.InLine},
		{"accept again", accept, session.Human, queue.Held},
		{"transfer", func(h *house, id session.ID) {
			h.must(h.router.Transfer(h.Context(), id, ann, Handing{Tap: "on", Queue: notesQueue, Note: "the fee"}))
		}, session.Waiting, queue.InLine},
		{"callback", func(h *house, id session.ID) {
			h.must(h.router.Callback(h.Context(), id, "call", Call{Phone: "13800000000"}))
		}, session.Waiting, queue.InLine},
	}
}

// TestARolledBackShardIsHealedFromTheOther takes a session through a day, loses the last steps of
// one shard at every point, and finds log and desk agreeing on where the session had really been.
func TestARolledBackShardIsHealedFromTheOther(t *testing.T) {
	t.Parallel()
	for last := 1; last < len(steps()); last++ {
		for back := range last {
			for _, side := range []string{"log", "desk"} {
				name := side + " from " + steps()[last].name + " to " + steps()[back].name
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					rolledBack(twoShards(t), side, back, last)
				})
			}
		}
	}
}

func rolledBack(h *house, side string, back, last int) {
	h.Helper()
	id := h.begin()
	tag := deskTag
	if side == "log" {
		tag = h.partition(id)
	}
	var then kept
	for i, s := range steps()[:last+1] {
		s.do(h, id)
		h.ms.Add(100)
		if i == back {
			then = h.keep(h.shard(tag))
		}
	}
	want, err := h.node.State(h.Context(), id)
	h.must(err)
	h.rollBack(h.shard(tag), then)
	for range 4 {
		h.sit()
		h.pass(10 * time.Second)
	}
	if side == "log" && back == 0 && steps()[last].state == queue.Gone {
		h.asksAgain(id)
		return
	}
	h.agree(id, steps()[last].owner, steps()[last].state)
	h.sameSession(id, want)
}

// asksAgain is for a log that lost all its moves and a desk that has no ticket any more: neither has
// a reason to look. Nobody waits for anything, and a wish for a person must not meet the old end.
func (h *house) asksAgain(id session.ID) {
	h.Helper()
	h.answers(id, session.Bot, "")
	h.must(h.router.Human(h.Context(), id, "again"))
	arrived := h.ms.Load()
	h.pass(10 * time.Second)
	h.agree(id, session.Waiting, queue.InLine)
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	if s.Arrived != 1000*arrived {
		h.Errorf("arrived at %d, want %d", s.Arrived, 1000*arrived)
	}
}

// What visitors do between the rollback and its repair is theirs to decide.
func TestAWishAfterARollbackIsNotUndoneByTheRepair(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name       string
		back, last int
		wish       step
		owner      session.Owner
		state      queue.State
	}{
		{"back to the bot, from a lost agent", 1, 2, steps()[4], session.Bot, queue.Gone},
		{"the end, from a lost place", 0, 3, steps()[6], session.Closed, queue.Gone},
		{"a person, after a lost end", 4, 6, steps()[5], session.Waiting, queue.InLine},
		{"a person, where a place was lost", 0, 3, steps()[5], session.Waiting, queue.InLine},
		{"a person, where a person was lost", 0, 2, steps()[5], session.Human, queue.Held},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := twoShards(t)
			id := h.begin()
			tag := h.partition(id)
			var then kept
			for i, s := range steps()[:c.last+1] {
				s.do(h, id)
				h.ms.Add(100)
				if i == c.back {
					then = h.keep(h.shard(tag))
				}
			}
			h.rollBack(h.shard(tag), then)
			h.ms.Add(1000)
			c.wish.do(h, id)
			for range 4 {
				h.sit()
				h.pass(10 * time.Second)
			}
			h.agree(id, c.owner, c.state)
		})
	}
}

// sameSession compares what a repair restores: who answers, who of the agents, and since when.
func (h *house) sameSession(id session.ID, want session.State) {
	h.Helper()
	got, err := h.node.State(h.Context(), id)
	h.must(err)
	type answering struct {
		Owner   session.Owner
		Agent   string
		Arrived int64
	}
	if diff := cmp.Diff(answering{want.Owner, want.Agent, want.Arrived}, answering{got.Owner, got.Agent, got.Arrived}); diff != "" {
		h.Errorf("session (-before +after):\n%s", diff)
	}
	if got.Epoch < want.Epoch {
		h.Errorf("epoch %d, was %d already", got.Epoch, want.Epoch)
	}
	ticket, err := h.desk.Ticket(h.Context(), "demo", id)
	h.must(err)
	if ticket.State != queue.Gone && ticket.Arrived.UnixMicro() != got.Arrived {
		h.Errorf("the desk says %d arrived, the log %d (invariant 6)", ticket.Arrived.UnixMicro(), got.Arrived)
	}
}
