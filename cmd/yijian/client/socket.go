package client

import (
	"context"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"yijian/web/wire"
)

const (
	// resendAfter is how long an unanswered frame waits before it is sent again on the same
	// connection.
	resendAfter = 10 * time.Second
	// latest is the most that a server asks to wait before a frame is sent again.
	latest = 2 * time.Minute
	// pingEvery keeps a silent connection known to be alive; deadAfter is when it counts as gone.
	pingEvery = 20 * time.Second
	deadAfter = 40 * time.Second
	// writeWithin bounds one write; a server that does not read for so long is gone.
	writeWithin = 10 * time.Second
)

// Options say where a socket leads and who is on it.
type Options struct {
	// URL is asked anew for every connection for a ws:// or wss:// address, so that a client may come
	// back to another node. Origin is the header of that name, if any.
	URL    func() string
	Origin string
	// Hello is asked anew for every connection, because the position moves.
	Hello func() wire.In
	// Ready is the frame that answers hello.
	Ready string
	// Away is how long to try to come back.
	Away   time.Duration
	Jitter *rand.Rand
	// Now is the client's own clock, which may jump; time.Now if nil.
	Now func() time.Time
	// Observer hears of everything on the wire; nil is nobody.
	Observer Observer
}

// Observer hears what goes over a socket, in the order in which it does, from the goroutine that uses
// the socket.
type Observer interface {
	// Sent hears of every frame before it is written, however often that is.
	Sent(in wire.In)
	// Heard hears of every frame of the server.
	Heard(f Frame)
	// Greeted hears that hello was answered for the n-th time.
	Greeted(n int)
	// Failed hears of an error by its code: that of a frame, close_<code> of a connection, network,
	// malformed.
	Failed(code string)
}

// Silent is an Observer that does not listen; embed it to hear of some things only.
type Silent struct{}

// Sent implements Observer.
func (Silent) Sent(wire.In) {}

// Heard implements Observer.
func (Silent) Heard(Frame) {}

// Greeted implements Observer.
func (Silent) Greeted(int) {}

// Failed implements Observer.
func (Silent) Failed(string) {}

// Socket is one side of a conversation that comes back by itself. It promises that a kept frame is
// sent, under the same id on whatever connection there is, until done is called for it. One goroutine
// uses it; another one reads the connection.
//
//	away ──dial, hello──▶ greeting ──Ready──▶ ready ──lost──▶ away
type Socket struct {
	Options
	conn    *connection // nil while away
	ready   bool
	readyAt time.Time
	lives   int // how often Ready was heard

	lostAt time.Time     // since when there has been no ready connection
	tries  int           // connections in a row that came to nothing
	rest   time.Duration // what the last bye asked for
	code   wire.Code     // of the last error before the connection ended

	kept   []keptFrame
	pinged time.Time
}

// New returns a socket that connects when Next is first called.
func New(o Options) *Socket {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Observer == nil {
		o.Observer = Silent{}
	}
	return &Socket{Options: o, lostAt: o.Now()}
}

// Jitter is the randomness of one client's reconnects. It is apart from what the client plans to do,
// which must not depend on how often a connection was lost.
func Jitter(seed uint64, who string, number int) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(who))
	return rand.New(rand.NewPCG(seed^h.Sum64(), uint64(number)))
}

// URL turns the base URL of a server into that of one of its sockets, for ever the same.
func URL(base, path string) func() string {
	url := "ws" + strings.TrimPrefix(strings.TrimSuffix(base, "/"), "http") + path
	return func() string { return url }
}

// IsReady reports whether hello was answered on the connection there is.
func (s *Socket) IsReady() bool { return s.ready }

// Next returns the next frame, and comes back from lost connections meanwhile. It returns ErrTimeout
// when patience is over, counted from since or, if that was later, from the last Ready: time without
// a connection is not the server's silence. Zero patience is endless.
func (s *Socket) Next(ctx context.Context, since time.Time, patience time.Duration) (Frame, error) {
	for {
		if s.conn == nil {
			if err := s.connect(ctx); err != nil {
				return Frame{}, err
			}
		}
		s.flush(s.Now())
		f, err := s.hear(ctx, since, patience)
		if err != nil {
			return Frame{}, err
		}
		if f.T == "" || s.swallow(f) {
			continue
		}
		return f, nil
	}
}

// hear waits for one frame, the end of the connection or the next thing to do. Of the latter two
// there is no frame to tell.
func (s *Socket) hear(ctx context.Context, since time.Time, patience time.Duration) (Frame, error) {
	wake := s.wake()
	var limit time.Time
	if s.ready && patience > 0 {
		limit = later(since, s.readyAt).Add(patience)
		wake = earlier(wake, limit)
	}
	timer := time.NewTimer(wake.Sub(s.Now()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return Frame{}, ctx.Err()
	case f, open := <-s.conn.frames:
		if !open {
			return Frame{}, s.lost()
		}
		return f, nil
	case <-timer.C:
		if !limit.IsZero() && !s.Now().Before(limit) {
			return Frame{}, ErrTimeout
		}
		return Frame{}, nil
	}
}

// swallow handles what concerns only the connection, and reports whether that was all.
func (s *Socket) swallow(f Frame) bool {
	s.Observer.Heard(f)
	switch f.T {
	case "pong":
		return true
	case "bye":
		bye, err := As[wire.Bye](f)
		if err == nil {
			s.rest, s.code = time.Duration(bye.RetryMS)*time.Millisecond, bye.Code
		}
		return true
	case "error":
		s.refused(f)
	case s.Ready:
		s.greeted()
	}
	return false
}

func (s *Socket) greeted() {
	s.lives++
	s.Observer.Greeted(s.lives)
	s.ready, s.readyAt, s.pinged = true, s.Now(), s.Now()
	for i := range s.kept {
		s.kept[i].due = s.readyAt
	}
}

// Close says goodbye to the server, if it is there.
func (s *Socket) Close() {
	if s.conn == nil {
		return
	}
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = s.conn.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second))
	s.conn.end()
	s.conn, s.ready = nil, false
}
