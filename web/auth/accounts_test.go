package auth_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/agents"
	"yijian/web/auth"
	"yijian/web/problem"
)

func TestAnAdminCreatesAnAgentWhoEntersByLink(t *testing.T) {
	t.Parallel()
	h := open(t)
	admin := bearer(h.session(t, h.create(t, "boss", agents.RoleAdmin, "*")))
	got := h.do(t, "POST /v1/agents",
		`{"name":"小王","login":"Wang","role":"agent","sites":["demo"],"skills":["appeals:3"],"colour":"ignored"}`, admin).want(t, 201, "")
	made := decode[struct {
		auth.Account
		Link string `json:"link"`
	}](t, got.body)
	want := auth.Account{
		ID: made.ID, Name: "小王", Login: "wang", Role: agents.RoleAgent, Sites: []string{"demo"},
		Langs: []string{"zh-CN", "en"}, Skills: []string{"appeals:3"}, Capacity: 3, Created: made.Created,
	}
	if diff := cmp.Diff(made.Account, want); diff != "" || made.Link == "" {
		t.Errorf("link %q; got -, want +:\n%s", made.Link, diff)
	}
	h.do(t, "POST /v1/agents/sign-in/link", fmt.Sprintf(`{"token":%q}`, made.Link)).want(t, 200, "")

	h.do(t, "POST /v1/agents", `{"name":"x","login":"wang","role":"agent","sites":["demo"]}`, admin).
		want(t, 409, problem.Conflict)
	bad := h.do(t, "POST /v1/agents",
		`{"name":"","login":"小","role":"boss","sites":["dmeo"],"password":"short"}`, admin).
		want(t, 422, problem.Invalid).problem(t)
	var fields []string
	for _, f := range bad.Fields {
		fields = append(fields, f.Name)
	}
	if diff := cmp.Diff(fields, []string{"name", "login", "role", "sites", "password"}); diff != "" {
		t.Errorf("fields, got -, want +:\n%s", diff)
	}
	again := h.do(t, "POST /v1/agents/"+made.ID+"/link", "", admin).want(t, 201, "")
	if link := decode[struct{ Link string }](t, again.body).Link; link == "" || link == made.Link {
		t.Errorf("got link %q, want a fresh one", link)
	}
	listed := h.do(t, "GET /v1/agents", "", admin).want(t, 200, "")
	if n := strings.Count(listed.body, `"login"`); n != 2 {
		t.Errorf("got %s, want 2 accounts", listed.body)
	}
}

func TestS1ASocketLearnsOfARevokedSessionWhenItAsks(t *testing.T) {
	t.Parallel()
	for name, revoke := range map[string]string{
		"sessions ended": "DELETE /v1/agents/%s/sessions", "account disabled": "POST /v1/agents/%s/disable",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			admin := bearer(h.session(t, h.create(t, "boss", agents.RoleAdmin, "*")))
			wang := h.create(t, "wang", agents.RoleAgent)
			upgrade := httptest.NewRequestWithContext(t.Context(), "GET", "http://localhost:8080/v1/agent", nil)
			bearer(h.session(t, wang))(upgrade)
			identity, err := h.FromRequest(upgrade)
			if err != nil || identity.Account.ID != wang.ID {
				t.Fatalf("got %+v, %v, want the account", identity, err)
			}
			if _, err := h.store.Valid(t.Context(), identity.Ref, false); err != nil {
				t.Fatal(err)
			}
			h.do(t, fmt.Sprintf(revoke, wang.ID), "", admin).want(t, 204, "")
			if _, err := h.store.Valid(t.Context(), identity.Ref, false); err == nil {
				t.Error("the session is valid after it was revoked")
			}
			if _, err := h.FromRequest(upgrade); err == nil {
				t.Error("a new socket was let in after the revocation")
			}
		})
	}
}

func TestAnAPIKeyIsShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	h := open(t)
	boss := h.create(t, "boss", agents.RoleAdmin, "*")
	other := h.create(t, "other", agents.RoleAgent)
	admin := bearer(h.session(t, boss))
	keys := "/v1/agents/" + boss.ID + "/keys"
	got := h.do(t, "POST "+keys, `{"name":"replay"}`, admin).want(t, 201, "")
	key := decode[struct{ ID, Key string }](t, got.body)
	h.do(t, "GET /v1/agents/me", "", bearer(key.Key)).want(t, 200, "")
	h.do(t, "POST "+keys, `{"name":""}`, admin).want(t, 422, problem.Invalid)
	h.do(t, "DELETE /v1/agents/"+other.ID+"/keys/"+key.ID, "", admin).want(t, 404, problem.NotFound)
	h.do(t, "DELETE "+keys+"/unknown", "", admin).want(t, 404, problem.NotFound)
	h.do(t, "DELETE "+keys+"/"+key.ID, "", admin).want(t, 204, "")
	h.do(t, "GET /v1/agents/me", "", bearer(key.Key)).want(t, 401, problem.Unauthorized)
}

func TestTheLastAdminStays(t *testing.T) {
	t.Parallel()
	h := open(t)
	boss := h.create(t, "boss", agents.RoleAdmin, "*")
	h.do(t, "POST /v1/agents/"+boss.ID+"/disable", "", bearer(h.session(t, boss))).
		want(t, 409, problem.Conflict)
}
