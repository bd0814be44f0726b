package web

import (
	"context"
	"errors"

	"github.com/danielgtaylor/huma/v2"

	"yijian/agents"
	"yijian/session"
	"yijian/session/record"
	"yijian/web/auth"
	"yijian/web/problem"
	"yijian/web/wire"
)

// transcriptPage is how many events one answer holds.
const transcriptPage = 200

type eventsIn struct {
	ID    string `path:"id" doc:"A session id."`
	After uint64 `query:"after" doc:"The last seq already held; the answer begins behind it."`
}

type eventsOut struct {
	Body struct {
		Items []wire.Event `json:"items"`
		Next  uint64       `json:"next,omitempty" doc:"Pass as after for the next page; absent on the last."`
		Owner string       `json:"owner"`
		Seq   uint64       `json:"seq"`
	}
}

// registerSessions adds the routes that read sessions.
func (s *Server) registerSessions(api huma.API) {
	huma.Register(api, auth.Operation("sessions", "session-events", "GET /v1/sessions/{id}/events",
		"The transcript of a session, oldest first", auth.Needs(agents.SessionsRead)), s.events)
}

func (s *Server) events(ctx context.Context, in *eventsIn) (*eventsOut, error) {
	who := auth.Of(ctx)
	state, read, err := s.readable(ctx, who.Account, in.ID)
	if err != nil {
		return nil, err
	}
	id := session.ID(in.ID)
	events, err := read(ctx, id, in.After+1, in.After+transcriptPage)
	if err != nil {
		return nil, err
	}
	out := &eventsOut{}
	out.Body.Items = make([]wire.Event, len(events))
	out.Body.Owner, out.Body.Seq = string(state.Owner), state.Seq
	for i, e := range events {
		out.Body.Items[i] = forAgent(id, "", e)
	}
	if n := len(events); n > 0 && events[n-1].Seq < state.Seq {
		out.Body.Next = events[n-1].Seq
	}
	return out, nil
}

// reader reads events of a session from one seq to another.
type reader func(ctx context.Context, id session.ID, from, to uint64) ([]session.Event, error)

// readable returns a session's state if the account may read it, and where its events are read: in the
// record if Redis does not have it any more. One of another site is not there.
func (s *Server) readable(ctx context.Context, who agents.Account, raw string) (session.State, reader, error) {
	missing := problem.New(problem.NotFound, "There is no such session.", "Check the id; it may have been deleted.")
	id, err := session.ParseID(raw)
	if err != nil {
		return session.State{}, nil, missing
	}
	state, err := s.node.State(ctx, id)
	read := reader(s.node.Read)
	if errors.Is(err, session.ErrGone) {
		var archived record.Session
		archived, err = s.library.Record.Session(ctx, id)
		state, read = archived.State, s.library.Record.Events
	}
	if errors.Is(err, record.ErrNoSession) || (err == nil && !who.May(agents.SessionsRead, state.Site)) {
		return session.State{}, nil, missing
	}
	return state, read, err
}
