package replay

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"

	"yijian/web/wire"
)

const (
	// resendAfter is how long an unanswered frame waits before it is sent again on the same
	// connection.
	resendAfter = 10 * time.Second
	// pingEvery keeps a silent connection known to be alive; deadAfter is when it counts as gone.
	pingEvery = 20 * time.Second
	deadAfter = 40 * time.Second
	// writeWithin bounds one write; a server that does not read for so long is gone.
	writeWithin = 10 * time.Second
)

// socketOptions say where a socket leads and who is on it.
type socketOptions struct {
	// URL is ws:// or wss://, Origin the header of that name, if any.
	URL, Origin string
	// Hello is asked anew for every connection, because the position moves.
	Hello func() wire.In
	// Ready is the frame that answers hello.
	Ready string
	// Away is how long to try to come back.
	Away   time.Duration
	Jitter *rand.Rand
	Tally  *tally
}

// socket is one side of a conversation that comes back by itself. It promises that a kept frame is
// sent, under the same id on whatever connection there is, until done is called for it. One goroutine
// uses it; another one reads the connection.
//
//	away ──dial, hello──▶ greeting ──Ready──▶ ready ──lost──▶ away
type socket struct {
	socketOptions
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

func newSocket(o socketOptions) *socket { return &socket{socketOptions: o, lostAt: time.Now()} }

// next returns the next frame, and comes back from lost connections meanwhile. It returns errTimeout
// when patience is over, counted from since or, if that was later, from the last Ready: time without
// a connection is not the server's silence. Zero patience is endless.
func (s *socket) next(ctx context.Context, since time.Time, patience time.Duration) (frame, error) {
	for {
		if s.conn == nil {
			if err := s.connect(ctx); err != nil {
				return frame{}, err
			}
		}
		s.flush(time.Now())
		f, err := s.hear(ctx, since, patience)
		if err != nil {
			return frame{}, err
		}
		if f.T == "" || s.swallow(f) {
			continue
		}
		return f, nil
	}
}

// hear waits for one frame, the end of the connection or the next thing to do. Of the latter two
// there is no frame to tell.
func (s *socket) hear(ctx context.Context, since time.Time, patience time.Duration) (frame, error) {
	wake := s.wake()
	var limit time.Time
	if s.ready && patience > 0 {
		limit = later(since, s.readyAt).Add(patience)
		wake = earlier(wake, limit)
	}
	timer := time.NewTimer(time.Until(wake))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return frame{}, ctx.Err()
	case f, open := <-s.conn.frames:
		if !open {
			return frame{}, s.lost()
		}
		return f, nil
	case now := <-timer.C:
		if !limit.IsZero() && !now.Before(limit) {
			return frame{}, errTimeout
		}
		return frame{}, nil
	}
}

// swallow handles what concerns only the connection, and reports whether that was all.
func (s *socket) swallow(f frame) bool {
	switch f.T {
	case "pong":
		return true
	case "bye":
		bye, err := as[wire.Bye](f)
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

func (s *socket) greeted() {
	if s.lives > 0 {
		s.Tally.reconnected()
	}
	s.lives++
	s.ready, s.readyAt, s.pinged = true, time.Now(), time.Now()
	for i := range s.kept {
		s.kept[i].due = s.readyAt
	}
}

// close says goodbye to the server, if it is there.
func (s *socket) close() {
	if s.conn == nil {
		return
	}
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = s.conn.ws.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second))
	s.conn.end()
	s.conn, s.ready = nil, false
}
