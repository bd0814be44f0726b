package web_test

import (
	"bufio"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
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

func TestCompressionIsNotNegotiatedAndACompressedFrameEndsItsSocketAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	bystander, _ := w.visitor(t, "")
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(patience))
	upgrade := "GET /v1/visitor HTTP/1.1\r\nHost: x\r\nOrigin: " + origin + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
	for i := range len(upgrade) { // a byte at a time is slow, not wrong
		if _, err := conn.Write([]byte{upgrade[i]}); err != nil {
			t.Fatal(err)
		}
	}
	answer := bufio.NewReader(conn)
	head, line := "", ""
	for line != "\r\n" && err == nil { // who sends frames before the answer is cut off
		line, err = answer.ReadString('\n')
		head += line
	}
	// A text frame with the bit of a compressed one, masked with zeroes.
	if _, err := conn.Write([]byte{0xc1, 0x82, 0, 0, 0, 0, '{', '}'}); err != nil {
		t.Fatal(err)
	}
	left, _ := io.ReadAll(answer)
	rest := string(left)
	if !strings.Contains(head, "101") || strings.Contains(strings.ToLower(head), "permessage-deflate") {
		t.Errorf("the upgrade was answered with %q", head)
	}
	if !strings.HasPrefix(rest, "\x88") || !strings.Contains(rest, "\x03\xea") {
		t.Errorf("got %q, want a close frame with 1002", rest)
	}
	bystander.says("still here")
	bystander.is("ack")
}
