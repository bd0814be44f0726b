package web

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"yijian/agents"
	"yijian/router"
	"yijian/router/policy"
	"yijian/session"
	"yijian/session/record"
	"yijian/web/auth"
	"yijian/web/library"
	"yijian/web/poll"
)

// Options is what a Server is made of.
type Options struct {
	Router   *router.Router
	Node     *session.Node
	Accounts *agents.Store
	Auth     *auth.Auth
	Policies *policy.Store
	Sites    []record.Site
	// Library answers for what is in the record and no longer in Redis.
	Library *library.Library
	// Secret signs visitors' tokens; all nodes share it.
	Secret []byte
	// Pages are the built pages: widget.js, demo/, console/.
	Pages fs.FS
	// Caps bound what one address or site may take.
	Caps Caps
	// Ready says whether the store that visitors need answers, Degraded whether the others do; nil
	// means yes.
	Ready, Degraded func(context.Context) error
	Metrics         *prometheus.Registry
	// PProf serves profiles of the process; they tell much about it, so it is off by default.
	PProf bool
	Log   zerolog.Logger
	Now   func() time.Time
}

// Server serves everything Yijian has to say over HTTP.
type Server struct {
	router   *router.Router
	node     *session.Node
	accounts *agents.Store
	auth     *auth.Auth
	policies *policy.Store
	library  *library.Library
	sites    map[string]*Site
	tokens   tokens
	pages    pages
	ready    func(context.Context) error
	degraded func(context.Context) error
	metrics  *metrics
	log      zerolog.Logger
	now      func() time.Time

	caps    *caps
	sockets *sockets
	polls   *poll.Channels
	http    *http.Server
}

// Site is one tenant as the sockets know it.
type Site struct{ record.Site }

// New returns a server that is not listening yet.
func New(o Options) (*Server, error) {
	if len(o.Sites) == 0 || len(o.Secret) < 32 {
		return nil, errors.New("a server needs at least one site and a secret of 32 bytes")
	}
	s := &Server{
		router: o.Router, node: o.Node, accounts: o.Accounts, auth: o.Auth, policies: o.Policies, library: o.Library,
		sites: map[string]*Site{}, tokens: tokens{o.Secret}, ready: o.Ready, degraded: o.Degraded,
		metrics: newMetrics(o.Metrics), log: o.Log.With().Str("component", "web").Logger(), now: o.Now,
		polls: newPolls(),
	}
	s.caps = newCaps(o.Caps, o.Now)
	s.sockets = newSockets(s.caps)
	for _, site := range o.Sites {
		s.sites[site.ID] = &Site{site}
	}
	var err error
	if s.pages, err = newPages(o.Pages); err != nil {
		return nil, err
	}
	s.http = &http.Server{
		Handler:           s.routes(o),
		ReadHeaderTimeout: 5 * time.Second, // S2
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          nil,
		ConnContext:       markOver,
	}
	return s, nil
}

// Serve answers on a listener until Drain.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serving: %w", err)
	}
	return nil
}

// Drain lets go politely: readyz says no, new sockets are refused, open ones are told when to come
// back, in batches, and requests in flight finish. It takes at most as long as ctx.
func (s *Server) Drain(ctx context.Context, over time.Duration) error {
	s.sockets.drain(ctx, over)
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		// Who has not left by now is cut off, and comes back by itself.
		s.log.Warn().Msg("drain timed out")
		err = s.http.Close()
	}
	if err != nil {
		return fmt.Errorf("draining: %w", err)
	}
	return nil
}

// knownOrigin reports whether any site embeds the widget on pages of this origin. The site
// itself is checked again at hello, when the site is named.
func (s *Server) knownOrigin(origin string) bool {
	for _, site := range s.sites {
		if slices.Contains(site.Origins, origin) {
			return true
		}
	}
	return false
}
