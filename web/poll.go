package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/rs/zerolog"

	"yijian/web/poll"
	"yijian/web/problem"
	"yijian/web/wire"
	"yijian/web/ws"
)

// maxPoll bounds the body of a poll: a few frames of the largest size. What a client kept while it was
// away fits, or goes in several.
const maxPoll = 8 * wire.MaxFrame

// bodyWithin is how long a body may take, either way.
const bodyWithin = 10 * time.Second

// pollIn is the body of a poll.
type pollIn struct {
	Channel string            `json:"channel,omitempty" doc:"The channel of an earlier answer; absent to open one."`
	Frames  []json.RawMessage `json:"frames,omitempty" doc:"Frames as on the visitor socket; the first of a new channel is hello."`
	Wait    bool              `json:"wait,omitempty" doc:"Hold the answer up to 25 s, until there are frames."`
}

// pollOut is the answer to a poll.
type pollOut struct {
	Channel string            `json:"channel,omitempty" doc:"Only when it was opened. A secret: who knows it speaks on it."`
	Frames  []json.RawMessage `json:"frames" doc:"Frames as on the visitor socket, in order."`
	Closed  *poll.Closed      `json:"closed,omitempty" doc:"The channel has ended, with a close code of the socket."`
}

// lost is the answer about a channel that is not here.
var lost = &problem.Problem{
	Title: "This connection is not known here.", Status: http.StatusGone, Code: problem.Gone,
	Detail: "Say hello again with the position you hold; nothing stored is lost.",
}

func newPolls() *poll.Channels {
	return poll.NewChannels(poll.Options{
		MaxFrame: wire.MaxFrame, TooLarge: ws.ErrTooLarge, QuietCode: wire.CloseQuiet,
	})
}

// visitorPoll is the visitor's socket for a browser whose proxy breaks WebSockets: the same frames in
// the bodies of POSTs.
func (s *Server) visitorPoll(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if !s.allow(w, r) {
		problem.Write(w, r, foreignPage)
		return
	}
	var in pollIn
	if err := readPoll(w, r, &in); err != nil {
		problem.Write(w, r, err)
		return
	}
	channel, err := s.channel(r, origin, in.Channel)
	if err != nil {
		problem.Write(w, r, err)
		return
	}
	channel.Do(r.Context(), in.Frames)
	out := pollOut{Frames: []json.RawMessage{}}
	if in.Channel == "" {
		out.Channel, in.Wait = channel.ID(), false
	}
	frames, closed := channel.Take(r.Context(), in.Wait)
	out.Frames, out.Closed = append(out.Frames, frames...), closed
	s.answerPoll(w, r, channel, out)
}

// channel is the one a request names, or a new one.
func (s *Server) channel(r *http.Request, origin, id string) (*poll.Channel, error) {
	if id != "" {
		channel := s.polls.Find(id)
		if channel == nil {
			return nil, lost
		}
		return channel, nil
	}
	address := s.auth.Address(r)
	if err := s.sockets.admit(address); err != nil {
		return nil, err
	}
	channel := s.polls.Open()
	go s.sockets.serve(detached(), channel, address, s.newVisitor(r, origin))
	return channel, nil
}

func readPoll(w http.ResponseWriter, r *http.Request, in *pollIn) error {
	// A slow body must not hold a connection for ever; the answer may take its time.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyWithin))
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxPoll)).Decode(in)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &problem.Problem{
			Title: "This is too much at once.", Status: http.StatusRequestEntityTooLarge, Code: problem.Invalid,
			Detail: "Send fewer frames in one request.",
		}
	}
	if err != nil {
		return &problem.Problem{
			Title: "The request was not understood.", Status: http.StatusBadRequest, Code: problem.Invalid,
			Detail: `Send a JSON object such as {"frames":[{"t":"hello","site":"demo"}]}.`,
		}
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	return nil
}

// answerPoll writes the answer. One that cannot be written took its frames along, so the channel ends
// and the client begins another at its position.
func (s *Server) answerPoll(w http.ResponseWriter, r *http.Request, c *poll.Channel, out pollOut) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(bodyWithin))
	if err := json.NewEncoder(w).Encode(out); err != nil {
		zerolog.Ctx(r.Context()).Debug().Err(err).Msg("answer to a poll not written")
		c.Close(wire.CloseError, string(wire.Unavailable))
	}
}

// pollPreflight lets a page of a site send JSON.
func (s *Server) pollPreflight(w http.ResponseWriter, r *http.Request) {
	if !s.allow(w, r) {
		problem.Write(w, r, foreignPage)
		return
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", http.MethodPost)
	h.Set("Access-Control-Allow-Headers", "Content-Type")
	h.Set("Access-Control-Max-Age", "7200")
	w.WriteHeader(http.StatusNoContent)
}

// allow lets pages of a site read the answer, and reports whether the origin is one of theirs.
func (s *Server) allow(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	w.Header().Add("Vary", "Origin")
	if !s.knownOrigin(origin) && !s.ownOrigin(r, origin) {
		return false
	}
	w.Header().Set("Access-Control-Allow-Origin", origin)
	return true
}
