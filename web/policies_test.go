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

// postJSON sends JSON with a key and returns the status and the body.
func (w *world) postJSON(t *testing.T, path, key, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	req.Header.Set("Content-Type", "application/json")
	resp, err := browser.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer)
}

// keyOf makes an account with a role and returns a key of it.
func (w *world) keyOf(t *testing.T, login string, role agents.Role, sites ...string) string {
	t.Helper()
	account, err := w.accounts.Create(t.Context(), agents.Draft{Name: login, Login: login, Role: role, Sites: sites})
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := w.accounts.CreateKey(t.Context(), account.ID, "test")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// draft is the policy in force with a change.
func (w *world) draft(t *testing.T, key, from, to string) string {
	t.Helper()
	_, body := w.get(t, "/v1/policy", key)
	var now struct {
		Policy json.RawMessage `json:"policy"`
	}
	if err := json.Unmarshal([]byte(body), &now); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(now.Policy), from) {
		t.Fatalf("no %s in %s", from, now.Policy)
	}
	return strings.Replace(string(now.Policy), from, to, 1)
}

func TestO1O2O3APolicyIsPublishedOnlyWithAReasonFromTheNewestVersionAndWithinTheFloors(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	ops := w.keyOf(t, "meng", agents.RoleOps, "*")
	good := w.draft(t, ops, `"same_question":2`, `"same_question":1`)
	low := w.draft(t, ops, `"failed_turns":2`, `"failed_turns":4`)
	for _, c := range []struct {
		name, path, key, body string
		status                int
		holds                 string
	}{
		{"an agent", "/v1/policies", w.keyOf(t, "ann", agents.RoleAgent, "*"), `{"base":1,"reason":"because","policy":` + good + `}`, http.StatusForbidden, "forbidden"},
		{"ops of one site", "/v1/policies", w.keyOf(t, "li", agents.RoleOps, "demo"), `{"base":1,"reason":"because","policy":` + good + `}`, http.StatusForbidden, "forbidden"},
		{"without a reason", "/v1/policies", ops, `{"base":1,"reason":" ","policy":` + good + `}`, http.StatusUnprocessableEntity, "with a reason"},
		{"below the floors", "/v1/policies", ops, `{"base":1,"reason":"because","policy":` + low + `}`, http.StatusUnprocessableEntity, "failed_turns"},
		{"no policy", "/v1/policies", ops, `{"base":1,"reason":"because","policy":{"failed_turn":1}}`, http.StatusUnprocessableEntity, "failed_turn"},
		{"not a number", "/v1/policies", ops, `{"base":1,"reason":"because","policy":{"assist_at":NaN}}`, http.StatusBadRequest, "invalid"},
		{"of an old version", "/v1/policies", ops, `{"base":7,"reason":"because","policy":` + good + `}`, http.StatusConflict, "meanwhile"},
		{"a version that is not there", "/v1/policies/9/restore", ops, `{"base":1,"reason":"because"}`, http.StatusNotFound, "no such version"},
		{"a preview of what cannot be", "/v1/policies/preview", ops, `{"policy":` + low + `}`, http.StatusOK, "failed_turns is 4"},
		{"a good one", "/v1/policies", ops, `{"base":1,"reason":"=1+1","policy":` + good + `}`, http.StatusCreated, `"version":2`},
		{"the same again", "/v1/policies", ops, `{"base":1,"reason":"because","policy":` + good + `}`, http.StatusConflict, "conflict"},
		{"the old one", "/v1/policies/1/restore", ops, `{"base":2,"reason":"too many"}`, http.StatusCreated, `"restores":1`},
	} {
		if status, body := w.postJSON(t, c.path, c.key, c.body); status != c.status || !strings.Contains(body, c.holds) {
			t.Errorf("%s: got %d %s, want %d with %s", c.name, status, body, c.status, c.holds)
		}
	}
	_, list := w.get(t, "/v1/policies", ops)
	if strings.Count(list, `"version":`) < 3 || !strings.Contains(list, `"same_question":1`) {
		t.Errorf("versions: %s", list)
	}
	status, audit := w.get(t, "/v1/policies/audit.csv", ops)
	if status != http.StatusOK || !strings.Contains(audit, ",'=1+1,") || strings.Count(strings.TrimSpace(audit), "\n") != 3 {
		t.Errorf("O4: the audit is %d\n%s", status, audit)
	}
}

func TestO2AVisitorIsDecidedByTheNewVersionAndSeenInThePreview(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	ops := w.keyOf(t, "meng", agents.RoleOps, "*")
	good := w.draft(t, ops, `"same_question":2`, `"same_question":1`)
	first, _ := w.visitor(t, "")
	first.says("现货多久发货")
	first.until(func(f frame) bool { return f.str("from") == "bot" })
	first.says("现货多久发货")
	if got := first.until(func(f frame) bool { return f.str("kind") == "decision" }); got.str("action") != "assist" {
		t.Errorf("under version 1: %v, want help", got)
	}
	// The judgement is written down every two seconds.
	eventually(t, "the judgement in the preview", func() bool {
		_, body := w.postJSON(t, "/v1/policies/preview?lang=zh-CN", ops, `{"policy":`+good+`}`)
		return strings.Contains(body, `"changed":1`) && strings.Contains(body, "您问了两次同样的问题，我们为您转接客服人员。")
	})
	if status, body := w.postJSON(t, "/v1/policies", ops, `{"base":1,"reason":"people leave","policy":`+good+`}`); status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	visitor, _ := w.visitor(t, "")
	visitor.says("现货多久发货")
	visitor.until(func(f frame) bool { return f.str("from") == "bot" })
	visitor.says("现货多久发货")
	told := visitor.until(func(f frame) bool { return f.str("kind") == "decision" })
	if told.str("action") != "transfer" || told.str("text") != "You asked the same question twice, so we are connecting you to a person." {
		t.Errorf("under version 2: %v, want a handoff with its sentence", told)
	}
	visitor.moved("waiting")
	if _, body := w.get(t, "/v1/policy", ops); !strings.Contains(body, `"version":2`) {
		t.Errorf("now: %s", body)
	}
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(5 * time.Second)
	for tick := time.NewTicker(50 * time.Millisecond); !holds(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// A yes is a wish for a person, whatever the question was.
func TestAnAnswerToNoOfferIsRefusedUnlessItIsAYes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	visitor, _ := w.visitor(t, "")
	visitor.send(frame{"t": "answer", "id": "a", "offer": "of-none"})
	visitor.errs("bad_value")
	visitor.send(frame{"t": "answer", "id": "b", "offer": "of-none", "yes": false})
	visitor.errs("not_now")
	visitor.send(frame{"t": "prefer", "assist": 99})
	visitor.send(frame{"t": "answer", "id": "c", "offer": "of-none", "yes": true})
	visitor.moved("waiting")
}
