package auth_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"

	"yijian/agents"
	"yijian/web/auth"
	"yijian/web/problem"
)

// routes is what a reviewer should see: every route and the verb that it needs.
var routes = map[string]agents.Verb{
	"POST /v1/agents/sign-in":           "", // public
	"POST /v1/agents/sign-in/link":      "", // public
	"POST /v1/agents/sign-out":          agents.SelfWrite,
	"GET /v1/agents/me":                 agents.SelfRead,
	"PUT /v1/agents/me/password":        agents.SelfWrite,
	"GET /v1/agents":                    agents.AccountsRead,
	"POST /v1/agents":                   agents.AccountsWrite,
	"POST /v1/agents/{id}/disable":      agents.AccountsWrite,
	"POST /v1/agents/{id}/link":         agents.AccountsWrite,
	"DELETE /v1/agents/{id}/sessions":   agents.AccountsWrite,
	"POST /v1/agents/{id}/keys":         agents.KeysWrite,
	"DELETE /v1/agents/{id}/keys/{key}": agents.KeysWrite,
}

// registered lists the operations of an api as "METHOD /path".
func registered(api huma.API) map[string]bool {
	found := map[string]bool{}
	for path, item := range api.OpenAPI().Paths {
		for method, op := range map[string]*huma.Operation{
			"GET": item.Get, "PUT": item.Put, "POST": item.Post, "DELETE": item.Delete, "PATCH": item.Patch,
		} {
			if op != nil {
				found[method+" "+path] = true
			}
		}
	}
	return found
}

func TestA8EveryOperationDeclaresItsVerb(t *testing.T) {
	t.Parallel()
	h := open(t)
	if undecided := auth.Undecided(h.api); undecided != nil {
		t.Errorf("neither verb nor public: %v", undecided)
	}
	want := map[string]bool{}
	for route := range routes {
		want[route] = true
	}
	if diff := cmp.Diff(registered(h.api), want); diff != "" {
		t.Errorf("decide about every route here; got -, want +:\n%s", diff)
	}
}

func TestA8EveryRouteRefusesEveryRoleThatTheTableRefuses(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, role := range agents.Roles() {
		account := h.create(t, string(role), role)
		for route, verb := range routes {
			path := strings.NewReplacer("{id}", "nobody", "{key}", "nothing").Replace(route)
			if verb == "" {
				continue
			}
			got := h.do(t, path, "{}", bearer(h.session(t, account)))
			if refused := got.status == http.StatusForbidden; refused == agents.Can(role, verb) {
				t.Errorf("%s as %s: got %d, want refused: %v", route, role, got.status, !agents.Can(role, verb))
			}
			h.do(t, path, "{}").want(t, 401, problem.Unauthorized)
		}
	}
}

func TestA8AnAdminReachesNoFurtherThanTheirSites(t *testing.T) {
	t.Parallel()
	h := open(t)
	admin := bearer(h.session(t, h.create(t, "demo-admin", agents.RoleAdmin, "demo")))
	for _, c := range []struct {
		name   string
		sites  []string
		status int
		code   problem.Code
	}{
		{"own", []string{"demo"}, 204, ""},
		{"foreign", []string{"shop"}, 404, problem.NotFound},
		{"shared", []string{"demo", "shop"}, 403, problem.Forbidden},
		{"all", []string{"*"}, 403, problem.Forbidden},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := "/v1/agents/" + h.create(t, c.name, agents.RoleAgent, c.sites...).ID
			h.do(t, "DELETE "+at+"/sessions", "", admin).want(t, c.status, c.code)
			h.do(t, "POST "+at+"/disable", "", admin).want(t, c.status, c.code)
			if c.code != "" {
				h.do(t, "POST "+at+"/link", "", admin).want(t, c.status, c.code)
				h.do(t, "POST "+at+"/keys", `{"name":"x"}`, admin).want(t, c.status, c.code)
				h.do(t, "DELETE "+at+"/keys/x", "", admin).want(t, c.status, c.code)
			}
		})
	}
	for _, sites := range []string{`["shop"]`, `["*"]`, `["demo","shop"]`} {
		h.do(t, "POST /v1/agents", `{"name":"x","login":"x","role":"admin","sites":`+sites+`}`, admin).
			want(t, 403, problem.Forbidden)
	}
	lead := bearer(h.session(t, h.create(t, "shop-lead", agents.RoleLead, "shop")))
	listed := h.do(t, "GET /v1/agents", "", lead).want(t, 200, "")
	if strings.Contains(listed.body, "demo-admin") || !strings.Contains(listed.body, "shop-lead") {
		t.Errorf("got %s, want the accounts of shop only", listed.body)
	}
}

func TestA8AnOperationWithoutAVerbIsRefusedToEverybody(t *testing.T) {
	t.Parallel()
	h := open(t)
	called := false
	register := func(path string, metadata map[string]any) {
		huma.Register(h.api, huma.Operation{
			OperationID: path, Method: http.MethodGet, Path: path, Metadata: metadata,
		}, func(context.Context, *struct{}) (*struct{}, error) { called = true; return nil, nil })
	}
	register("/forgotten", nil)
	register("/misspelt", auth.Needs("session.raed"))
	want := []string{"GET /forgotten", "GET /misspelt"}
	if diff := cmp.Diff(auth.Undecided(h.api), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	admin := bearer(h.session(t, h.create(t, "boss", agents.RoleAdmin, "*")))
	h.do(t, "GET /forgotten", "", admin).want(t, 500, problem.Internal)
	h.do(t, "GET /misspelt", "", admin).want(t, 403, problem.Forbidden)
	if called {
		t.Error("an operation that nobody decided about was called")
	}
}

func TestAHandlerBehindTheGuardKnowsWhoAsks(t *testing.T) {
	t.Parallel()
	h := open(t)
	var got auth.Identity
	huma.Register(h.api, huma.Operation{
		OperationID: "who", Method: http.MethodGet, Path: "/who", Metadata: auth.Needs(agents.SessionsRead),
	}, func(ctx context.Context, _ *struct{}) (*struct{}, error) {
		got = auth.Of(ctx)
		return nil, nil
	})
	wang := h.create(t, "wang", agents.RoleAgent)
	token := h.session(t, wang)
	h.do(t, "GET /who", "", bearer(token)).want(t, 204, "")
	if got.Account.ID != wang.ID || got.Ref != agents.RefOf(token) {
		t.Errorf("got %+v, want wang and the session", got)
	}
}
