package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"yijian/web/wire"
)

const (
	// perAddress keeps the ports of one loopback address from running out.
	perAddress = 25_000
	dialWithin = 20 * time.Second
)

// dialer opens sockets that cost this process little, and closes them all at once.
type dialer struct {
	pool sync.Pool

	mu   sync.Mutex
	open []*websocket.Conn
	wg   sync.WaitGroup
}

// dial opens the number-th socket of a server.
func (d *dialer) dial(ctx context.Context, s Server, path string, number int) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	dial := &net.Dialer{KeepAlive: -1} // four system calls that a bench has no use for
	// Binding makes the kernel look long for a port that is free whatever the server, so it is done
	// only where it must be.
	if n := number / perAddress; n > 0 {
		dial.LocalAddr = &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(1+n))}
	}
	w := websocket.Dialer{
		NetDialContext: dial.DialContext, ReadBufferSize: 512, WriteBufferSize: 512, WriteBufferPool: &d.pool,
		Subprotocols: []string{wire.Subprotocol},
	}
	header := http.Header{}
	if !strings.HasPrefix(path, "/v1/agent") {
		header.Set("Origin", s.URL)
	}
	url := "ws" + strings.TrimPrefix(s.URL, "http") + path
	ws, answer, err := w.DialContext(ctx, url, header)
	if answer != nil {
		_ = answer.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("opening socket %d at %s: %w", number+1, url, err)
	}
	d.mu.Lock()
	d.open = append(d.open, ws)
	d.mu.Unlock()
	return ws, nil
}

// drain reads a socket until it ends, which also answers the server's pings.
func (d *dialer) drain(ws *websocket.Conn, each func(frame []byte)) {
	d.wg.Go(func() {
		for {
			_, frame, err := ws.ReadMessage()
			if err != nil {
				return
			}
			each(frame)
		}
	})
}

// ping lets every socket say one ping, spread over a while: whoever is idle is not silent, and what
// reading a frame takes in memory is part of what an idle visitor costs.
func (d *dialer) ping(ctx context.Context, over time.Duration) error {
	d.mu.Lock()
	open := slices.Clone(d.open)
	d.mu.Unlock()
	pace := time.NewTicker(max(over/time.Duration(len(open)), time.Microsecond))
	defer pace.Stop()
	for i, ws := range open {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-pace.C:
		}
		if err := ws.WriteMessage(websocket.TextMessage, []byte(`{"t":"ping"}`)); err != nil {
			return fmt.Errorf("idle socket %d has ended: %w", i+1, err)
		}
	}
	return nil
}

// close ends all sockets and waits for their readers.
func (d *dialer) close() {
	d.mu.Lock()
	for _, ws := range d.open {
		_ = ws.Close()
	}
	d.mu.Unlock()
	d.wg.Wait()
}

// hello opens a visitor or an agent and returns its socket once it was greeted, with the greeting.
func (d *dialer) hello(ctx context.Context, s Server, path string, number int, in wire.In) (*websocket.Conn, error) {
	ws, err := d.dial(ctx, s, path, number)
	if err != nil {
		return nil, err
	}
	if err := ws.WriteJSON(in); err != nil {
		return nil, fmt.Errorf("saying hello: %w", err)
	}
	_ = ws.SetReadDeadline(time.Now().Add(dialWithin))
	_, frame, err := ws.ReadMessage()
	if err != nil {
		return nil, fmt.Errorf("waiting for the greeting of socket %d: %w", number+1, err)
	}
	var got wire.Error
	if err := json.Unmarshal(frame, &got); err != nil || got.T == "error" {
		return nil, fmt.Errorf("hello of socket %d was answered with %.200s", number+1, frame)
	}
	return ws, ws.SetReadDeadline(time.Time{})
}
