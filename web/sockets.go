package web

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"yijian/web/problem"
	"yijian/web/wire"
	"yijian/web/ws"
)

// helloWithin is how long a new socket may stay silent.
const helloWithin = 10 * time.Second

// peer is one side of a conversation on a socket: the visitor's or the agent's.
type peer interface {
	// frame acts on one decoded frame; the sockets of one peer call it one at a time.
	frame(ctx context.Context, in wire.In)
	// greeted reports whether hello was said.
	greeted() bool
	// gone ends what the peer holds. It is called once, after the last frame.
	gone(ctx context.Context)
}

// transport carries frames: a WebSocket, or a channel of polls where a proxy breaks those.
type transport interface {
	// Read returns the next frame, ws.ErrTooLarge for one over the limit, and another error at the end.
	Read() ([]byte, error)
	// Send queues a frame; a client that does not take them is closed with slow.
	Send(frame []byte, slow int) bool
	// SendNow is Send for a frame that somebody waits for.
	SendNow(frame []byte, slow int) bool
	// Together sends at once, at the end of do, what is sent during it.
	Together(do func())
	// Close ends it after what is queued.
	Close(code int, reason string)
	// Release frees it once Read has failed.
	Release()
}

// link is a transport as its peer uses it.
type link struct {
	conn    transport
	address string // where it comes from, for the caps; never logged
	lang    string
}

func (l *link) send(frame any) { l.conn.Send(wire.Encode(frame), wire.CloseSlow) }

// deliver sends what somebody said. Whoever said it has it on the screen and can wait for the echo.
func (l *link) deliver(event any, own bool) {
	frame := wire.Encode(event)
	if own {
		l.conn.Send(frame, wire.CloseSlow)
	} else {
		l.conn.SendNow(frame, wire.CloseSlow)
	}
}

// refuse answers a frame that was not accepted: a code, a sentence in the language of the peer, and
// the id of the frame, so that the client knows which.
func (l *link) refuse(code wire.Code, id string, retry time.Duration) {
	l.send(wire.Error{
		T: "error", Code: code, Message: wire.Sentence(code, l.lang), ID: id,
		RetryMS: int(retry.Milliseconds()),
	})
}

// dismiss says why and closes.
func (l *link) dismiss(code wire.Code, end int) {
	l.refuse(code, "", 0)
	l.conn.Close(end, string(code))
}

// comeBack sends a client away that is over a cap, and says when to try again.
func (l *link) comeBack(wait time.Duration) {
	l.refuse(wire.TooMany, "", wait)
	l.conn.Close(wire.CloseBusy, string(wire.TooMany))
}

// The answers of a server that takes no more. They say when to come back, so that a client which does
// not know our frames does not hammer.
var (
	restarting = &problem.Problem{
		Title: "This server is restarting.", Status: http.StatusServiceUnavailable, Code: problem.Unavailable,
		Detail: "Connect again in a moment; conversations are kept.", RetryMS: 2000,
	}
	crowded = &problem.Problem{
		Title: "Too many connections come from this address.", Status: http.StatusTooManyRequests,
		Code:    problem.RateLimited,
		Detail:  "Close some and try again. Behind a proxy, its operator names it in trusted_proxies.",
		RetryMS: 10_000,
	}
)

// sockets are all open transports of this process.
type sockets struct {
	upgrader websocket.Upgrader
	crew     *ws.Crew
	door     *door
	caps     *caps

	mu       sync.Mutex
	open     map[transport]struct{}
	draining bool
	wg       sync.WaitGroup
}

func newSockets(c *caps) *sockets {
	crew := ws.NewCrew()
	return &sockets{
		open: map[transport]struct{}{}, crew: crew, door: newDoor(crew), caps: c,
		upgrader: websocket.Upgrader{
			ReadBufferSize: 512, WriteBufferSize: 512, WriteBufferPool: &sync.Pool{},
			Subprotocols: []string{wire.Subprotocol}, HandshakeTimeout: 5 * time.Second,
			// The origin was checked before, with an answer a person can read.
			CheckOrigin: func(*http.Request) bool { return true },
		},
	}
}

// accept upgrades a request and serves it on a goroutine of its own, so that the handler and its
// buffers are free at once.
func (s *sockets) accept(w http.ResponseWriter, r *http.Request, address string, start func(*link) peer) {
	if err := s.admit(address); err != nil {
		w.Header().Set("Connection", "close") // or it would stay open, idle, and uncounted
		problem.Write(w, r, err)
		return
	}
	c, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.left(address)
		return // the upgrader has answered
	}
	conn := ws.New(c, ws.Options{MaxFrame: wire.MaxFrame, Crew: s.crew})
	go s.serve(detached(), conn, address, start)
}

// detached is what a socket acts under: it outlives the request that opened it. Not even the values
// of the request's context are kept, because they hold the request and its logger in memory for as
// long as somebody is connected.
func detached() context.Context { return context.Background() } //nolint:forbidigo // see above

// admit takes in one more transport of an address, or says why not. left takes it back.
func (s *sockets) admit(address string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		return restarting
	}
	if !s.caps.enter(address) {
		return crowded
	}
	s.wg.Add(1)
	return nil
}

func (s *sockets) left(address string) {
	s.caps.leave(address)
	s.wg.Done()
}

// serve reads an admitted transport until it ends.
func (s *sockets) serve(ctx context.Context, conn transport, address string, start func(*link) peer) {
	defer s.left(address)
	s.mu.Lock()
	s.open[conn] = struct{}{}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.open, conn)
		s.mu.Unlock()
		conn.Release()
	}()
	l := &link{conn: conn, address: address}
	p := start(l)
	defer p.gone(ctx)
	if s.greet(ctx, l, p) {
		s.read(ctx, l, p)
	}
}

// greet hands frames to the peer until it was greeted, and reports whether it was. What it takes to
// wait for a hello is gone afterwards: a visitor who only looks does not keep it.
func (s *sockets) greet(ctx context.Context, l *link, p peer) bool {
	late := time.AfterFunc(helloWithin, func() { l.dismiss(wire.Late, wire.CloseNoHello) })
	defer late.Stop()
	for !p.greeted() {
		data, ok := next(l)
		if !ok {
			return false
		}
		// Heard in time is not late, however long the stores take to answer: a client that is told
		// that it was late does not come back.
		paused := late.Stop()
		s.door.do(func() { handle(ctx, l, p, data) })
		if paused && !p.greeted() {
			late.Reset(helloWithin)
		}
	}
	return true
}

// read hands frames to the peer until the socket ends.
func (s *sockets) read(ctx context.Context, l *link, p peer) {
	for {
		data, ok := next(l)
		if !ok {
			return
		}
		if !wire.IsPing(data) {
			// Here, because handing it to somebody else costs time that a message has not. The stack
			// that it takes is given back by the collector when the talk is over.
			handle(ctx, l, p, data)
			continue
		}
		// Not here: what the reader's stack once grew to stays with a visitor who only looks.
		s.crew.Do(func() { handle(ctx, l, p, data) })
	}
}

// next reads the next frame and reports whether there is one.
func next(l *link) ([]byte, bool) {
	for {
		data, err := l.conn.Read()
		if !errors.Is(err, ws.ErrTooLarge) {
			return data, err == nil
		}
		l.dismiss(wire.TooLarge, wire.CloseTooLarge) // and until the peer has closed, what comes is dropped
	}
}

// handle acts on one frame. A bad one is answered and forgotten.
func handle(ctx context.Context, l *link, p peer, data []byte) {
	in, err := wire.Decode(data)
	if bad, ok := errors.AsType[*wire.Problem](err); ok {
		l.refuse(bad.Code, in.ID, 0)
		return
	}
	p.frame(ctx, in)
}

// drain refuses new sockets, says bye to the open ones in jittered batches and waits for them to
// go, until ctx ends.
func (s *sockets) drain(ctx context.Context, over time.Duration) {
	s.mu.Lock()
	s.draining = true
	open := make([]transport, 0, len(s.open))
	for c := range s.open {
		open = append(open, c)
	}
	s.mu.Unlock()
	const batch = 100
	pause := over / time.Duration(len(open)/batch+1)
	for i, c := range open {
		retry := 500 + rand.IntN(1500)
		c.Send(wire.Encode(wire.Bye{T: "bye", Code: wire.Restart, RetryMS: retry}), wire.CloseSlow)
		c.Close(wire.CloseRestart, string(wire.Restart))
		if i%batch == batch-1 {
			waitOr(ctx, pause/2+rand.N(pause+1)) // so that nodes that stop together do not send in step
		}
	}
	gone := make(chan struct{})
	go func() { s.wg.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-ctx.Done():
	}
}

func waitOr(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (s *sockets) isDraining() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.draining
}
