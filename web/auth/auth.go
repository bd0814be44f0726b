package auth

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"yijian/agents"
)

// Deps are what New needs.
type Deps struct {
	Store *agents.Store
	// Proxies are the networks of our own proxies, which set X-Forwarded-Proto and append to
	// X-Forwarded-For. Those headers are believed only from there, or clients could choose their
	// address.
	Proxies []netip.Prefix
}

// Auth authenticates requests and guards operations.
type Auth struct {
	store     *agents.Store
	proxies   []netip.Prefix
	crossSite *http.CrossOriginProtection
}

// New returns an Auth; Protect and Register put it to work.
func New(d Deps) *Auth {
	return &Auth{store: d.Store, proxies: d.Proxies, crossSite: http.NewCrossOriginProtection()}
}

// Identity is who asks. Ref stays valid as long as the sign-in does; see the package comment.
type Identity struct {
	Account agents.Account
	Ref     agents.Ref
}

// FromRequest returns who sends a request, by bearer token or else by cookie, or
// agents.ErrUnauthorized.
func (a *Auth) FromRequest(r *http.Request) (Identity, error) {
	token := a.token(r)
	if token == "" {
		return Identity{}, agents.ErrUnauthorized
	}
	account, err := a.store.Authenticate(r.Context(), token)
	if err != nil {
		return Identity{}, err
	}
	return Identity{Account: account, Ref: agents.RefOf(token)}, nil
}

func (a *Auth) token(r *http.Request) string {
	if token, ok := bearer(r); ok {
		return token
	}
	cookie, err := r.Cookie(cookieName(a.Secure(r)))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// bearer returns the token of the Authorization header. A header that is there and wrong is no
// reason to look at the cookie.
func bearer(r *http.Request) (token string, ok bool) {
	header := r.Header.Get("Authorization")
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", header != ""
	}
	return strings.TrimSpace(token), true
}

// Secure reports whether the client speaks https, with us or with a trusted proxy.
func (a *Auth) Secure(r *http.Request) bool {
	return r.TLS != nil ||
		a.byProxy(r) && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// byProxy reports whether one of our proxies passed the request on.
func (a *Auth) byProxy(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && a.trusts(peer.Addr())
}

// Address returns where a request comes from. Of X-Forwarded-For it believes the entries from the end
// for as long as they were written by our own proxies; those before them are the client's.
func (a *Auth) Address(r *http.Request) string {
	if a.byProxy(r) {
		if from := a.forwarded(r.Header.Values("X-Forwarded-For")); from != "" {
			return from
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (a *Auth) forwarded(headers []string) string {
	from := ""
	for _, entry := range slices.Backward(strings.Split(strings.Join(headers, ","), ",")) {
		if entry = strings.TrimSpace(entry); entry == "" {
			return from
		}
		from = entry
		ip, err := netip.ParseAddr(entry)
		if err != nil || !a.trusts(ip) {
			return from
		}
	}
	return from
}

func (a *Auth) trusts(ip netip.Addr) bool {
	return slices.ContainsFunc(a.proxies, func(p netip.Prefix) bool { return p.Contains(ip.Unmap()) })
}

// caller is what the guard tells the handlers about a request. Identity is zero in public ones.
type caller struct {
	Identity
	address string
	secure  bool
}

type callerKey struct{}

// Of returns who sends the request of ctx, inside an operation that Protect guards. In a public
// operation that is nobody: the zero Identity.
func Of(ctx context.Context) Identity { return callerOf(ctx).Identity }

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}
