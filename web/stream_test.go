package web_test

import (
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf16"

	"yijian/router/bot"
	"yijian/router/bot/openai"
	"yijian/router/bot/openai/modeltest"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
	"yijian/web"
)

// hasty is a clock on which a second passes at each look, so that every piece of an answer is due.
func hasty() func() time.Time {
	var looks atomic.Int64
	return func() time.Time { return time.Now().Add(time.Duration(looks.Add(1)) * time.Second) }
}

// newModelWorld is a server whose bot is a language model; the test is the model.
func newModelWorld(t *testing.T) (*world, *modeltest.Server) {
	t.Helper()
	faq, err := trained()
	if err != nil {
		t.Fatal(err)
	}
	model := modeltest.Start(t)
	db := rdbtest.Memory(t)
	return newWorldWith(t, session.NewLog(db, nil), db, setting{
		now: hasty(), caps: web.Caps{},
		bot: openai.New(openai.Options{URL: model.URL, Model: modeltest.Name, Key: modeltest.Key, Knowledge: faq}),
	}), model
}

// page is what a page shows of an answer that grows.
type page struct {
	stream string
	held   []uint16
}

// grow puts a delta where it belongs, as docs/PROTOCOL.md says.
func (p *page) grow(t *testing.T, f frame) {
	t.Helper()
	if !f.yes("ai") {
		t.Errorf("a part of an answer is not labelled as AI (invariant 11): %v", f)
	}
	if f.str("stream") != p.stream {
		*p = page{stream: f.str("stream")}
	}
	at := f.num("at")
	if at > len(p.held) {
		t.Fatalf("a part at %d, where the page has %d", at, len(p.held))
	}
	p.held = append(p.held[:at], utf16.Encode([]rune(f.str("text")))...)
}

func (p *page) text() string { return string(utf16.Decode(p.held)) }

// until reads until the page shows a text.
func (p *page) until(c *client, text string) {
	c.t.Helper()
	for p.text() != text {
		p.grow(c.t, c.is("delta"))
	}
}

func TestInvariant11AnAnswerThatGrowsIsLabelledAndEndsAsOneMessage(t *testing.T) {
	t.Parallel()
	w, model := newModelWorld(t)
	visitor, welcome := w.visitor(t, "")
	visitor.says("How long does a refund take?")
	ask := model.Asked(t)
	var shown page
	ask.Say("[answer] A refund 🙂")
	shown.until(visitor, "A refund 🙂")
	ask.Say(" takes three days.")
	shown.until(visitor, "A refund 🙂 takes three days.")

	// Another page of the same visitor comes in the middle of it: it has the answer from its beginning.
	second, _ := w.visitor(t, welcome.str("token"))
	ask.Say(" Or less.")
	var late page
	late.until(second, "A refund 🙂 takes three days. Or less.")
	ask.End()
	for _, page := range []*client{visitor, second} {
		if m := page.hears("bot", "A refund 🙂 takes three days. Or less."); !m.yes("ai") {
			t.Errorf("the message is not labelled: %v", m)
		}
	}
}

func TestInvariant3WhoAsksForAPersonSeesNoMoreOfAnAnswerAndTheBotIsStopped(t *testing.T) {
	t.Parallel()
	w, model := newModelWorld(t)
	visitor, welcome := w.visitor(t, "")
	other, _ := w.visitor(t, welcome.str("token"))
	visitor.says("How long does a refund take?")
	ask := model.Asked(t)
	ask.Say("[answer] A refund")
	new(page).until(visitor, "A refund")
	visitor.send(frame{"t": "human", "id": "tap-1"})
	visitor.moved("waiting")
	other.moved("waiting")
	for stopped := false; !stopped; {
		ask.Say(" takes")
		select {
		case <-ask.Gone:
			stopped = true
		default:
		}
	}
	// What a socket is sent comes in order, so whatever came of the answer is before these.
	for _, page := range []*client{visitor, other} {
		page.send(frame{"t": "ping"})
		page.until(func(f frame) bool {
			if f.str("t") == "delta" || f.str("from") == "bot" && f.str("kind") == "message" {
				t.Errorf("after the press came %v", f)
			}
			return f.str("t") == "pong"
		})
	}
}

func TestAnAnswerThatBreaksOffIsReplacedByTheKnowledgesOwn(t *testing.T) {
	t.Parallel()
	w, model := newModelWorld(t)
	visitor, _ := w.visitor(t, "")
	visitor.says("How long does a refund take?")
	ask := model.Asked(t)
	ask.Say("[answer] A refund ta")
	new(page).until(visitor, "A refund ta")
	ask.Break()
	known, err := trained()
	if err != nil {
		t.Fatal(err)
	}
	plain, err := known.Reply(t.Context(), bot.Turn{Lang: "en", Text: "How long does a refund take?"})
	if err != nil || plain.Unsure {
		t.Fatalf("the knowledge has no answer: %+v, %v", plain, err)
	}
	if m := visitor.hears("bot", ""); m.str("text") != plain.Text {
		t.Errorf("after half an answer came %v, want %q", m, plain.Text)
	}
}

func TestW24WhoIsHelpedAlongGetsTheAnswerWhenItIsWhole(t *testing.T) {
	t.Parallel()
	w, model := newModelWorld(t)
	visitor := w.dial(t, "/v1/visitor", from("127.0.0.1"))
	visitor.send(frame{"t": "hello", "site": "demo", "lang": "en", "assist": 1})
	visitor.is("welcome")
	visitor.says("How long does a refund take?")
	ask := model.Asked(t)
	ask.Say("[answer] A refund")
	ask.Say(" takes three days.")
	ask.End()
	visitor.until(func(f frame) bool {
		if f.str("t") == "delta" {
			t.Errorf("it grew: %v", f)
		}
		return f.str("text") == "A refund takes three days."
	})
}

func TestAnAnswerGrowsWithoutAWebSocketToo(t *testing.T) {
	t.Parallel()
	w, model := newModelWorld(t)
	visitor, _ := w.pollingVisitor(t, "")
	visitor.says("How long does a refund take?")
	ask := model.Asked(t)
	var shown page
	ask.Say("[answer] A refund")
	shown.until(visitor, "A refund")
	ask.Say(" takes three days.")
	ask.End()
	visitor.hears("bot", "A refund takes three days.")
}
