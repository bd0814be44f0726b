package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"yijian/session/rdb/rdbtest"
	"yijian/web"
)

// knock opens a visitor's socket that stays open, and returns the status and when to come back.
func (w *world) knock(t *testing.T, header http.Header) (status int, retry string) {
	t.Helper()
	c, resp, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(w.url, "http")+"/v1/visitor", header)
	if resp == nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if err == nil {
		t.Cleanup(func() { _ = c.Close() })
	}
	return resp.StatusCode, resp.Header.Get("Retry-After")
}

func TestS2AddressesAndSitesAreCappedAndAnOpenConversationIsNot(t *testing.T) {
	t.Parallel()
	w := newCappedWorld(t, rdbtest.Memory(t), web.Caps{AddressSockets: 6, AddressHellos: 4, AddressSessions: 2, SiteSessions: 3})
	hello := frame{"t": "hello", "site": "demo", "lang": "en"}
	enter := func(address string) *client {
		c := w.dial(t, "/v1/visitor", from(address))
		c.send(hello)
		return c
	}
	bystander := enter("192.0.2.1")
	token := bystander.is("welcome").str("token")
	enter("192.0.2.1").is("welcome")
	third := enter("192.0.2.1")
	if e := third.errs("too_many"); e.num("retry_ms") <= 0 {
		t.Errorf("got %v, want a time to come back", e)
	}
	if code := third.closed(); code != 3004 {
		t.Errorf("a third new session: closed with %d, want 3004", code)
	}
	_ = third.ws.Close()
	again := w.dial(t, "/v1/visitor", from("192.0.2.1"))
	again.send(frame{"t": "hello", "site": "demo", "token": token})
	again.is("welcome") // not a new session
	refused := 0
	for range 10 {
		if status, retry := w.knock(t, from("10.9.9.9, 192.0.2.1, 127.0.0.1")); status == http.StatusTooManyRequests && retry != "" {
			refused++
		}
	}
	if refused < 4 {
		t.Errorf("%d of 10 more sockets of an address were refused, want at least 4", refused)
	}
	enter("2001:db8::1").is("welcome")  // another address
	enter("192.0.2.9").errs("too_many") // the site has its three
	for range 80 {
		bystander.send(frame{"t": "human"})
	}
	bystander.is("queue")
}
