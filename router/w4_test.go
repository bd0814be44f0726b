package router

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/bot"
	"yijian/router/escalate"
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

// These are W4, W5 and W6 of what a visitor must be able to rely on, on the router's own path and with a
// clock that the test moves.

// say lets a visitor write and the bot answer.
func (h *house) say(id session.ID, client, text string) {
	h.Helper()
	_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: client, Text: text})
	h.must(err)
	h.takeTurns()
}

// told lists the decisions of a session as the visitor reads them.
func (h *house) told(id session.ID) (all []string) {
	h.Helper()
	at, err := h.node.Open(h.Context(), id, "", 0, session.Position{})
	h.must(err)
	for _, e := range at.Events {
		if e.Kind == session.KindDecision {
			all = append(all, e.Body.Action+": "+e.Body.Text)
		}
	}
	return all
}

func (h *house) wantTold(id session.ID, want ...string) {
	h.Helper()
	if diff := cmp.Diff(want, h.told(id)); diff != "" {
		h.Errorf("told (-want +got):\n%s", diff)
	}
}

// lastOffer is the name of the question that stands.
func (h *house) lastOffer(id session.ID) string {
	h.Helper()
	at, err := h.node.Open(h.Context(), id, "", 0, session.Position{})
	h.must(err)
	offer := ""
	for _, e := range at.Events {
		if e.Body.Offer != "" && e.Kind == session.KindDecision {
			offer = e.Body.Offer
		}
	}
	if offer == "" {
		h.Fatalf("nothing was offered; told %q", h.told(id))
	}
	return offer
}

// The turn is queued and never taken, as when a bot never comes back.
func TestW4ASilentBotLeadsToAnOfferAt15sAndToAPersonAt60s(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.begin()
		_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: "When is it sent?"})
		h.must(err)
		h.pass(14 * time.Second)
		h.wantTold(id)
		h.pass(1 * time.Second)
		const offer = "offer: The bot is taking too long: would you like a person to help?"
		h.wantTold(id, offer)
		h.pass(44 * time.Second)
		h.answers(id, session.Bot, "")
		h.pass(1 * time.Second)
		h.answers(id, session.Waiting, ReasonBotSilent)
		h.wantTold(id, offer, "transfer: The bot is taking too long, so we are connecting you to a person.")
		h.agree(id, session.Waiting, queue.InLine)
	})
}

func TestW4ASilentBotLeadsToAPersonAfterA180sPolicyAndNeverLater(t *testing.T) {
	t.Parallel()
	h := newHouse(t, rdbtest.Real(t))
	lax := escalate.Default()
	lax.BotSilentTransfer = time.Hour // nobody validated it
	h.router.policies = onePolicy{lax}
	id := h.begin()
	_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: "When is it sent?"})
	h.must(err)
	h.pass(179 * time.Second)
	h.answers(id, session.Bot, "")
	h.pass(1 * time.Second)
	h.answers(id, session.Waiting, ReasonBotSilent)
}

func TestW4ANoToTheOfferOfASilentBotIsKeptAndTheFloorStands(t *testing.T) {
	t.Parallel()
	h := newHouse(t, rdbtest.Real(t))
	id := h.begin()
	_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "q", Text: "When is it sent?"})
	h.must(err)
	h.pass(15 * time.Second)
	h.must(h.router.Answer(h.Context(), id, "no", h.lastOffer(id), false))
	h.pass(44 * time.Second)
	h.answers(id, session.Bot, "")
	if got := len(h.told(id)); got != 1 {
		t.Errorf("asked %d times, want once", got)
	}
	h.pass(1 * time.Second)
	h.answers(id, session.Waiting, ReasonBotSilent)
}

func TestW4FailedTurnsRefusalAndIncidentsHandOver(t *testing.T) {
	t.Parallel()
	unsure := fakeBot{func(context.Context, bot.Turn) (bot.Reply, error) {
		return bot.Reply{Text: "I do not know.", Unsure: true}, nil
	}}
	for name, c := range map[string]struct {
		bot    bot.Bot
		said   []string
		reason string
		told   []string
	}{
		"failed turns": {
			unsure,
			[]string{"abc", "def"},
			escalate.ReasonFailedTurns,
			[]string{
				"assist: The bot could not answer you once, so we will make this easier to follow.",
				"transfer: The bot could not answer you twice, so we are connecting you to a person.",
			},
		},
		"a refusal": {
			nil,
			[]string{"stop the bot"},
			escalate.ReasonRefusedBot,
			[]string{"transfer: You would rather not talk to a bot, so we are connecting you to a person."},
		},
		"an incident": {
			nil,
			[]string{"my card was stolen"},
			escalate.ReasonSafety,
			[]string{"transfer: What you describe may be about your safety, so we are connecting you to a person."},
		},
		"words": {
			nil,
			[]string{"I want to talk to a human agent"},
			escalate.ReasonWords,
			[]string{"transfer: You asked for a person, so we are connecting you to a person."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, rdbtest.Memory(t))
			if c.bot != nil {
				h.router.bot = c.bot
			}
			id := h.begin()
			for i, text := range c.said {
				h.say(id, string(rune('a'+i)), text)
			}
			h.answers(id, session.Waiting, c.reason)
			h.wantTold(id, c.told...)
		})
	}
}

func TestW4WordsForAPersonDoNotWaitForABotThatThinks(t *testing.T) {
	t.Parallel()
	h, id, _ := thinking(t)
	_, err := h.router.VisitorMessage(t.Context(), id, Message{ClientID: "two", Text: "I want to talk to a human agent"})
	h.must(err)
	h.until("a handoff while the bot thinks", func() bool { return h.state(id).Owner == session.Waiting })
	if s := h.state(id); s.Reason != escalate.ReasonWords {
		t.Errorf("handed over for %q, want words", s.Reason)
	}
}

func TestW5AnOfferIsMadeOnceANoIsKeptAndAYesHandsOver(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		h.router.bot = fakeBot{func(_ context.Context, t bot.Turn) (bot.Reply, error) {
			return bot.Reply{Text: "Please see our help pages for that.", Intent: t.Ask, Confidence: 0.9}, nil
		}}
		id := h.begin()
		// The same answer to different questions is an offer, not a transfer.
		for i, q := range []string{"Where is my parcel?", "What about the price?", "Do you have it in blue?", "Is it made of wood?"} {
			h.say(id, string(rune('a'+i)), q)
		}
		h.answers(id, session.Bot, "")
		told := h.told(id)
		if len(told) == 0 {
			h.Fatalf("the bot said the same four times and nothing was decided")
		}
		offer := h.lastOffer(id)
		h.must(h.router.Answer(h.Context(), id, "no", offer, false))
		h.say(id, "x", "And in green?")
		if again := h.told(id); len(again) != len(told) {
			h.Errorf("asked again after a no: %q", again[len(told):])
		}
		h.answers(id, session.Bot, "")
		h.must(h.router.Answer(h.Context(), id, "yes", offer, true))
		h.answers(id, session.Waiting, escalate.ReasonBotRepeated)
	})
}

func TestW6OnlyTheVisitorGoesBackToTheBotAndAPersonsAnswerIsRemembered(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		id := h.held()
		_, err := h.router.AgentMessage(h.Context(), id, ann, "m", "Here I am.")
		h.must(err)
		h.must(h.router.End(h.Context(), id, "end"))
		h.ms.Add((23 * time.Hour).Milliseconds())
		asked := h.asked.Load()
		h.say(id, "again", "One more thing")
		h.answers(id, session.Waiting, ReasonReopened)
		if ticket, err := h.desk.Ticket(h.Context(), "demo", id); err != nil || ticket.Preferred != "ann" {
			h.Errorf("preferred %q, %v; want ann", ticket.Preferred, err)
		}
		h.must(h.router.BackToBot(h.Context(), id, "back"))
		h.say(id, "bot", "When is it sent?")
		h.answers(id, session.Bot, ReasonReopened)
		if got := h.asked.Load() - asked; got != 1 {
			h.Errorf("the bot answered %d times, want once, after the visitor chose it", got)
		}
	})
}

func TestWhoIsHelpedAlongGetsALongAnswerInShortPieces(t *testing.T) {
	t.Parallel()
	h := newHouse(t, rdbtest.Memory(t))
	const long = "Parcels leave our house within 24 hours on working days. You get a mail with a number. " +
		"With it you can follow the parcel at any time. It usually takes three days."
	var plain []bool
	h.router.bot = fakeBot{func(_ context.Context, t bot.Turn) (bot.Reply, error) {
		plain = append(plain, t.Plain)
		return bot.Reply{Text: long, Intent: "shipping", Confidence: 0.9}, nil
	}}
	id := h.begin()
	h.say(id, "a", "When is it sent?")
	h.must(h.router.Prefer(t.Context(), id, session.Prefers{Assist: 1}))
	h.say(id, "b", "How can I pay?")
	at, err := h.node.Open(t.Context(), id, "", 0, session.Position{})
	h.must(err)
	var got []string
	for _, e := range at.Events {
		if e.From == session.FromBot {
			got = append(got, e.Body.Text)
		}
	}
	want := []string{
		long,
		"Parcels leave our house within 24 hours on working days.",
		"You get a mail with a number.",
		"With it you can follow the parcel at any time.",
		"It usually takes three days.",
	}
	if diff := cmp.Diff(want, got); diff != "" || plain[0] || !plain[1] {
		t.Errorf("plain %v (-want +got):\n%s", plain, diff)
	}
}

func TestInvariant9HelpMakesTheIdleEndLaterNeverSooner(t *testing.T) {
	t.Parallel()
	rule, err := NewIdle(20*time.Minute, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	last := Idle{}
	for assist := -1; assist <= 3; assist++ {
		now := rule.longer(assist)
		if now.end < last.end || now.warning < last.warning || now.end < MinIdleEnd {
			t.Errorf("assist %d ends after %s, less help after %s", assist, now.end, last.end)
		}
		last = now
	}
}
