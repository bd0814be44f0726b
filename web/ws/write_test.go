package ws_test

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"

	"yijian/web/ws"
)

// counting counts the calls that write to a connection.
type counting struct {
	net.Listener
	writes atomic.Int64
}

type countingConn struct {
	net.Conn
	writes *atomic.Int64
}

func (l *counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return &countingConn{c, &l.writes}, err
}

func (c *countingConn) Write(b []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(b)
}

// pair is a connection of ours and the client at its other end.
func pair(t *testing.T) (*ws.Conn, *websocket.Conn, *counting) {
	t.Helper()
	served := make(chan *ws.Conn, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			t.Errorf("upgrading: %v", err)
			close(served)
			return
		}
		served <- ws.New(c, ws.Options{Outbox: 1 << 20})
	}))
	line := &counting{Listener: server.Listener}
	server.Listener = line
	server.Start()
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
	return conn, client, line
}

func TestFramesOfEveryLengthArriveAsTheyWere(t *testing.T) {
	t.Parallel()
	conn, client, _ := pair(t)
	var sent [][]byte
	for _, n := range []int{0, 1, 125, 126, 127, 16 << 10, 0xffff, 0x10000, 200_000} {
		sent = append(sent, bytes.Repeat([]byte{byte('a' + len(sent))}, n))
	}
	for _, frame := range sent {
		if !conn.Send(frame, 3000) {
			t.Fatalf("a frame of %d bytes was not taken", len(frame))
		}
	}
	conn.Close(3001, "enough")
	for _, want := range sent {
		kind, got, err := client.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if kind != websocket.TextMessage || !bytes.Equal(got, want) {
			t.Errorf("a text of %d bytes came as %d bytes of kind %d", len(want), len(got), kind)
		}
	}
	if _, _, err := client.ReadMessage(); !websocket.IsCloseError(err, 3001) {
		t.Errorf("after the frames came %v", err)
	}
}

func TestFramesThatWaitTogetherAreWrittenInOneCall(t *testing.T) {
	t.Parallel()
	conn, client, line := pair(t)
	before := line.writes.Load() // the answer to the upgrade
	frames := [][]byte{[]byte("welcome"), []byte("one"), []byte("two")}
	if err := ws.WriteAll(conn, frames); err != nil {
		t.Fatal(err)
	}
	for _, want := range frames {
		if _, got, err := client.ReadMessage(); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q came as %q, %v", want, got, err)
		}
	}
	if n := line.writes.Load() - before; n != 1 {
		t.Errorf("three small frames took %d calls", n)
	}
}

func TestNothingIsWrittenAfterTheAnswerToAClose(t *testing.T) {
	t.Parallel()
	conn, client, _ := pair(t)
	if err := client.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1001, "")); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(); !websocket.IsCloseError(err, 1001) {
		t.Fatalf("reading a close frame gave %v", err)
	}
	if err := ws.WriteAll(conn, [][]byte{[]byte("late")}); err == nil {
		t.Error("a frame was written after the close was answered")
	}
	if _, _, err := client.ReadMessage(); !websocket.IsCloseError(err, 1001) {
		t.Errorf("the close was answered with %v", err)
	}
}

func TestAPingIsAnsweredBetweenFrames(t *testing.T) {
	t.Parallel()
	conn, client, _ := pair(t)
	go func() {
		for {
			if _, err := conn.Read(); err != nil {
				return
			}
		}
	}()
	pongs := 0
	client.SetPongHandler(func(data string) error {
		if data != "there?" {
			t.Errorf("the pong says %q", data)
		}
		pongs++
		return nil
	})
	for i := range 200 {
		if err := client.WriteMessage(websocket.PingMessage, []byte("there?")); err != nil {
			t.Fatal(err)
		}
		conn.Send(bytes.Repeat([]byte{'x'}, 10*i), 3000)
	}
	for i := range 200 {
		if _, got, err := client.ReadMessage(); err != nil || len(got) != 10*i {
			t.Fatalf("frame %d came with %d bytes, %v", i, len(got), err)
		}
	}
	conn.Send([]byte("bye"), 3000)
	for pongs < 200 {
		if err := client.WriteMessage(websocket.TextMessage, nil); err != nil {
			t.Fatal(err)
		}
		if _, _, err := client.ReadMessage(); err != nil {
			t.Fatal(err)
		}
		conn.Send([]byte("more"), 3000)
	}
}
