package web

import (
	"net/http"

	"yijian/web/problem"
)

// healthz says that the process lives.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// readyz says whether visitors should be sent here: not while draining, not while a store is away.
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
	s.healthz(w, r)
}
