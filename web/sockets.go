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

// link is a socket as its peer uses it.
type link struct {
	conn *ws.Conn
	lang string
}

func (l *link) send(frame any) { l.conn.Send(wire.Encode(frame), wire.CloseSlow) }

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

// sockets are all open sockets of this process.
type sockets struct {
	upgrader websocket.Upgrader
	crew     *ws.Crew

	mu       sync.Mutex
	open     map[*ws.Conn]struct{}
	draining bool
	wg       sync.WaitGroup
}

func newSockets() *sockets {
	return &sockets{
		open: map[*ws.Conn]struct{}{}, crew: ws.NewCrew(),
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
func (s *sockets) accept(w http.ResponseWriter, r *http.Request, start func(*link) peer) {
	if !s.admit() {
		problem.Write(w, r, problem.New(problem.Unavailable, "This server is restarting.", "Connect again in a moment."))
		return
	}
	c, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.wg.Done()
		return // the upgrader has answered
	}
	conn := ws.New(c, ws.Options{MaxFrame: wire.MaxFrame, Crew: s.crew})
	go s.serve(detached(), conn, start)
}

// detached is what a socket acts under: it outlives the request that opened it. Not even the values
// of the request's context are kept, because they hold the request and its logger in memory for as
// long as somebody is connected.
func detached() context.Context { return context.Background() } //nolint:forbidigo // see above

func (s *sockets) admit() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draining {
		return false
	}
	s.wg.Add(1)
	return true
}

func (s *sockets) serve(ctx context.Context, conn *ws.Conn, start func(*link) peer) {
	defer s.wg.Done()
	s.mu.Lock()
	s.open[conn] = struct{}{}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.open, conn)
		s.mu.Unlock()
		conn.Release()
	}()
	l := &link{conn: conn}
	p := start(l)
	defer p.gone(ctx)
	late := time.AfterFunc(helloWithin, func() { l.dismiss(wire.Late, wire.CloseNoHello) })
	defer late.Stop()
	s.read(ctx, l, p, late)
}

// read hands frames to the peer until the socket ends.
func (s *sockets) read(ctx context.Context, l *link, p peer, late *time.Timer) {
	for {
		data, err := l.conn.Read()
		if errors.Is(err, ws.ErrTooLarge) {
			l.dismiss(wire.TooLarge, wire.CloseTooLarge)
			continue // until the peer has closed
		}
		if err != nil {
			return
		}
		// Not here: what the reader's stack once grew to stays with a visitor who only looks.
		s.crew.Do(func() { handle(ctx, l, p, data) })
		if p.greeted() {
			late.Stop()
		}
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
	open := make([]*ws.Conn, 0, len(s.open))
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
			waitOr(ctx, pause)
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
