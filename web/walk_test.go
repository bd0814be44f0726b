package web_test

import (
	"net/http"
	"testing"
)

func TestW1AVisitorChatsWithTheBotPressesTheButtonAndIsAnsweredByAPerson(t *testing.T) {
	t.Parallel()
	onEveryTopology(t, func(t *testing.T, w *world) {
		visitor, welcome := w.visitor(t, "")
		walk(t, w, visitor, welcome)
	})
}

// walk is a whole conversation: the bot, the line, a person, the end and a rating.
func walk(t *testing.T, w *world, visitor *client, welcome frame) {
	t.Helper()
	agent := w.agent(t, "ann", 2)
	if welcome.str("owner") != "bot" {
		t.Fatalf("a new session belongs to %q, want bot", welcome.str("owner"))
	}
	visitor.says("How do I return something I bought?")
	if bot := visitor.hears("bot", ""); !bot.yes("ai") {
		t.Errorf("the bot's message is not labelled as AI (invariant 11): %v", bot)
	}
	visitor.send(frame{"t": "human", "id": "tap-1"})
	visitor.moved("waiting")
	offer := agent.is("offer")
	agent.send(frame{"t": "accept", "offer": offer.str("offer")})
	if s := agent.is("session"); s.str("session") != welcome.str("session") {
		t.Fatalf("accepted %v, want session %s", s, welcome.str("session"))
	}
	agent.hears("visitor", "How do I return something I bought?")
	if m := visitor.moved("human"); m.str("name") != "ann" {
		t.Errorf("the visitor is told %v, want the agent's name", m)
	}
	agent.send(frame{"t": "message", "session": welcome.str("session"), "id": "a1", "text": "Hello, I am Ann."})
	visitor.hears("agent", "Hello, I am Ann.")
	visitor.says("thank you")
	agent.hears("visitor", "thank you")
	agent.send(frame{"t": "note", "session": welcome.str("session"), "id": "n1", "text": "nice person"})
	agent.send(frame{"t": "close", "session": welcome.str("session"), "id": "c1"})
	visitor.until(func(f frame) bool {
		if f.str("kind") == "note" {
			t.Errorf("the visitor saw a note: %v", f)
		}
		return f.str("owner") == "closed"
	})
	visitor.send(frame{"t": "rate", "score": 5})
	if r := visitor.until(func(f frame) bool { return f.str("kind") == "rating" }); r.num("score") != 5 {
		t.Errorf("rating: got %v", r)
	}
}

func TestW7APressIsAnsweredWithTheTruePlaceInLine(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		for want := 1; want <= 3; want++ {
			visitor, _ := w.visitor(t, "")
			visitor.send(frame{"t": "human"})
			if q := visitor.is("queue"); q.num("position") != want || !q.yes("open") {
				t.Errorf("got %v, want position %d", q, want)
			}
		}
	})
}

func TestInvariant4AskingAgainInLineKeepsOneTicketAndItsPlace(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		first, welcome := w.visitor(t, "")
		first.send(frame{"t": "human"})
		first.is("queue")
		second, _ := w.visitor(t, "")
		second.send(frame{"t": "human"})
		second.is("queue")
		for range 3 {
			first.send(frame{"t": "human"})
			if q := first.is("queue"); q.num("position") != 1 {
				t.Errorf("got %v, want position 1 still", q)
			}
		}
		s, err := w.node.State(t.Context(), sid(welcome))
		if err != nil || s.Epoch != 2 {
			t.Errorf("epoch %d (%v), want 2: one move", s.Epoch, err)
		}
	})
}

func TestInvariant4AskingForAPersonWhileTalkingToOneIsToldToTheAgent(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		agent := w.agent(t, "ann", 2)
		visitor, _ := talking(t, w, agent)
		visitor.send(frame{"t": "human"})
		agent.until(func(f frame) bool { return f.str("code") == "another_person_asked" })
	})
}

func TestInvariant4AClosedSessionReopensStraightIntoTheLine(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		visitor, _ := w.visitor(t, "")
		visitor.send(frame{"t": "end"})
		visitor.moved("closed")
		visitor.send(frame{"t": "human"})
		visitor.moved("waiting")
	})
}

func TestInvariant4AfterAPersonsAnswerAReopenedSessionNeverGoesToTheBotFirst(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		agent := w.agent(t, "ann", 2)
		visitor, session := talking(t, w, agent)
		agent.send(frame{"t": "message", "session": session, "id": "a1", "text": "done"})
		agent.send(frame{"t": "close", "session": session})
		visitor.moved("closed")
		visitor.says("one more thing")
		visitor.moved("waiting")
	})
}

func TestInvariant6ADeclinedOfferKeepsThePlaceAndGoesToTheNextAgent(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		ann := w.agent(t, "ann", 1)
		first, welcome := w.visitor(t, "")
		first.send(frame{"t": "human"})
		offer := ann.is("offer")
		second, _ := w.visitor(t, "")
		second.send(frame{"t": "human"})
		second.is("queue")
		before, err := w.node.State(t.Context(), sid(welcome))
		if err != nil {
			t.Fatal(err)
		}
		ann.send(frame{"t": "presence", "status": "away"})
		ann.is("seat")
		ann.send(frame{"t": "decline", "offer": offer.str("offer")})
		ann.is("offer_gone")
		bob := w.agent(t, "bob", 1)
		if o := bob.is("offer"); o.str("session") != welcome.str("session") {
			t.Errorf("bob was offered %v, want the first in line", o)
		}
		after, err := w.node.State(t.Context(), sid(welcome))
		if err != nil || after.Arrived != before.Arrived {
			t.Errorf("arrival: got %d (%v), want %d", after.Arrived, err, before.Arrived)
		}
	})
}

func TestInvariant7AFullDeskKeepsPeopleWaitingAndServesThemInOrder(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		agent := w.agent(t, "ann", 1)
		_, busy := talking(t, w, agent)
		next, _ := w.visitor(t, "")
		next.send(frame{"t": "human"})
		if q := next.is("queue"); q.num("position") != 1 {
			t.Errorf("got %v, want position 1", q)
		}
		agent.send(frame{"t": "close", "session": busy})
		offer := agent.is("offer")
		agent.send(frame{"t": "accept", "offer": offer.str("offer")})
		next.moved("human")
	})
}

func TestInvariant1AVisitorResumesWhereItLeftAndARepeatedMessageIsStoredOnce(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		visitor, welcome := w.visitor(t, "")
		id := visitor.says("what is the weather on mars")
		visitor.hears("bot", "")
		_ = visitor.ws.Close()
		again := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
		again.send(frame{"t": "hello", "site": "demo", "token": welcome.str("token"), "since": 1, "tail": id})
		if f := again.is("welcome"); f.str("session") != welcome.str("session") || f.yes("reset") {
			t.Fatalf("resumed as %v", f)
		}
		if f := again.is("event"); f.num("seq") != 2 {
			t.Errorf("the first missed event is %v, want seq 2", f)
		}
		again.send(frame{"t": "message", "id": id, "text": "what is the weather on mars"})
		if ack := again.is("ack"); ack.num("seq") != 1 {
			t.Errorf("the repeated message was acked as %v, want seq 1", ack)
		}
	})
}

func TestW3WordsThatAskForAPersonHandOffOnTheFirstTurn(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		for _, words := range []string{"转人工", "I want to talk to a person"} {
			visitor, _ := w.visitor(t, "")
			visitor.says(words)
			if m := visitor.moved("waiting"); m.str("reason") != "words" {
				t.Errorf("%s: handed off for %q", words, m.str("reason"))
			}
		}
	})
}
