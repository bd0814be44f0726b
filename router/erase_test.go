package router

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// TestAConversationIsErasedWhoeverAnswersItAndNothingOfItIsLeft: no key and no value of Redis has what
// the visitor wrote, whether the bot, the line, a call or a person had the conversation.
func TestAConversationIsErasedWhoeverAnswersItAndNothingOfItIsLeft(t *testing.T) {
	t.Parallel()
	const words = "my neighbour is called Wang"
	says := func(h *house, id session.ID) {
		_, err := h.router.VisitorMessage(h.Context(), id, Message{ClientID: "m", Text: words})
		h.must(err)
	}
	for name, begin := range map[string]func(h *house) session.ID{
		"bot": func(h *house) session.ID { return h.begin() },
		"line": func(h *house) session.ID {
			id := h.begin()
			says(h, id)
			h.must(h.router.Human(h.Context(), id, "tap"))
			return id
		},
		"call": func(h *house) session.ID {
			id := h.waits()
			h.must(h.router.Callback(h.Context(), id, "c", Call{Phone: "13800000000"}))
			return id
		},
		"person": func(h *house) session.ID { return h.held() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEveryRedis(t, func(h *house) {
				id := begin(h)
				if name != "line" {
					says(h, id)
				}
				asked := 0
				h.must(h.router.Erase(h.Context(), id, func(_ context.Context, got session.ID) error {
					if asked++; got != id {
						h.Errorf("the record was told to forget %s", got)
					}
					return nil
				}))
				h.erased(id, words, "13800000000")
				for range 4 {
					h.pass(20 * time.Second) // no timer brings it back
				}
				h.erased(id, words, "13800000000")
				if asked == 0 {
					h.Error("the record was not told")
				}
			})
		})
	}
}

// erased looks for a session and its words in all that Redis has.
func (h *house) erased(id session.ID, words ...string) {
	h.Helper()
	if _, err := h.node.State(h.Context(), id); !errors.Is(err, session.ErrGone) {
		h.Errorf("the session is still there (%v)", err)
	}
	ticket, err := h.desk.Ticket(h.Context(), "demo", id)
	h.must(err)
	if ticket.State != queue.Gone {
		h.Errorf("its ticket is still %q", ticket.State)
	}
	keys, err := h.db.Client.Keys(h.Context(), "yj:*").Result()
	h.must(err)
	for _, key := range keys {
		dump := h.contents(key)
		for _, word := range words {
			if strings.Contains(dump, word) {
				h.Errorf("%s still has %q", key, word)
			}
		}
	}
}

// contents is all that a key holds, as text.
func (h *house) contents(key string) string {
	h.Helper()
	var out []string
	kind, err := h.db.Client.Type(h.Context(), key).Result()
	h.must(err)
	switch kind {
	case "hash":
		all, err := h.db.Client.HGetAll(h.Context(), key).Result()
		h.must(err)
		for field, value := range all {
			out = append(out, field, value)
		}
	case "stream":
		all, err := h.db.Client.XRange(h.Context(), key, "-", "+").Result()
		h.must(err)
		for _, entry := range all {
			for field, value := range entry.Values {
				text, _ := value.(string)
				out = append(out, field, text)
			}
		}
	case "zset":
		all, err := h.db.Client.ZRange(h.Context(), key, 0, -1).Result()
		h.must(err)
		out = all
	}
	return strings.Join(out, "\n")
}
