package router

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/session"
)

// asked is a session in which the router has asked whether a person should take over.
func (h *house) askedWhether() (session.ID, string) {
	h.Helper()
	id := h.begin()
	_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "one", Text: "When is it sent?"})
	h.must(err)
	d := escalate.Decision{Action: escalate.Offer, Reason: escalate.ReasonRepeated, Policy: 1}
	draft, err := decided("s:decision:v:one:offer", d, "en")
	h.must(err)
	h.append(id, session.Append{Drafts: []session.Draft{draft}})
	return id, draft.Body.Offer
}

func TestAYesToAnOfferLeadsIntoTheLineForItsReason(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id, offer := h.askedWhether()
		for range 2 { // the answer to the first may have been lost
			h.must(h.router.Answer(h.Context(), id, "tap", offer, true))
		}
		s := h.state(id)
		if s.Owner != session.Waiting || s.Reason != escalate.ReasonRepeated || s.Seq != 4 {
			h.Errorf("got %+v, want a session in line for %s after four events", s, escalate.ReasonRepeated)
		}
	})
}

func TestANoStaysWithTheBotAndIsInTheLog(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id, offer := h.askedWhether()
		h.must(h.router.Answer(h.Context(), id, "tap", offer, false))
		at, err := h.node.Open(h.Context(), id, "", 0, session.Position{})
		h.must(err)
		want := session.Body{Offer: offer, Reason: escalate.ReasonRepeated}
		last := at.Events[len(at.Events)-1]
		if diff := cmp.Diff(want, last.Body); diff != "" || last.Kind != session.KindAnswer || at.State.Owner != session.Bot {
			h.Errorf("owner %s, last %+v (-want +got):\n%s", at.State.Owner, last, diff)
		}
		// Another tab, where the question still stands, may say yes: a wish for a person wins.
		h.must(h.router.Answer(h.Context(), id, "other", offer, true))
		if s := h.state(id); s.Owner != session.Waiting {
			h.Errorf("owner %s after a yes", s.Owner)
		}
	})
}

func TestAYesToAForgottenOfferIsAWishForAPersonAndANoIsNothing(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.begin()
		if err := h.router.Answer(h.Context(), id, "a", "of-none", false); !errors.Is(err, ErrNoOffer) {
			h.Errorf("got %v, want ErrNoOffer", err)
		}
		h.must(h.router.Answer(h.Context(), id, "b", "of-none", true))
		if s := h.state(id); s.Owner != session.Waiting || s.Reason != ReasonButton {
			h.Errorf("got %+v, want a session in line by the button", s)
		}
	})
}

func TestWhoWantsAPersonFirstFromNowOnIsInLineAtOnce(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.begin()
		h.must(h.router.Prefer(h.Context(), id, session.Prefers{First: "human", Assist: 2}))
		s := h.state(id)
		if s.Owner != session.Waiting || s.Reason != ReasonFirstHuman || s.Assist != 2 {
			h.Errorf("got %+v, want a session in line that wants a person first", s)
		}
		// The visitor's own choice of the bot stands.
		h.must(h.router.BackToBot(h.Context(), id, "back"))
		h.must(h.router.Prefer(h.Context(), id, session.Prefers{First: "human", Assist: 1}))
		if s := h.state(id); s.Owner != session.Bot || s.Assist != 1 {
			h.Errorf("got %+v, want the bot", s)
		}
	})
}

func TestASiteWhereAPersonComesFirstNeverLetsTheBotSpeak(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		h.router.firstHuman = map[string]bool{"demo": true}
		id := h.begin()
		if s := h.state(id); s.Owner != session.Waiting {
			h.Errorf("owner %s, want waiting (invariant 4)", s.Owner)
		}
		h.must(h.router.End(h.Context(), id, "end"))
		_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "two", Text: "One more thing"})
		h.must(err)
		if s := h.state(id); s.Owner != session.Waiting {
			h.Errorf("reopened to %s, want waiting", s.Owner)
		}
	})
}
