package library_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/rs/zerolog"

	"yijian/agents"
	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/past"
	"yijian/session/record/search"
	"yijian/web/auth"
	"yijian/web/library"
	"yijian/web/problem"
)

const table = `conversation,at,from,text,agent,site
1,2026-11-01 09:00:00,visitor,我要退款,,demo
1,2026-11-01 09:00:05,bot,请问订单号？,,demo
2,2026-11-02 09:00:00,visitor,a secret refund of the shop,,shop
3,2026-11-03 09:00:00,visitor,hello,,demo
3,2026-11-03 09:01:00,agent,=1+1,ann,demo
`

// house is the library with sign-in, on a record of three conversations on two sites.
type house struct {
	http.Handler
	t      *testing.T
	api    huma.API
	record *record.DB
	store  *agents.Store
	erased []session.ID
	ids    []session.ID
}

func open(t *testing.T) *house {
	t.Helper()
	db, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "yijian.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.PutSites(t.Context(), record.Site{ID: "demo"}, record.Site{ID: "shop"}); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, record: db, store: agents.New(db, agents.Options{})}
	h.fill()
	mux := http.NewServeMux()
	config := huma.DefaultConfig("test", "1")
	config.CreateHooks = nil
	h.api = humago.New(mux, config)
	a := auth.New(auth.Deps{Store: h.store})
	a.Protect(h.api)
	index := search.New(db, zerolog.Nop())
	if err := index.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	library.New(library.Deps{
		Record: db, Search: index, Now: time.Now, Erase: h.erase, Live: gone, Staff: h.store.Accounts, Queues: []string{"general"},
	}).Register(h.api)
	h.Handler = problem.Identify(zerolog.New(zerolog.NewTestWriter(t)), mux)
	return h
}

func (h *house) erase(_ context.Context, id session.ID) error {
	h.erased = append(h.erased, id)
	return nil
}

func gone(context.Context, session.ID) (session.State, error) {
	return session.State{}, session.ErrGone
}

func (h *house) fill() {
	h.t.Helper()
	all, _, err := past.Read(strings.NewReader(table), past.Options{Now: time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range all {
		events, state := c.Log()
		h.ids = append(h.ids, c.ID())
		if _, err := h.record.WriteSegments(h.t.Context(), []record.Segment{{Session: c.ID(), Events: events, State: state}}); err != nil {
			h.t.Fatal(err)
		}
	}
}

// key is that of a new account.
func (h *house) key(role agents.Role, site string) string {
	h.t.Helper()
	login := string(role) + "-" + strings.ReplaceAll(site, "*", "all")
	account, err := h.store.Create(h.t.Context(), agents.Draft{Name: login, Login: login, Role: role, Sites: []string{site}})
	if err != nil {
		h.t.Fatal(err)
	}
	_, key, err := h.store.CreateKey(h.t.Context(), account.ID, "test")
	if err != nil {
		h.t.Fatal(err)
	}
	return key
}

func (h *house) do(method, path, key string) (int, string) {
	h.t.Helper()
	r := httptest.NewRequestWithContext(h.t.Context(), method, path, nil)
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

func TestA8ASearchFindsWhatTheAccountMaySeeAndNothingElse(t *testing.T) {
	t.Parallel()
	h := open(t)
	demo, shop, all := h.key(agents.RoleAgent, "demo"), h.key(agents.RoleAgent, "shop"), h.key(agents.RoleAdmin, "*")
	for name, c := range map[string]struct {
		path, key string
		status    int
		finds     []string
	}{
		"nobody":              {"/v1/sessions?q=refund", "", 401, nil},
		"own site":            {"/v1/sessions?q=退款", demo, 200, []string{"我要退款"}},
		"another's words":     {"/v1/sessions?q=secret", demo, 200, nil},
		"another's site":      {"/v1/sessions?q=secret&site=shop", demo, 404, nil},
		"the other account":   {"/v1/sessions?q=secret", shop, 200, []string{"a secret refund of the shop"}},
		"all sites":           {"/v1/sessions", all, 200, []string{"hello", "a secret refund of the shop", "我要退款"}},
		"one of them":         {"/v1/sessions?site=demo", all, 200, []string{"hello", "我要退款"}},
		"by agent":            {"/v1/sessions?agent=ann", all, 200, []string{"hello"}},
		"since":               {"/v1/sessions?q=refund&from=2026-11-03T00:00:00Z", all, 200, nil},
		"a page from nowhere": {"/v1/sessions?after=x", all, 422, nil},
		"an owner unknown":    {"/v1/sessions?owner=nobody", all, 422, nil},
		"a time unknown":      {"/v1/sessions?from=yesterday", all, 422, nil},
		"an injection":        {"/v1/sessions?q=" + url.QueryEscape(`' OR 1=1 --`), demo, 200, nil},
	} {
		status, body := h.do(http.MethodGet, c.path, c.key)
		if status != c.status || status != 200 && !strings.Contains(body, `"code":`) {
			t.Errorf("%s: got %d %s, want %d", name, status, body, c.status)
			continue
		}
		var got struct {
			Items []library.Found `json:"items"`
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Items) != len(c.finds) {
			t.Errorf("%s: got %s, want %q", name, body, c.finds)
			continue
		}
		for i, text := range c.finds {
			if got.Items[i].Message.Text != text {
				t.Errorf("%s: got %q, want %q", name, got.Items[i].Message.Text, text)
			}
		}
	}
}

func TestNothingThatIsAskedOfTheLibraryBecomesAPartOfAQuery(t *testing.T) {
	t.Parallel()
	h := open(t)
	lead := h.key(agents.RoleLead, "demo")
	for _, text := range []string{`' OR 1=1 --`, `'; DROP TABLE sessions; --`, `" OR ""="`, `%' OR '%'='`, `demo' UNION SELECT * FROM accounts --`} {
		for _, name := range []string{"q", "site", "from", "to", "owner", "agent", "reason", "queue", "rating", "after", "limit"} {
			for _, route := range []string{"/v1/sessions?", "/v1/sessions/export?format=csv&"} {
				status, body := h.do(http.MethodGet, route+name+"="+url.QueryEscape(text), lead)
				if status >= 500 || status == 200 && strings.Contains(body, "我要退款") && strings.HasPrefix(route, "/v1/sessions?") {
					t.Errorf("%s%s=%s: got %d %s", route, name, text, status, body)
				}
			}
		}
	}
	if _, body := h.do(http.MethodGet, "/v1/sessions?q=退款", lead); !strings.Contains(body, "我要退款") {
		t.Errorf("the record has lost what was in it: %s", body)
	}
}

func TestA5NobodyIsListedForNeedingMoreTime(t *testing.T) {
	t.Parallel()
	h := open(t)
	lead := h.key(agents.RoleLead, "demo")
	for _, route := range []string{"/v1/sessions?", "/v1/sessions/export?"} {
		if status, body := h.do(http.MethodGet, route+"reason=needs_more_time", lead); status != 422 {
			t.Errorf("%s: got %d %s", route, status, body)
		}
	}
}

// A client that leaves in the middle of an export leaves nothing behind that is busy for it.
func TestAnExportWhoseClientLeavesEnds(t *testing.T) {
	t.Parallel()
	h := open(t)
	many := make([]record.Segment, 300)
	for i := range many {
		c := past.Conversation{Source: strconv.Itoa(i), Site: "demo"}
		for turn := range 4 {
			at := time.Date(2026, 11, 1, 0, i, turn, 0, time.UTC)
			c.Turns = append(c.Turns, past.Turn{At: at, From: session.FromVisitor, Text: strings.Repeat("长", 4000)})
		}
		many[i].Session = c.ID()
		many[i].Events, many[i].State = c.Log()
	}
	if _, err := h.record.WriteSegments(t.Context(), many); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(ended)
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/v1/sessions/export?format=jsonl", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+h.key(agents.RoleLead, "demo"))
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.ReadFull(resp.Body, make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	leave()
	<-ended
	if n, err := io.Copy(io.Discard, resp.Body); err == nil {
		t.Errorf("the client takes %d more bytes for all there was", n)
	}
	if busy := h.record.Busy(); busy > 0 {
		t.Errorf("%d connections are still taken", busy)
	}
}

func TestA8AnExportIsForThoseWhoMayAndIsAudited(t *testing.T) {
	t.Parallel()
	h := open(t)
	if status, body := h.do(http.MethodGet, "/v1/sessions/export", h.key(agents.RoleAgent, "demo")); status != 403 {
		t.Errorf("an agent: got %d %s", status, body)
	}
	lead := h.key(agents.RoleLead, "demo")
	if status, _ := h.do(http.MethodGet, "/v1/sessions/export?site=shop", lead); status != 404 {
		t.Errorf("another site: got %d", status)
	}
	status, body := h.do(http.MethodGet, "/v1/sessions/export?format=csv", lead)
	if status != 200 || !strings.Contains(body, "'=1+1") || !strings.Contains(body, "bot,请问订单号？,true") || strings.Contains(body, "secret") {
		t.Errorf("got %d %s", status, body)
	}
	status, body = h.do(http.MethodGet, "/v1/sessions/export?format=jsonl&q=退款", lead)
	if status != 200 || strings.Count(body, "\n") != 1 || !strings.Contains(body, `"ai":true`) {
		t.Errorf("got %d %s", status, body)
	}
	log, err := h.record.Audits(t.Context(), nil, 10)
	if err != nil || len(log) != 2 || log[0].What != "sessions.export" || log[0].Target != "jsonl" {
		t.Errorf("audit log %+v, %v", log, err)
	}
}

func TestA8TheFiltersOfASearchNameNothingOfOtherSites(t *testing.T) {
	t.Parallel()
	h := open(t)
	demo, all := h.key(agents.RoleAgent, "demo"), h.key(agents.RoleAdmin, "*")
	h.key(agents.RoleAgent, "shop")
	h.key(agents.RoleOps, "demo") // talks to nobody
	for key, want := range map[string]struct{ sites, agents []string }{
		demo: {[]string{"demo"}, []string{"agent-demo", "admin-all"}},
		all:  {[]string{"demo", "shop"}, []string{"agent-demo", "admin-all", "agent-shop"}},
	} {
		status, body := h.do(http.MethodGet, "/v1/sessions/filters", key)
		var got struct {
			Sites  []library.FilterSite  `json:"sites"`
			Agents []library.FilterAgent `json:"agents"`
			Queues []string              `json:"queues"`
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil || status != 200 || len(got.Queues) != 1 {
			t.Fatalf("got %d %s, %v", status, body, err)
		}
		var sites, staff []string
		for _, s := range got.Sites {
			sites = append(sites, s.ID)
		}
		for _, a := range got.Agents {
			staff = append(staff, a.Name)
		}
		if !slices.Equal(sites, want.sites) || !slices.Equal(staff, want.agents) {
			t.Errorf("got sites %v and agents %v, want %v", sites, staff, want)
		}
	}
	if status, _ := h.do(http.MethodGet, "/v1/sessions/filters", ""); status != 401 {
		t.Errorf("nobody: got %d", status)
	}
}

func TestEveryRouteSaysWhoMayCallIt(t *testing.T) {
	t.Parallel()
	if open := auth.Undecided(open(t).api); len(open) > 0 {
		t.Errorf("undecided: %v", open)
	}
}

func TestA8ErasureIsForAdminsOfTheSiteAndLeavesATrace(t *testing.T) {
	t.Parallel()
	h := open(t)
	lead, admin, other := h.key(agents.RoleLead, "demo"), h.key(agents.RoleAdmin, "demo"), h.key(agents.RoleAdmin, "shop")
	path := "/v1/sessions/" + string(h.ids[0])
	for name, c := range map[string]struct {
		path, key string
		status    int
	}{
		"a lead":          {path + "?reason=asked", lead, 403},
		"another site's":  {path + "?reason=asked", other, 404},
		"without reason":  {path, admin, 422},
		"no such session": {"/v1/sessions/" + string(session.NewID()) + "?reason=asked", admin, 404},
		"no id at all":    {"/v1/sessions/x'--?reason=asked", admin, 404},
	} {
		if status, body := h.do(http.MethodDelete, c.path, c.key); status != c.status {
			t.Errorf("%s: got %d %s, want %d", name, status, body, c.status)
		}
	}
	if len(h.erased) > 0 {
		t.Fatalf("erased %v", h.erased)
	}
	if status, body := h.do(http.MethodGet, path+"/export", lead); status != 200 || !strings.Contains(body, "我要退款") {
		t.Errorf("export: got %d %s", status, body)
	}
	if status, body := h.do(http.MethodDelete, path+"?reason=the+visitor+asked", admin); status != 204 || len(h.erased) != 1 {
		t.Errorf("got %d %s, erased %v", status, body, h.erased)
	}
	status, body := h.do(http.MethodGet, "/v1/audit", admin)
	if status != 200 || !strings.Contains(body, `"what":"sessions.erase","site":"demo","target":"`+string(h.ids[0])+`","reason":"the visitor asked"`) {
		t.Errorf("audit: got %d %s", status, body)
	}
	if status, body := h.do(http.MethodGet, "/v1/audit", other); status != 200 || !strings.Contains(body, `"items":[]`) {
		t.Errorf("audit of another site: got %d %s", status, body)
	}
	if status, _ := h.do(http.MethodGet, "/v1/audit", lead); status != 403 {
		t.Errorf("audit for a lead: got %d", status)
	}
}
