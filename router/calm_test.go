package router

import (
	"errors"
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

func TestADeskIsCalmUntilItFailsOrGoesBack(t *testing.T) {
	t.Parallel()
	at := func(s int) time.Time { return time.Unix(1_700_000_000+int64(s), 0) }
	var w watch
	for i, c := range []struct {
		version uint64
		err     error
		s       int
		calm    bool
	}{
		{5, nil, 0, true},
		{5, nil, 1, true},
		{9, nil, 2, true},
		{7, nil, 3, false},
		{8, nil, 6, false},
		{8, nil, 7, true},
		{0, errors.New("away"), 8, false},
		{8, nil, 11, false},
		{8, nil, 12, true},
	} {
		w.saw(c.version, c.err, at(c.s))
		if w.calm(at(c.s)) != c.calm {
			t.Errorf("step %d: calm is %v", i, !c.calm)
		}
	}
}

// TestInvariant7ASeatIsNotOverfilledByADeskThatForgotWhatItHolds loses the desk's memory of an accept:
// the seat looks free until the session's timer tells the desk again.
func TestInvariant7ASeatIsNotOverfilledByADeskThatForgotWhatItHolds(t *testing.T) {
	t.Parallel()
	h := twoShards(t)
	var w watch
	take := func() session.ID {
		offer := h.offered()
		h.router.lookAfter(t.Context(), "demo", &w)
		_, err := h.router.Accept(t.Context(), ann, offer.ID)
		h.must(err)
		return offer.Session
	}
	take()
	h.pass(3 * time.Second)
	before := h.keep(h.shard(deskTag))
	second := take()
	h.router.lookAfter(t.Context(), "demo", &w)
	h.rollBack(h.shard(deskTag), before)

	third := h.begin()
	h.must(h.router.Human(t.Context(), third, "tap"))
	for range 10 {
		h.sit()
		h.router.lookAfter(t.Context(), "demo", &w)
		h.agree(third, session.Waiting, queue.InLine)
		h.pass(time.Second)
	}
	h.agree(second, session.Human, queue.Held)
}
