package web

import (
	"context"
	"net/http"
	"time"

	"yijian/web/problem"
)

// healthz says that the process lives.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// readyz says whether visitors should be sent here: not while draining, not while Redis is away. While
// the record is away they should, because nobody who writes notices; the text says that it is.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if s.sockets.isDraining() {
		problem.Write(w, r, problem.New(problem.Unavailable, "This server is restarting.", "Send visitors to another node."))
		return
	}
	if s.ready != nil {
		if err := s.ready(r.Context()); err != nil {
			s.log.Warn().Err(err).Msg("not ready")
			problem.Write(w, r, problem.New(problem.Unavailable, "A store does not answer.", "See the log; sessions resume when it is back."))
			return
		}
	}
	if s.degraded != nil {
		ctx, cancel := context.WithTimeout(r.Context(), degradedWithin)
		defer cancel()
		if err := s.degraded(ctx); err != nil {
			s.log.Warn().Err(err).Msg("degraded")
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = w.Write([]byte("degraded: the record takes nothing; conversations go on, and are archived when it is back\n"))
			return
		}
	}
	s.healthz(w, r)
}

// degradedWithin is how long the record has to answer until it counts as away.
const degradedWithin = 2 * time.Second
