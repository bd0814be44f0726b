package auth_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/rs/zerolog"

	"yijian/agents"
	"yijian/session/record"
	"yijian/web/auth"
	"yijian/web/problem"
)

const password = "correct horse 电池"

// house is a server with nothing but sign-in and accounts, on a record of its own.
type house struct {
	http.Handler
	*auth.Auth
	api   huma.API
	store *agents.Store
}

func open(t *testing.T, options ...func(*auth.Deps)) house {
	t.Helper()
	db, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "yijian.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.PutSites(t.Context(), record.Site{ID: "demo"}, record.Site{ID: "shop"}); err != nil {
		t.Fatal(err)
	}
	deps := auth.Deps{Store: agents.New(db, agents.Options{})}
	for _, option := range options {
		option(&deps)
	}
	mux := http.NewServeMux()
	config := huma.DefaultConfig("test", "1")
	config.CreateHooks = nil // no $schema in bodies
	api := humago.New(mux, config)
	a := auth.New(deps)
	a.Protect(api)
	a.Register(api)
	return house{problem.Identify(zerolog.New(zerolog.NewTestWriter(t)), mux), a, api, deps.Store}
}

func behindProxy(d *auth.Deps) {
	d.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("192.0.2.0/24")}
}

// create makes an account that signs in with password.
func (h house) create(t *testing.T, login string, role agents.Role, sites ...string) agents.Account {
	t.Helper()
	if len(sites) == 0 {
		sites = []string{"demo"}
	}
	account, err := h.store.Create(t.Context(), agents.Draft{
		Name: login, Login: login, Role: role, Sites: sites, Password: password,
	})
	if err != nil {
		t.Fatal(err)
	}
	return account
}

// session signs an account in without the cost of a password and returns the token.
func (h house) session(t *testing.T, account agents.Account) string {
	t.Helper()
	link, err := h.store.Link(t.Context(), account.ID)
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.store.SignInByLink(t.Context(), link, "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	return in.Token
}

// answer is a response, read.
type answer struct {
	status int
	header http.Header
	body   string
}

// with changes a request before it is sent.
type with func(*http.Request)

func header(name, value string) with { return func(r *http.Request) { r.Header.Set(name, value) } }

func bearer(token string) with { return header("Authorization", "Bearer "+token) }

func cookie(name, token string) with {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: name, Value: token}) }
}

// do sends a request, "METHOD /path", with a body if there is one.
func (h house) do(t *testing.T, route, body string, changes ...with) answer {
	t.Helper()
	method, path, _ := strings.Cut(route, " ")
	r := httptest.NewRequestWithContext(t.Context(), method, "http://localhost:8080"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for _, change := range changes {
		change(r)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

// want fails unless the answer has the status and, for an error, a whole problem with the code.
func (a answer) want(t *testing.T, status int, code problem.Code) answer {
	t.Helper()
	if a.status != status {
		t.Errorf("got %d %s, want %d", a.status, a.body, status)
	}
	if code == "" {
		return a
	}
	p := a.problem(t)
	if p.Code != code || p.Title == "" || p.Detail == "" || p.RequestID == "" || p.Status != a.status {
		t.Errorf("got %s, want a problem %s with title, detail, status and request id", a.body, code)
	}
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("got content type %s, want application/problem+json", got)
	}
	return a
}

func (a answer) problem(t *testing.T) problem.Problem {
	t.Helper()
	return decode[problem.Problem](t, a.body)
}

func decode[T any](t *testing.T, body string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("read %q: %v", body, err)
	}
	return v
}

func credentials(login, password string) string {
	return fmt.Sprintf(`{"login":%q,"password":%q,"remember":true}`, login, password)
}
