package web_test

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"yijian/session"
	"yijian/session/rdb/rdbtest"
	"yijian/web/wire"
)

// dribble is a network that carries one byte at a time.
type dribble struct{ net.Conn }

func (d dribble) Write(p []byte) (int, error) {
	for i := range p {
		if _, err := d.Conn.Write(p[i : i+1]); err != nil {
			return i, err
		}
	}
	return len(p), nil
}

// dialOn opens a visitor's socket on a connection that odd made of a plain one, with every extension
// that the library knows, and returns those that the server agreed to.
func (w *world) dialOn(t *testing.T, odd func(*net.TCPConn) net.Conn) (c *client, extensions string) {
	t.Helper()
	d := websocket.Dialer{
		Subprotocols: []string{wire.Subprotocol}, HandshakeTimeout: patience, EnableCompression: true,
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := new(net.Dialer).DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return odd(c.(*net.TCPConn)), nil
		},
	}
	url := "ws" + strings.TrimPrefix(w.url, "http") + "/v1/visitor"
	ws, resp, err := d.DialContext(t.Context(), url, http.Header{"Origin": {origin}})
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	return &client{t: t, ws: ws}, resp.Header.Get("Sec-Websocket-Extensions")
}

func (c *client) enters(token string) frame {
	c.t.Helper()
	c.send(frame{"t": "hello", "site": "demo", "lang": "en", "token": token})
	return c.is("welcome")
}

func TestFramesInWritesOfOneByteAreFramesLikeAnyOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	slow, _ := w.dialOn(t, func(c *net.TCPConn) net.Conn { return dribble{c} })
	bystander, _ := w.visitor(t, "")
	slow.enters("")
	text := "byte by byte, 一个字一个字地"
	id := slow.says(text)
	bystander.says("not held up")
	bystander.is("ack")
	slow.hears("visitor", text)
	if ack := slow.is("ack"); ack.str("id") != id {
		t.Errorf("got %v, want the ack of %s", ack, id)
	}
}

func TestCompressionIsNotNegotiatedAndABombEndsItsOwnSocketOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	payload := bomb(t, 8<<20) // before the dial: who says nothing after it is let go
	bystander, _ := w.visitor(t, "")
	bomber, agreed := w.dialOn(t, func(c *net.TCPConn) net.Conn { return c })
	if agreed != "" {
		t.Errorf("the server agreed to %q, want no extension", agreed)
	}
	if _, err := bomber.ws.UnderlyingConn().Write(payload); err != nil {
		t.Fatal(err)
	}
	if code := bomber.closed(); code != websocket.CloseProtocolError {
		t.Errorf("closed with %d, want 1002", code)
	}
	bystander.says("still here")
	bystander.is("ack")
}

// bomb is a text frame with the bit of a compressed one, some kilobytes that stand for size zeroes.
func bomb(t *testing.T, size int) []byte {
	t.Helper()
	var packed bytes.Buffer
	z, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = z.Write(make([]byte, size))
	_ = z.Close()
	out := binary.BigEndian.AppendUint16([]byte{0xc1, 0xfe}, uint16(packed.Len()))
	out = append(out, 0, 0, 0, 0) // masked with nothing
	return append(out, packed.Bytes()...)
}

func TestAClientThatNeverReadsIsLetGoAndHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	deaf, _ := w.dialOn(t, func(c *net.TCPConn) net.Conn { return c })
	deaf.send(frame{"t": "hello", "site": "demo", "lang": "en"})
	welcome := deaf.is("welcome")
	// The same visitor in another tab, and somebody else.
	tab, _ := w.visitor(t, welcome.str("token"))
	bystander, _ := w.visitor(t, "")
	const rounds, each = 60, 25 // 24 MB: more than any socket's buffers hold
	long := strings.Repeat("x", 16_000)
	for round := range rounds {
		var a session.Append
		for i := range each {
			a.Drafts = append(a.Drafts, session.Draft{
				ID: fmt.Sprint("x:", round, ":", i), Kind: session.KindMessage, From: session.FromSystem, Body: session.Body{Text: long},
			})
		}
		if _, err := w.node.Append(t.Context(), sid(welcome), a); err != nil {
			t.Fatal(err)
		}
		tab.until(func(f frame) bool { return f.num("seq") == (round+1)*each })
	}
	bystander.says("not held up")
	bystander.is("ack")
	heard, err := drainOf(deaf)
	if heard >= rounds*each {
		t.Errorf("all %d events were kept for a client that did not read", heard)
	}
	// Who reads again in time is told why; who does not is cut off.
	closed, told := errors.AsType[*websocket.CloseError](err)
	if errors.Is(err, os.ErrDeadlineExceeded) || told && closed.Code != wire.CloseSlow && closed.Code != websocket.CloseAbnormalClosure {
		t.Errorf("it ended with %v, want %d or a cut", err, wire.CloseSlow)
	}
	again, _ := w.visitor(t, welcome.str("token"))
	again.says("here again")
	again.is("ack")
}

// drainOf counts the frames that still come, until the socket ends.
func drainOf(c *client) (frames int, err error) {
	for deadline := time.Now().Add(patience); ; frames++ {
		if _, err = c.read(deadline); err != nil {
			return frames, err
		}
	}
}

func TestAHelloFromBeforeTheKeptWindowIsResetToTheNewest(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		_, welcome := w.visitor(t, "")
		fill(t, w, sid(welcome), 1000, line)
		c := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
		c.send(frame{"t": "hello", "site": "demo", "token": welcome.str("token"), "since": 1, "tail": "x:1"})
		got := c.is("welcome")
		if !got.yes("reset") || got.num("seq") != 1000 {
			t.Errorf("got %v, want a reset up to 1000", got)
		}
		if first := c.is("event"); first.num("seq") < 800 {
			t.Errorf("the first event after it is %d, want one of the last 200", first.num("seq"))
		}
		if events, more, _ := history(c, 800); len(events) == 0 || !more {
			t.Errorf("%d older events are left to page to, and more is %v", len(events), more)
		}
	})
}
