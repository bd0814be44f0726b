package web_test

import (
	"maps"
	"net"
	"net/http"
	"testing"
	"time"

	"yijian/session/rdb/rdbtest"
	"yijian/web"
)

func TestAFullServerSaysSoAndOpenConversationsGoOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- w.server.Serve(web.Limit(l, 2)) }()
	w.url = "http://" + l.Addr().String()
	bystander, _ := w.visitor(t, "")
	second, _ := w.visitor(t, "")
	told := 0
	for range 200 {
		status, retry := w.tryPage(t)
		if status == http.StatusServiceUnavailable && retry != "" {
			told++
		} else if status != 0 {
			t.Fatalf("over the limit: got %d, want 503 or nothing", status)
		}
	}
	if told == 0 {
		t.Error("nobody was told that the server is full")
	}
	bystander.says("still here")
	bystander.is("ack")
	_ = second.ws.Close()
	deadline := time.Now().Add(patience)
	for status := 0; status != http.StatusOK; status, _ = w.tryPage(t) {
		if time.Now().After(deadline) {
			t.Fatal("a place that came free was not given away")
		}
	}
}

// tryPage asks on a connection of its own; status 0 is a connection that was closed at once.
func (w *world) tryPage(t *testing.T) (status int, retry string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Close = true
	resp, err := browser.Do(req)
	if err != nil {
		return 0, ""
	}
	_ = resp.Body.Close()
	return resp.StatusCode, resp.Header.Get("Retry-After")
}

func TestAHelloFromTheFutureOrOfAnotherLogIsReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	c, welcome := w.visitor(t, "")
	c.says("kept")
	c.is("ack")
	for name, at := range map[string]frame{
		"a seq from the future":         {"since": 9_000, "tail": "x"},
		"the largest seq":               {"since": uint64(1<<63 - 1)},
		"a tail that is not this log's": {"since": 1, "tail": "made-up"},
	} {
		again := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
		hello := frame{"t": "hello", "site": "demo", "token": welcome.str("token")}
		maps.Copy(hello, at)
		again.send(hello)
		if got := again.is("welcome"); !got.yes("reset") {
			t.Errorf("%s: got %v, want reset", name, got)
		}
		again.hears("visitor", "kept")
	}
}
