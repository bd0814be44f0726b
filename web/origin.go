package web

import (
	"net/http"
	"net/url"
	"strings"

	"yijian/web/auth"
)

// noIdentity is nobody yet.
var noIdentity auth.Identity

// ownOrigin reports whether a page of this very server asks: same host and port. A page that was
// made to look like this host by DNS has another host in its Origin than the ones we are known by,
// so the host must be one that a site's origins name too, or a loopback one.
func (s *Server) ownOrigin(r *http.Request, origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || !strings.EqualFold(u.Host, r.Host) {
		return false
	}
	switch u.Hostname() {
	case "localhost", "127.0.0.1", "::1":
		return true
	}
	return r.TLS != nil || s.knownOrigin(origin)
}
