package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/gorilla/websocket"

	"yijian/web/problem"
	"yijian/web/wire"
)

// What ends a socket or a wait for good.
var (
	// ErrTimeout is what Next returns when its patience is over.
	ErrTimeout = errors.New("nothing came in time")
	// ErrAway says that the server was away for longer than Options.Away.
	ErrAway = errors.New("the server did not come back in time")
	// ErrRefused says that coming back is of no use: a close code, or an answer to the upgrade.
	ErrRefused = errors.New("the server does not want this client back")
	// ErrMalformed says that the server sent something that is no frame.
	ErrMalformed = errors.New("not a frame")
)

const (
	dialWithin  = 10 * time.Second
	helloWithin = 15 * time.Second
)

// FirstRest bounds the rest before the second try to reach a server; the bound doubles with every try
// up to LongestRest.
const (
	FirstRest   = 250 * time.Millisecond
	LongestRest = 5 * time.Second
)

// connection is one WebSocket and the goroutine that reads it.
type connection struct {
	ws     *websocket.Conn
	frames chan Frame
	quit   chan struct{}
	err    error // why frames was closed
}

// connect dials until there is a connection and says hello on it.
func (s *Socket) connect(ctx context.Context) error {
	for {
		if s.Now().Sub(s.lostAt) > s.Away {
			return fmt.Errorf("%w: away for %s", ErrAway, s.Away)
		}
		if err := Pause(ctx, s.delay()); err != nil {
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
		case errors.Is(err, ErrRefused):
			return err
		}
		s.Observer.Failed("network")
		s.tries++
	}
}

// delay is the rest before the next try: what the server asked for, or full jitter below a bound
// that doubles.
func (s *Socket) delay() time.Duration {
	if s.rest > 0 {
		rest := s.rest
		s.rest = 0
		return rest
	}
	if s.tries == 0 {
		return 0
	}
	most := min(FirstRest<<min(s.tries-1, 10), LongestRest)
	return time.Duration(s.Jitter.Int64N(int64(most)))
}

func (s *Socket) dial(ctx context.Context) (*connection, error) {
	ctx, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	header := http.Header{}
	if s.Origin != "" {
		header.Set("Origin", s.Origin)
	}
	dialer := websocket.Dialer{Subprotocols: []string{wire.Subprotocol}, Proxy: http.ProxyFromEnvironment}
	url := s.URL()
	ws, answer, err := dialer.DialContext(ctx, url, header)
	if answer != nil && answer.Body != nil {
		defer func() { _ = answer.Body.Close() }()
	}
	if err != nil {
		return nil, dialError(url, answer, err)
	}
	c := &connection{ws: ws, frames: make(chan Frame, 64), quit: make(chan struct{})}
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
		return fmt.Errorf("connect to %s: %w: it answered %s", url, ErrRefused, answer.Status)
	}
	return fmt.Errorf("connect to %s: %w: %s", url, ErrRefused, p.Error())
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
func (s *Socket) lost() error {
	err := s.conn.err
	s.conn.end()
	if s.ready {
		s.lostAt, s.tries = s.Now(), 0
	}
	s.tries++
	s.conn, s.ready = nil, false
	closed, ok := errors.AsType[*websocket.CloseError](err)
	switch {
	case errors.Is(err, ErrMalformed):
		s.Observer.Failed("malformed")
		return nil
	case !ok:
		s.Observer.Failed("network")
		return nil
	}
	s.Observer.Failed("close_" + strconv.Itoa(closed.Code))
	if closed.Code >= 3500 && closed.Code < 4000 || closed.Code == wire.CloseTooLarge {
		return fmt.Errorf("%w: it closed with %d %s", ErrRefused, closed.Code, s.code)
	}
	return nil
}

// Pause waits, unless ctx ends first.
func Pause(ctx context.Context, d time.Duration) error {
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
