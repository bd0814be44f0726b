package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"yijian/session/rdb/rdbtest"
)

func TestS1AForeignNullOrLookAlikeOriginIsRefusedWithA403(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	for _, bad := range []string{
		"", "null", "https://evil.example", "https://shop.example.evil.example",
		"http://shop.example", "https://shop.example:8443", "https://SHOP.example/", "https://xn--shp-0na.example",
	} {
		header := http.Header{}
		if bad != "" {
			header.Set("Origin", bad)
		}
		_, resp, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(w.url, "http")+"/v1/visitor", header)
		if err == nil || resp == nil {
			t.Fatalf("origin %q: got %v, want a refusal", bad, err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden || !strings.Contains(string(body), `"code":"forbidden"`) {
			t.Errorf("origin %q: got %d %s, want 403 and a code", bad, resp.StatusCode, body)
		}
	}
}

func TestS1AnOriginOfOneSiteMayNotOpenAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
	c.send(frame{"t": "hello", "site": "other"})
	c.errs("unknown_site")
	if code := c.closed(); code != 3501 {
		t.Errorf("closed with %d, want 3501", code)
	}
}

func TestAnUnknownSiteIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
	c.send(frame{"t": "hello", "site": "nowhere"})
	c.errs("unknown_site")
}

func TestTheFirstFrameMustBeHello(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	for _, path := range []string{"/v1/visitor", "/v1/agent"} {
		header := http.Header{}
		if path == "/v1/visitor" {
			header.Set("Origin", origin)
		}
		c := w.dial(t, path, header)
		c.send(frame{"t": "message", "id": "x", "text": "hi"})
		c.errs("hello_first")
		if code := c.closed(); code != 3500 {
			t.Errorf("%s: closed with %d, want 3500", path, code)
		}
	}
}

func TestS1AStolenOrMadeUpTokenOpensNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	_, mine := w.visitor(t, "")
	_, other := w.visitor(t, "")
	_, sum, _ := strings.Cut(other.str("token"), ".")
	for name, token := range map[string]string{
		"another session's MAC": mine.str("session") + "." + sum,
		"no MAC":                mine.str("session") + ".",
		"made up":               "let-me-in",
		"cut short":             mine.str("token")[:20],
	} {
		c := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
		c.send(frame{"t": "hello", "site": "demo", "token": token})
		c.errs("bad_token")
		if code := c.closed(); code != 3501 {
			t.Errorf("%s: closed with %d, want 3501", name, code)
		}
	}
	// A token of one site does not open the session through another.
	c := w.dial(t, "/v1/visitor", http.Header{"Origin": {"https://other.example"}})
	c.send(frame{"t": "hello", "site": "other", "token": mine.str("token")})
	c.errs("bad_token")
}

func TestABadFrameIsAnsweredAndTheSessionGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, _ := w.visitor(t, "")
	for raw, code := range map[string]string{
		`{"t":`:                                  "bad_frame",
		`[1,2]`:                                  "bad_frame",
		`{"t":7}`:                                "bad_frame",
		`null`:                                   "bad_frame",
		`{"t":"dance"}`:                          "unknown_frame",
		`{"t":"hello","site":"x"}`:               "hello_twice",
		`{"t":"message","text":"hi"}`:            "bad_id",
		`{"t":"message","id":"a b","text":"hi"}`: "bad_id",
		`{"t":"message","id":"c1","text":""}`:    "bad_text",
		`{"t":"message","id":"c2","text":"\u0000\u0007 "}`: "bad_text",
		`{"t":"rate","score":9}`:                           "bad_value",
		`{"t":"read"}`:                                     "bad_value",
	} {
		c.raw([]byte(raw))
		c.errs(code)
	}
	id := c.says("still here")
	if ack := c.is("ack"); ack.str("id") != id {
		t.Errorf("got %v, want the ack of %s", ack, id)
	}
}

func TestTheSameIDWithAnotherTextIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, welcome := w.visitor(t, "")
	c.send(frame{"t": "message", "id": "one", "text": "first"})
	c.is("ack")
	c.send(frame{"t": "message", "id": "one", "text": "second"})
	if e := c.errs("id_reused"); e.str("id") != "one" {
		t.Errorf("got %v, want it to name the message", e)
	}
	// Ids belong to their session: somebody else may have the same.
	other, _ := w.visitor(t, "")
	other.send(frame{"t": "message", "id": "one", "text": "second"})
	other.is("ack")
	again, _ := w.visitor(t, welcome.str("token"))
	again.hears("visitor", "first")
}

func TestS2AFrameOf17KiBIsAnsweredThenClosed1009(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, welcome := w.visitor(t, "")
	c.says("before")
	c.is("ack")
	c.raw([]byte(`{"t":"message","id":"big","text":"` + strings.Repeat("x", 17<<10) + `"}`))
	c.errs("too_large")
	if code := c.closed(); code != 1009 {
		t.Errorf("closed with %d, want 1009", code)
	}
	again, resumed := w.visitor(t, welcome.str("token"))
	if resumed.str("session") != welcome.str("session") {
		t.Errorf("resumed %v", resumed)
	}
	again.hears("visitor", "before")
}

func TestATextOf10000LinesIsRefusedAndOneOfBlankLinesDoesNotPushTheChatAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, _ := w.visitor(t, "")
	// 10,000 lines are over a frame already; 5,000 fit into one and are over a message.
	c.says(strings.Repeat("x\n", 5_000))
	c.errs("too_large")
	c.says("a" + strings.Repeat("\n", 4_000) + "b")
	if e := c.hears("visitor", ""); strings.Count(e.str("text"), "\n") > 300 {
		t.Errorf("%d lines were kept", strings.Count(e.str("text"), "\n"))
	}
	c.says(strings.Repeat("x\n", 10_000))
	c.errs("too_large")
	if code := c.closed(); code != 1009 {
		t.Errorf("closed with %d, want 1009", code)
	}
}

func TestS2AThousandFramesInASecondAreThrottledAndThePressStillCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, _ := w.visitor(t, "")
	for range 1000 {
		c.send(frame{"t": "message", "id": uuid.NewString(), "text": "flood"})
	}
	c.send(frame{"t": "human"})
	if e := c.is("error"); e.str("code") != "slow_down" || e.num("retry_ms") <= 0 {
		t.Errorf("got %v, want slow_down with a time", e)
	}
	c.is("queue")
}

func TestHumanTwiceIsOneHandoff(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, welcome := w.visitor(t, "")
	c.send(frame{"t": "human", "id": "tap"})
	c.send(frame{"t": "human", "id": "tap"})
	c.is("queue")
	c.send(frame{"t": "human"})
	c.is("queue")
	if s, err := w.node.State(t.Context(), sid(welcome)); err != nil || s.Seq != 1 {
		t.Errorf("seq %d (%v), want 1: one move", s.Seq, err)
	}
}

func TestAnOfferThatIsGoneIsSaidSo(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		agent := w.agent(t, "ann", 1)
		visitor, _ := w.visitor(t, "")
		visitor.send(frame{"t": "human"})
		offer := agent.is("offer")
		visitor.send(frame{"t": "end"})
		visitor.moved("closed")
		agent.is("offer_gone")
		for _, o := range []string{offer.str("offer"), "made-up", ""} {
			agent.send(frame{"t": "accept", "offer": o})
			if f := agent.is("offer_gone"); f.str("code") == "" {
				t.Errorf("accepting %q: got %v", o, f)
			}
		}
	})
}

func TestA8AnAgentCannotTouchAChatItWasNotGiven(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	ann := w.agent(t, "ann", 1)
	_, id := talking(t, w, ann)
	bob := w.agent(t, "bob", 1)
	bob.send(frame{"t": "watch", "session": id})
	bob.errs("forbidden")
	for _, session := range []string{id, uuid.NewString(), "../../etc", ""} {
		for _, verb := range []string{"message", "note", "close", "release", "typing", "read"} {
			bob.send(frame{"t": verb, "session": session, "id": "x", "text": "hi", "seq": 1})
			bob.errs("no_session")
		}
	}
}
