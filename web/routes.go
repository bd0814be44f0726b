package web

import (
	"errors"
	"net/http"
	"net/http/pprof"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"yijian/agents"
	"yijian/web/problem"
)

// routes lists every path there is. The accounts' own routes are in auth.Register, those of the record
// in library.Register.
func (s *Server) routes(o Options) http.Handler {
	mux := http.NewServeMux()

	mux.HandleFunc("GET /v1/visitor", s.visitorSocket)
	mux.HandleFunc("POST /v1/visitor/poll", s.visitorPoll)
	mux.HandleFunc("OPTIONS /v1/visitor/poll", s.pollPreflight)
	mux.HandleFunc("GET /v1/agent", s.agentSocket)

	config := huma.DefaultConfig("Yijian", "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/v1/openapi", "", "/v1/schemas"
	config.CreateHooks = nil // no $schema links in bodies
	api := humago.New(mux, config)
	s.auth.Protect(api)
	s.auth.Register(api)
	s.registerSessions(api)
	s.registerPolicies(api)
	s.library.Register(api)
	describePoll(api)

	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(o.Metrics, promhttp.HandlerOpts{}))

	if o.PProf {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}

	mux.HandleFunc("GET /{$}", s.pages.demo)
	mux.HandleFunc("GET /demo/", s.pages.asset)
	mux.HandleFunc("GET /widget.js", s.pages.script)
	mux.HandleFunc("GET /widget.mjs", s.pages.script)
	mux.HandleFunc("GET /widget.d.mts", s.pages.script)
	mux.HandleFunc("GET /widget/{lang}/{file}", s.pages.script)
	mux.HandleFunc("GET /chat/{site}", s.chat)
	mux.HandleFunc("GET /chat/{site}/qr", s.sheet)
	mux.HandleFunc("GET /c/{site}", s.short(false))
	mux.HandleFunc("GET /h/{site}", s.short(true))
	mux.HandleFunc("GET /console", s.pages.console)
	mux.HandleFunc("GET /console/", s.pages.console)
	mux.HandleFunc("GET /console/assets/", s.pages.asset)
	mux.HandleFunc("GET /ops", s.pages.ops)
	mux.HandleFunc("GET /ops/", s.pages.ops)
	mux.HandleFunc("GET /ops/assets/", s.pages.asset)

	return problem.Identify(s.log, refuseOver(headers(mux)))
}

// headers are those that every answer carries (S3).
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=63072000")
		}
		next.ServeHTTP(w, r)
	})
}

// foreignPage is the answer to a page that no site embeds the widget on.
var foreignPage = problem.New(problem.Forbidden, "This page may not open the chat.",
	"Add the page's origin (scheme, host and port) to the site's origins.")

// visitorSocket upgrades a visitor. Browsers always send Origin, and only pages of a site may open
// one (S1).
func (s *Server) visitorSocket(w http.ResponseWriter, r *http.Request) {
	origin := r.Header.Get("Origin")
	if !s.knownOrigin(origin) && !s.ownOrigin(r, origin) {
		problem.Write(w, r, foreignPage)
		return
	}
	s.sockets.accept(w, r, s.auth.Address(r), s.newVisitor(r, origin))
}

// agentSocket upgrades a console: of our own pages by cookie, or any program by the token in hello.
func (s *Server) agentSocket(w http.ResponseWriter, r *http.Request) {
	if origin := r.Header.Get("Origin"); origin != "" && !s.ownOrigin(r, origin) {
		problem.Write(w, r, problem.New(problem.Forbidden, "This page is not the console.",
			"Open the console at its own address."))
		return
	}
	who, err := s.auth.FromRequest(r)
	if err != nil {
		who = noIdentity // hello may still bring a token
	}
	unsure := err != nil && !errors.Is(err, agents.ErrUnauthorized)
	s.sockets.accept(w, r, s.auth.Address(r), s.newAgent(who, unsure))
}
