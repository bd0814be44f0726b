package ws_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"yijian/web/ws"
)

// plain is a connection over TCP and nothing else, which takes frames without waiting.
func plain(t *testing.T, o ws.Options) (*ws.Conn, *websocket.Conn) {
	t.Helper()
	served := make(chan *ws.Conn, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			t.Errorf("upgrading: %v", err)
			close(served)
			return
		}
		served <- ws.New(c, o)
	}))
	t.Cleanup(server.Close)
	client, answer, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	t.Cleanup(func() { _ = client.Close() })
	conn := <-served
	if conn == nil {
		t.FailNow()
	}
	t.Cleanup(conn.Release)
	return conn, client
}

func TestFramesSentAtOnceAndFramesThatWaitKeepTheirOrder(t *testing.T) {
	t.Parallel()
	conn, client := plain(t, ws.Options{})
	const n = 2000
	go func() {
		for i := range n {
			send := conn.Send
			if i%3 != 0 {
				send = conn.SendNow
			}
			send([]byte{byte(i), byte(i >> 8)}, 3000)
		}
	}()
	for i := range n {
		_, got, err := client.ReadMessage()
		if err != nil || !bytes.Equal(got, []byte{byte(i), byte(i >> 8)}) {
			t.Fatalf("frame %d came as %v, %v", i, got, err)
		}
	}
}

// Nobody reads until the kernel takes no more: the frame that it took in part and all that came after
// it arrive whole, and whoever sent them never waited.
func TestAClientThatDoesNotReadHoldsUpNobodyWhoSendsAtOnce(t *testing.T) {
	t.Parallel()
	conn, client := plain(t, ws.Options{Outbox: 64 << 20})
	frame := bytes.Repeat([]byte{'x'}, 5000)
	const n = 8000 // 40 MB, more than the kernel keeps for a connection
	for i := range n {
		frame[0], frame[1] = byte(i), byte(i>>8)
		if !conn.SendNow(bytes.Clone(frame), 3000) {
			t.Fatalf("frame %d was not taken", i)
		}
	}
	for i := range n {
		_, got, err := client.ReadMessage()
		if err != nil || len(got) != len(frame) || got[0] != byte(i) || got[1] != byte(i>>8) {
			t.Fatalf("frame %d came with %d bytes, %v", i, len(got), err)
		}
	}
}

func TestAClientThatDoesNotReadIsTooSlowInTheEnd(t *testing.T) {
	t.Parallel()
	conn, _ := plain(t, ws.Options{Outbox: 1 << 20})
	frame := bytes.Repeat([]byte{'x'}, 5000)
	for range 100_000 {
		if !conn.SendNow(frame, 3000) {
			return
		}
	}
	t.Error("500 MB were taken for a client that does not read")
}
