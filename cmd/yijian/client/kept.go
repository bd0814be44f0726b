package client

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/gorilla/websocket"

	"yijian/web/wire"
)

// keptFrame is a frame that nobody has answered yet, and when it is next to be sent.
type keptFrame struct {
	key   string
	frame wire.In
	due   time.Time
}

// refused takes note of an error; a kept frame that may be tried again is, when the server says.
func (s *Socket) refused(f Frame) {
	e, err := As[wire.Error](f)
	if err != nil {
		return
	}
	s.code = e.Code
	s.Observer.Failed(string(e.Code))
	for i := range s.kept {
		if s.kept[i].frame.ID == e.ID && e.ID != "" {
			s.kept[i].due = s.Now().Add(max(time.Duration(e.RetryMS)*time.Millisecond, time.Second))
		}
	}
}

// Keep sends a frame until done is called with its key. Keeping a key twice is keeping it once.
func (s *Socket) Keep(key string, in wire.In) {
	if s.keeps(key) {
		return
	}
	s.kept = append(s.kept, keptFrame{key: key, frame: in})
	if s.ready {
		s.flush(s.Now())
	}
}

func (s *Socket) keeps(key string) bool {
	return slices.ContainsFunc(s.kept, func(k keptFrame) bool { return k.key == key })
}

// Done stops sending a kept frame.
func (s *Socket) Done(key string) {
	s.kept = slices.DeleteFunc(s.kept, func(k keptFrame) bool { return k.key == key })
}

// Forget stops sending all kept frames for which drop is true.
func (s *Socket) Forget(drop func(wire.In) bool) {
	s.kept = slices.DeleteFunc(s.kept, func(k keptFrame) bool { return drop(k.frame) })
}

// Send writes a frame if there is a ready connection, and forgets it.
func (s *Socket) Send(in wire.In) {
	if s.ready {
		s.write(in)
	}
}

// flush sends what is due, in the order of keeping, and a ping now and then.
func (s *Socket) flush(now time.Time) {
	if !s.ready {
		return
	}
	for i := range s.kept {
		// A clock that went back would put what is due off for as long as it went.
		if due := s.kept[i].due; !now.Before(due) || due.Sub(now) > latest {
			s.kept[i].due = now.Add(resendAfter)
			s.write(s.kept[i].frame)
		}
	}
	if since := now.Sub(s.pinged); since >= pingEvery || since < 0 {
		s.pinged = now
		s.write(wire.In{T: "ping"})
	}
}

// wake is when flush has something to do next.
func (s *Socket) wake() time.Time {
	next := s.Now().Add(pingEvery)
	if !s.ready {
		return next
	}
	next = earlier(next, s.pinged.Add(pingEvery))
	for _, k := range s.kept {
		next = earlier(next, earlier(k.due, s.Now().Add(resendAfter)))
	}
	return next
}

// write sends one frame. A connection that cannot be written to is cut, so that the reader sees its
// end and next comes back.
func (s *Socket) write(in wire.In) {
	s.Observer.Sent(in)
	data, err := json.Marshal(in)
	if err == nil {
		_ = s.conn.ws.SetWriteDeadline(time.Now().Add(writeWithin))
		err = s.conn.ws.WriteMessage(websocket.TextMessage, data)
	}
	if err != nil {
		_ = s.conn.ws.Close()
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
