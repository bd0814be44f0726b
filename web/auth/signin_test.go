package auth_test

import (
	"crypto/tls"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"yijian/agents"
	"yijian/web/auth"
	"yijian/web/problem"
)

func https(r *http.Request) { r.TLS = &tls.ConnectionState{} }

func TestS3SignInSetsACookieThatFitsTheScheme(t *testing.T) {
	t.Parallel()
	direct, proxied := open(t), open(t, behindProxy)
	const rest = "; Path=/; Max-Age=2592000; HttpOnly; "
	for _, c := range []struct {
		name   string
		house  house
		change with
		begin  string
		end    string
	}{
		{"http", direct, header("Accept", "*/*"), "yj=", rest + "SameSite=Strict"},
		{"https", direct, https, "__Host-yj=", rest + "Secure; SameSite=Strict"},
		{"proxy not trusted", direct, header("X-Forwarded-Proto", "https"), "yj=", rest + "SameSite=Strict"},
		{"proxy trusted", proxied, header("X-Forwarded-Proto", "https"), "__Host-yj=", rest + "Secure; SameSite=Strict"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			login := strings.ReplaceAll(c.name, " ", "-")
			c.house.create(t, login, agents.RoleAgent)
			got := c.house.do(t, "POST /v1/agents/sign-in", credentials(login, password), c.change).want(t, 200, "")
			set := got.header.Get("Set-Cookie")
			if !strings.HasPrefix(set, c.begin) || !strings.HasSuffix(set, c.end) {
				t.Errorf("got cookie %q, want %s…%s", set, c.begin, c.end)
			}
			name, token := split(t, set)
			if strings.Contains(got.body, token) {
				t.Errorf("the token is in the body: %s", got.body)
			}
			me := c.house.do(t, "GET /v1/agents/me", "", c.change, cookie(name, token)).want(t, 200, "")
			if account := decode[auth.Account](t, me.body); account.Login != login || !account.HasPassword {
				t.Errorf("got %+v, want the account %s", account, login)
			}
		})
	}
}

// split returns name and value of a Set-Cookie header.
func split(t *testing.T, set string) (name, value string) {
	t.Helper()
	pair, _, _ := strings.Cut(set, ";")
	name, value, ok := strings.Cut(pair, "=")
	if !ok || value == "" {
		t.Fatalf("got Set-Cookie %q, want name=value", set)
	}
	return name, value
}

func TestThePlainCookieDoesNotCountOverHTTPS(t *testing.T) {
	t.Parallel()
	h := open(t)
	token := h.session(t, h.create(t, "wang", agents.RoleAgent))
	h.do(t, "GET /v1/agents/me", "", cookie("yj", token)).want(t, 200, "")
	h.do(t, "GET /v1/agents/me", "", cookie("yj", token), https).want(t, 401, problem.Unauthorized)
	h.do(t, "GET /v1/agents/me", "", cookie("__Host-yj", token)).want(t, 401, problem.Unauthorized)
}

func TestALinkSignsInOnceAndOffersNoPassword(t *testing.T) {
	t.Parallel()
	h := open(t)
	link, _, err := h.store.EnsureFirst(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	body := fmt.Sprintf(`{"token":%q}`, link)
	got := h.do(t, "POST /v1/agents/sign-in/link", body).want(t, 200, "")
	if account := decode[auth.Account](t, got.body); account.Role != agents.RoleAdmin || account.HasPassword {
		t.Errorf("got %+v, want an admin without a password", account)
	}
	h.do(t, "POST /v1/agents/sign-in/link", body).want(t, 401, problem.Unauthorized)

	_, token := split(t, got.header.Get("Set-Cookie"))
	h.do(t, "PUT /v1/agents/me/password", `{"password":"short"}`, cookie("yj", token)).
		want(t, 422, problem.Invalid)
	set := fmt.Sprintf(`{"password":%q}`, password)
	h.do(t, "PUT /v1/agents/me/password", set, cookie("yj", token)).want(t, 204, "")
	h.do(t, "PUT /v1/agents/me/password", set, cookie("yj", token)).want(t, 422, problem.Invalid)
	h.do(t, "POST /v1/agents/sign-in", credentials("admin", password)).want(t, 200, "")
}

func TestSigningOutEndsTheSessionAndTheCookie(t *testing.T) {
	t.Parallel()
	h := open(t)
	account := h.create(t, "wang", agents.RoleAgent)
	token, other := h.session(t, account), h.session(t, account)
	got := h.do(t, "POST /v1/agents/sign-out", "", cookie("yj", token)).want(t, 204, "")
	if set := got.header.Get("Set-Cookie"); !strings.HasPrefix(set, "yj=; Path=/; Max-Age=0") {
		t.Errorf("got cookie %q, want it taken away", set)
	}
	h.do(t, "GET /v1/agents/me", "", cookie("yj", token)).want(t, 401, problem.Unauthorized)
	h.do(t, "GET /v1/agents/me", "", cookie("yj", other)).want(t, 200, "")
}

func TestABearerTokenIsASessionOrAKey(t *testing.T) {
	t.Parallel()
	h := open(t)
	account := h.create(t, "wang", agents.RoleAgent)
	_, key, err := h.store.CreateKey(t.Context(), account.ID, "replay")
	if err != nil {
		t.Fatal(err)
	}
	token := h.session(t, account)
	h.do(t, "GET /v1/agents/me", "", bearer(token)).want(t, 200, "")
	h.do(t, "GET /v1/agents/me", "", bearer(key)).want(t, 200, "")
	h.do(t, "POST /v1/agents/sign-out", "", bearer(key)).want(t, 403, problem.Forbidden)
	h.do(t, "GET /v1/agents/me", "").want(t, 401, problem.Unauthorized)
	for _, wrong := range []with{
		bearer("made up"), bearer(""), header("Authorization", "Basic "+token),
	} {
		// A wrong header does not fall back to the cookie.
		h.do(t, "GET /v1/agents/me", "", wrong, cookie("yj", token)).want(t, 401, problem.Unauthorized)
	}
}

func TestS6AWrongPasswordAndAnUnknownLoginLookAlike(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.create(t, "wang", agents.RoleAgent)
	wrong := h.do(t, "POST /v1/agents/sign-in", credentials("wang", "not this one")).want(t, 401, problem.Unauthorized)
	unknown := h.do(t, "POST /v1/agents/sign-in", credentials("nobody", password)).want(t, 401, problem.Unauthorized)
	a, b := wrong.problem(t), unknown.problem(t)
	a.RequestID, b.RequestID = "", ""
	if fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("the answers differ: %v and %v", a, b)
	}
}

func TestS6SignInIsLimitedAndSaysWhenToComeBack(t *testing.T) {
	t.Parallel()
	h := open(t)
	body := credentials("wang", "guess")
	for range 5 {
		h.do(t, "POST /v1/agents/sign-in", body).want(t, 401, problem.Unauthorized)
	}
	got := h.do(t, "POST /v1/agents/sign-in", body).want(t, 429, problem.RateLimited)
	p := got.problem(t)
	if p.RetryMS <= 0 || p.RetryMS > 30_000 || got.header.Get("Retry-After") == "" {
		t.Errorf("got %s and Retry-After %q, want a wait of up to 30 s", got.body, got.header.Get("Retry-After"))
	}
}

func TestS6TheAddressOfATrustedProxyIsNotTheClientsOwnClaim(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]house{
		"trusted: the proxy's entry counts, the claim before it does not": open(t, behindProxy),
		"not trusted: the connection counts":                              open(t),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var last answer
			for i := range 31 {
				last = h.do(t, "POST /v1/agents/sign-in/link", `{"token":"guess"}`,
					header("X-Forwarded-For", fmt.Sprintf("198.51.100.%d, 203.0.113.9", i)))
			}
			last.want(t, 429, problem.RateLimited)
		})
	}
	t.Run("other clients of the proxy go on", func(t *testing.T) {
		t.Parallel()
		h := open(t, behindProxy)
		for i := range 31 {
			h.do(t, "POST /v1/agents/sign-in/link", `{"token":"guess"}`,
				header("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i))).want(t, 401, problem.Unauthorized)
		}
	})
}

func TestS1WritesWithACookieMustComeFromOurOwnPages(t *testing.T) {
	t.Parallel()
	h := open(t)
	token := h.session(t, h.create(t, "wang", agents.RoleAgent))
	for _, c := range []struct {
		name    string
		changes []with
		status  int
	}{
		{"same origin", []with{header("Sec-Fetch-Site", "same-origin")}, 422},
		{"cross site", []with{header("Sec-Fetch-Site", "cross-site")}, 403},
		{"a neighbour on the same site", []with{header("Sec-Fetch-Site", "same-site")}, 403},
		{"old browser, own origin", []with{header("Origin", "http://localhost:8080")}, 422},
		{"old browser, look-alike origin", []with{header("Origin", "http://localhost:8080.evil.example")}, 403},
		{"old browser, null origin", []with{header("Origin", "null")}, 403},
		{"no browser", nil, 422},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			// An empty body is invalid, so 422 says that the guard let the request through.
			h.do(t, "PUT /v1/agents/me/password", "{}", append(c.changes, cookie("yj", token))...).
				want(t, c.status, "")
		})
	}
}

func TestS1OnlyWhatABrowserSendsByItselfIsChecked(t *testing.T) {
	t.Parallel()
	h := open(t)
	token := h.session(t, h.create(t, "wang", agents.RoleAgent))
	cross := header("Sec-Fetch-Site", "cross-site")
	h.do(t, "POST /v1/agents/sign-in", credentials("wang", password), cross).want(t, 403, problem.Forbidden)
	h.do(t, "GET /v1/agents/me", "", cross, cookie("yj", token)).want(t, 200, "")
	h.do(t, "POST /v1/agents/sign-out", "", cross, bearer(token)).want(t, 204, "")
}

func TestARequestThatCannotBeReadIsExplained(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, body := range map[string]string{
		"nothing": "", "no JSON": "login=x", "a list": "[]", "a wrong type": `{"login":1,"password":"x"}`,
		"a missing field": `{"login":"x"}`, "a huge password": credentials("x", strings.Repeat("secret", 500)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := h.do(t, "POST /v1/agents/sign-in", body)
			if got.status < 400 || got.status > 499 || got.problem(t).Code != problem.Invalid {
				t.Errorf("got %d %s, want 4xx invalid", got.status, got.body)
			}
			if strings.Contains(got.body, "secret") {
				t.Errorf("the answer repeats the password: %s", got.body)
			}
		})
	}
}
