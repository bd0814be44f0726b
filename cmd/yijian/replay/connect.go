package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/gorilla/websocket"

	"yijian/web/problem"
	"yijian/web/wire"
)

// What ends a socket or a wait for good.
var (
	errTimeout = errors.New("nothing came in time")
	errAway    = errors.New("the server did not come back in time")
	errRefused = errors.New("the server does not want this client back")
	// errMalformed says that the server sent something that is no frame.
	errMalformed = errors.New("not a frame")
)

const (
	dialWithin  = 10 * time.Second
	helloWithin = 15 * time.Second
	firstRest   = 250 * time.Millisecond
	longestRest = 5 * time.Second
)

// connection is one WebSocket and the goroutine that reads it.
type connection struct {
	ws     *websocket.Conn
	frames chan frame
	quit   chan struct{}
	err    error // why frames was closed
}

// connect dials until there is a connection and says hello on it.
func (s *socket) connect(ctx context.Context) error {
	for {
		if time.Since(s.lostAt) > s.Away {
			return fmt.Errorf("%w: away for %s", errAway, s.Away)
		}
		if err := pause(ctx, s.delay()); err != nil {
			return err
		}
		conn, err := s.dial(ctx)
		switch {
		case err == nil:
			s.conn = conn
			s.write(s.Hello())
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, errRefused):
			return err
		}
		s.Tally.failed("network")
		s.tries++
	}
}

// delay is the rest before the next try: what the server asked for, or full jitter below a bound
// that doubles.
func (s *socket) delay() time.Duration {
	if s.rest > 0 {
		rest := s.rest
		s.rest = 0
		return rest
	}
	if s.tries == 0 {
		return 0
	}
	most := min(firstRest<<min(s.tries-1, 10), longestRest)
	return time.Duration(s.Jitter.Int64N(int64(most)))
}

func (s *socket) dial(ctx context.Context) (*connection, error) {
	ctx, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	header := http.Header{}
	if s.Origin != "" {
		header.Set("Origin", s.Origin)
	}
	dialer := websocket.Dialer{Subprotocols: []string{wire.Subprotocol}, Proxy: http.ProxyFromEnvironment}
	ws, answer, err := dialer.DialContext(ctx, s.URL, header)
	if answer != nil && answer.Body != nil {
		defer func() { _ = answer.Body.Close() }()
	}
	if err != nil {
		return nil, dialError(s.URL, answer, err)
	}
	c := &connection{ws: ws, frames: make(chan frame, 64), quit: make(chan struct{})}
	// Until hello is answered the server has less time than later.
	_ = ws.SetReadDeadline(time.Now().Add(helloWithin))
	ws.SetPingHandler(func(data string) error {
		c.heard()
		err := ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeWithin))
		if errors.Is(err, websocket.ErrCloseSent) {
			return nil
		}
		return err
	})
	go c.read()
	return c, nil
}

// dialError tells an answer that will not change from one that may.
func dialError(url string, answer *http.Response, err error) error {
	if answer == nil || answer.StatusCode >= 500 || answer.StatusCode == http.StatusTooManyRequests {
		return fmt.Errorf("connect to %s: %w", url, err)
	}
	var p problem.Problem
	body, _ := io.ReadAll(io.LimitReader(answer.Body, 4096)) // gorilla keeps the first KiB of it
	if json.Unmarshal(body, &p) != nil || p.Title == "" {
		return fmt.Errorf("connect to %s: %w: it answered %s", url, errRefused, answer.Status)
	}
	return fmt.Errorf("connect to %s: %w: %s", url, errRefused, p.Error())
}

func (c *connection) heard() { _ = c.ws.SetReadDeadline(time.Now().Add(deadAfter)) }

// read hands frames over until the connection ends, then closes frames.
func (c *connection) read() {
	defer close(c.frames)
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			c.err = err
			return
		}
		c.heard()
		f, err := readFrame(data)
		if err != nil {
			c.err = err
			return
		}
		select {
		case c.frames <- f:
		case <-c.quit:
			return
		}
	}
}

func (c *connection) end() {
	close(c.quit)
	_ = c.ws.Close()
}

// lost takes in the end of the connection. It is an error only if the server said not to come back.
func (s *socket) lost() error {
	err := s.conn.err
	s.conn.end()
	if s.ready {
		s.lostAt, s.tries = time.Now(), 0
	}
	s.tries++
	s.conn, s.ready = nil, false
	closed, ok := errors.AsType[*websocket.CloseError](err)
	switch {
	case errors.Is(err, errMalformed):
		s.Tally.failed("malformed")
		return nil
	case !ok:
		s.Tally.failed("network")
		return nil
	}
	s.Tally.closed(closed.Code)
	if closed.Code >= 3500 && closed.Code < 4000 || closed.Code == wire.CloseTooLarge {
		return fmt.Errorf("%w: it closed with %d %s", errRefused, closed.Code, s.code)
	}
	return nil
}

// pause waits, unless ctx ends first.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
