package web_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"yijian/agents"
	"yijian/session/rdb/rdbtest"
)

// kind waits for an event of a session.
func (c *client) kind(kind, session string) frame {
	c.t.Helper()
	return c.until(func(f frame) bool {
		return f.str("t") == "event" && f.str("kind") == kind && (session == "" || f.str("session") == session)
	})
}

// takesOffer accepts the next offer of a session.
func (c *client) takesOffer(id string) frame {
	c.t.Helper()
	offer := c.until(func(f frame) bool { return f.str("t") == "offer" && f.str("session") == id })
	c.send(frame{"t": "accept", "offer": offer.str("offer")})
	return c.until(func(f frame) bool { return f.str("t") == "session" && f.str("session") == id })
}

func TestInvariant6ATransferKeepsTheArrivalAndTheColleagueReadsTheNote(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		ann := w.agent(t, "ann", 1)
		visitor, id := talking(t, w, ann)
		before, err := w.node.State(t.Context(), sid(frame{"session": id}))
		if err != nil {
			t.Fatal(err)
		}
		bob, bobID := w.member(t, agents.RoleAgent, "bob", 1)
		bob.is("seat")
		ann.send(frame{"t": "seats"})
		if seats := ann.is("seats"); !strings.Contains(toJSON(t, seats), bobID) {
			t.Errorf("the roster %v lacks bob", seats)
		}
		ann.send(frame{"t": "transfer", "session": id, "id": "t1", "agent": bobID, "note": "Refund the fee."})
		if move := visitor.moved("waiting"); move.str("reason") != "transferred" {
			t.Errorf("the visitor is told %q, want transferred", move.str("reason"))
		}
		bob.takesOffer(id)
		if note := bob.kind("note", id); note.str("text") != "Refund the fee." {
			t.Errorf("bob reads %q", note.str("text"))
		}
		visitor.moved("human")
		after, err := w.node.State(t.Context(), sid(frame{"session": id}))
		if err != nil || after.Arrived != before.Arrived {
			t.Errorf("arrived at %d (%v), was %d", after.Arrived, err, before.Arrived)
		}
	})
}

func TestATransferThatCannotBeIsRefusedAndNothingIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	ann, annID := w.member(t, agents.RoleAgent, "ann", 1)
	visitor, id := talking(t, w, ann)
	away, awayID := w.member(t, agents.RoleAgent, "bob", 1)
	away.send(frame{"t": "presence", "status": "away"})
	away.until(func(f frame) bool { return f.str("t") == "seat" && strings.Contains(toJSON(t, f), "away") })
	for _, c := range []struct {
		name string
		to   frame
		want string
	}{
		{"to oneself", frame{"agent": annID}, "yourself"},
		{"to nobody there is", frame{"agent": "nobody"}, "not_there"},
		{"to somebody away", frame{"agent": awayID}, "not_there"},
		{"to a queue that cannot be", frame{"queue": "a b|c"}, "bad_value"},
		{"to nowhere", frame{}, "bad_value"},
		{"with a note of nothing", frame{"queue": "appeals", "note": " "}, "bad_text"},
	} {
		send := frame{"t": "transfer", "session": id, "id": "t"}
		maps.Copy(send, c.to)
		ann.send(send)
		ann.errs(c.want)
	}
	ann.send(frame{"t": "message", "session": id, "id": "m", "text": "still here"})
	visitor.hears("agent", "still here")
}

func TestAColleagueWhoIsAskedReadsAndNotesAndSaysNothingToTheVisitor(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		ann := w.agent(t, "ann", 1)
		visitor, id := talking(t, w, ann)
		bob, bobID := w.member(t, agents.RoleAgent, "bob", 1)
		bob.is("seat")
		bob.send(frame{"t": "watch", "session": id})
		bob.errs("forbidden")
		ann.send(frame{"t": "consult", "session": id, "id": "c1", "agent": bobID, "text": "May I refund it?"})
		if ask := bob.is("consult"); ask.str("session") != id || ask.str("from") != "ann" {
			t.Errorf("bob is asked with %v", ask)
		}
		bob.send(frame{"t": "watch", "session": id})
		bob.is("session")
		bob.send(frame{"t": "note", "session": id, "id": "n1", "text": "Yes, you may."})
		bob.is("ack")
		ann.until(func(f frame) bool { return f.str("kind") == "note" && f.str("text") == "Yes, you may." })
		bob.send(frame{"t": "message", "session": id, "id": "m1", "text": "hello"})
		bob.errs("not_yours")
		bob.send(frame{"t": "close", "session": id, "id": "x1"})
		bob.errs("not_yours")
		ann.send(frame{"t": "message", "session": id, "id": "m2", "text": "We refund it."})
		said := visitor.until(func(f frame) bool { return f.str("from") == "agent" && f.str("kind") != "move" })
		if said.str("text") != "We refund it." {
			t.Errorf("the visitor saw %v before the answer", said)
		}
		ann.send(frame{"t": "release", "session": id, "id": "r1"})
		visitor.moved("waiting")
		bob.takesOffer(id) // and not as a guest any more
	})
}

func TestALeadWhispersJoinsAndTakesOver(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		ann := w.agent(t, "ann", 1)
		visitor, id := talking(t, w, ann)
		lead, _ := w.member(t, agents.RoleLead, "zoe", 1)
		lead.is("seat")
		lead.send(frame{"t": "watch", "session": id})
		lead.is("session")
		lead.send(frame{"t": "seats"})
		if seats := lead.is("seats"); !strings.Contains(toJSON(t, seats), id) {
			t.Errorf("the lead is not told that ann answers %s: %v", id, seats)
		}
		ann.send(frame{"t": "seats"})
		if seats := ann.is("seats"); strings.Contains(toJSON(t, seats), id) {
			t.Errorf("an agent is told what others answer: %v", seats)
		}
		lead.send(frame{"t": "message", "session": id, "id": "m1", "text": "too early"})
		lead.errs("not_yours")
		lead.send(frame{"t": "whisper", "session": id, "id": "w1", "text": "Offer a refund."})
		if note := ann.kind("note", id); note.str("code") != "whisper" || note.str("text") != "Offer a refund." {
			t.Errorf("ann hears %v", note)
		}
		lead.send(frame{"t": "join", "session": id, "id": "j1"})
		if notice := visitor.kind("notice", ""); notice.str("text") != "zoe has joined to help you." {
			t.Errorf("the visitor is told %v", notice)
		}
		lead.send(frame{"t": "message", "session": id, "id": "m2", "text": "Hello from both of us"})
		visitor.hears("agent", "Hello from both of us")
		lead.send(frame{"t": "leave", "session": id, "id": "l1"})
		visitor.kind("notice", "")
		lead.send(frame{"t": "message", "session": id, "id": "m3", "text": "too late"})
		lead.errs("not_yours")
		ann.send(frame{"t": "join", "session": id, "id": "j2"})
		ann.errs("forbidden")

		lead.send(frame{"t": "takeover", "session": id, "id": "o1"})
		if move := visitor.moved("human"); move.str("name") != "zoe" {
			t.Errorf("%v answers, want zoe", move)
		}
		lead.send(frame{"t": "message", "session": id, "id": "m4", "text": "I go on."})
		visitor.hears("agent", "I go on.")
		ann.send(frame{"t": "takeover", "session": id, "id": "o2"})
		ann.errs("forbidden")
		another, other := talking(t, w, ann)
		lead.send(frame{"t": "takeover", "session": other, "id": "o3"})
		lead.errs("no_room")
		ann.send(frame{"t": "message", "session": other, "id": "m5", "text": "still with ann"})
		another.hears("agent", "still with ann")
	})
}

func TestW22AVisitorIsCalledBackAndAnAgentTakesTheCallFromTheList(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		visitor, welcome := w.visitor(t, "")
		id := welcome.str("session")
		visitor.send(frame{"t": "human"})
		number := visitor.is("queue").str("number")
		at := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
		visitor.send(frame{"t": "callback", "id": "c1", "phone": "138 0013 8000", "when": at.Format(time.RFC3339)})
		asked := visitor.kind("callback", "")
		if asked.str("phone") != "+86•••••••8000" || asked.str("number") != number || asked.str("reason") != "asked" {
			t.Errorf("the visitor reads %v, want the number %s hidden", asked, number)
		}
		ann := w.agent(t, "ann", 1)
		ann.is("seat")
		ann.send(frame{"t": "callbacks"})
		list := toJSON(t, ann.is("callbacks"))
		for _, want := range []string{id, number, "+8613800138000", at.Format(time.RFC3339)} {
			if !strings.Contains(list, want) {
				t.Errorf("the list %s lacks %s", list, want)
			}
		}
		ann.send(frame{"t": "take", "session": id})
		if head := ann.is("session"); !strings.Contains(toJSON(t, head), "+8613800138000") {
			t.Errorf("the head %v has no number to call", head)
		}
		visitor.moved("human")
		ann.send(frame{"t": "take", "session": id})
		ann.errs("offer_gone")
		visitor.send(frame{"t": "callback", "id": "c2", "phone": "13800138000"})
		visitor.errs("not_now")
		ann.send(frame{"t": "close", "session": id, "id": "x"})
		visitor.moved("closed")
		ann.send(frame{"t": "callbacks"})
		ann.until(func(f frame) bool { return f.str("t") == "callbacks" && !strings.Contains(toJSON(t, f), id) })
	})
}

func TestACallThatCannotBeIsRefusedInASentenceAndThePlaceIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	visitor, welcome := w.visitor(t, "")
	visitor.send(frame{"t": "human"})
	visitor.is("queue")
	late := time.Now().Add(15 * 24 * time.Hour).Format(time.RFC3339)
	for _, c := range []struct {
		frame frame
		want  string
	}{
		{frame{"phone": ""}, "bad_phone"},
		{frame{"phone": "12"}, "bad_phone"},
		{frame{"phone": "not a number"}, "bad_phone"},
		{frame{"phone": strings.Repeat("1", 100)}, "bad_phone"},
		{frame{"phone": "<script>alert(1)</script>"}, "bad_phone"},
		{frame{"phone": "13800138000", "when": "tomorrow"}, "bad_time"},
		{frame{"phone": "13800138000", "when": late}, "bad_time"},
		{frame{"phone": "13800138000", "id": "no id!"}, "bad_id"},
	} {
		c.frame["t"] = "callback"
		visitor.send(c.frame)
		visitor.errs(c.want)
	}
	s, err := w.node.State(t.Context(), sid(welcome))
	if err != nil || s.Owner != "waiting" || s.Callback.Phone != "" {
		t.Errorf("%+v (%v), want the plain place", s, err)
	}
	visitor.send(frame{"t": "callback", "id": "ok", "phone": "+1 650-253-0000"})
	if f := visitor.kind("callback", ""); f.str("phone") != "+16•••••0000" {
		t.Errorf("a number from abroad became %v", f)
	}
	visitor.send(frame{"t": "callback", "id": "no", "cancel": true})
	visitor.until(func(f frame) bool { return f.str("reason") == "cancelled" })
}

// toJSON is a frame as text, to look for what is deep inside.
func toJSON(t *testing.T, f frame) string {
	t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
