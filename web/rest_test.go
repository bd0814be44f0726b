package web_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"yijian/agents"
	"yijian/session/rdb/rdbtest"
)

// browser asks as a browser would, for a while.
var browser = &http.Client{Timeout: 10 * time.Second}

// get asks for a path with a key and returns the status and the body.
func (w *world) get(t *testing.T, path, key string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	resp, err := browser.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// console loads the console's page and returns the header of the answer.
func (w *world) console(t *testing.T) http.Header {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/console", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := browser.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.Header
}

// key makes an account of a site and returns a key of it.
func (w *world) key(t *testing.T, login, site string) (account agents.Account, key string) {
	t.Helper()
	account, err := w.accounts.Create(t.Context(), agents.Draft{
		Name: login, Login: login, Role: agents.RoleAgent, Sites: []string{site},
	})
	if err != nil {
		t.Fatal(err)
	}
	_, key, err = w.accounts.CreateKey(t.Context(), account.ID, "test")
	if err != nil {
		t.Fatal(err)
	}
	return account, key
}

func TestA8ATranscriptIsReadByAgentsOfItsSiteOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	visitor, welcome := w.visitor(t, "")
	visitor.says("hello there")
	visitor.is("ack")
	path := "/v1/sessions/" + welcome.str("session") + "/events"
	_, ours := w.key(t, "ann", "demo")
	_, theirs := w.key(t, "bob", "other")
	for name, c := range map[string]struct {
		path, key string
		status    int
		holds     string
	}{
		"nobody":               {path, "", http.StatusUnauthorized, `"code":"unauthorized"`},
		"of another site":      {path, theirs, http.StatusNotFound, `"code":"not_found"`},
		"no such session":      {"/v1/sessions/made-up/events", ours, http.StatusNotFound, `"code":"not_found"`},
		"the site's own agent": {path, ours, http.StatusOK, "hello there"},
		"behind the end":       {path + "?after=99", ours, http.StatusOK, `"items":[]`},
	} {
		if status, body := w.get(t, c.path, c.key); status != c.status || !strings.Contains(body, c.holds) {
			t.Errorf("%s: got %d %s, want %d with %s", name, status, body, c.status, c.holds)
		}
	}
}

func TestTheRESTRoutesAreDescribedByOpenAPI31(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	status, body := w.get(t, "/v1/openapi.json", "")
	var doc struct {
		OpenAPI string         `json:"openapi"`
		Paths   map[string]any `json:"paths"`
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil || status != http.StatusOK {
		t.Fatalf("got %d (%v)", status, err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || doc.Paths["/v1/agents/sign-in"] == nil || doc.Paths["/v1/sessions/{id}/events"] == nil {
		t.Errorf("version %s with %d paths", doc.OpenAPI, len(doc.Paths))
	}
}

func TestHealthMetricsAndReadinessAnswerWithoutASignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	w.visitor(t, "")
	for path, holds := range map[string]string{
		"/healthz": "ok", "/readyz": "ok", "/metrics": "yijian_visitor_sockets 1",
	} {
		if status, body := w.get(t, path, ""); status != http.StatusOK || !strings.Contains(body, holds) {
			t.Errorf("%s: got %d without %q", path, status, holds)
		}
	}
}

func TestS3PagesRunOnlyScriptsOfTheirOwnNonceAndProfilesAreOff(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	seen := map[string]bool{}
	for range 3 {
		header := w.console(t)
		policy := header.Get("Content-Security-Policy")
		for _, want := range []string{"script-src 'nonce-", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy lacks %s: %s", want, policy)
			}
		}
		if seen[policy] || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the nonce was used before, or nosniff is missing: %s", policy)
		}
		seen[policy] = true
	}
	if status, _ := w.get(t, "/debug/pprof/", ""); status != http.StatusNotFound {
		t.Errorf("profiles answer with %d, want 404", status)
	}
}

func TestS1TheSocketOfADisabledAgentIsClosedWithin5Seconds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	account, key := w.key(t, "ann", "demo")
	c := w.dial(t, "/v1/agent", nil)
	c.send(frame{"t": "hello", "site": "demo", "token": key})
	c.is("snapshot")
	if err := w.accounts.Disable(t.Context(), account.ID); err != nil {
		t.Fatal(err)
	}
	if code := c.closed(); code != 3502 {
		t.Errorf("closed with %d, want 3502", code)
	}
}
