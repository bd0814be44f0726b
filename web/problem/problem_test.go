package problem_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/agents"
	"yijian/session/record"
	"yijian/web/problem"
)

func TestEverySentinelHasItsCodeAndStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err    error
		code   problem.Code
		status int
	}{
		{agents.ErrUnauthorized, problem.Unauthorized, 401},
		{agents.ErrBadCredentials, problem.Unauthorized, 401},
		{agents.ErrBadLink, problem.Unauthorized, 401},
		{agents.ErrDisabled, problem.Forbidden, 403},
		{agents.ErrForbidden, problem.Forbidden, 403},
		{agents.ErrNotASession, problem.Forbidden, 403},
		{agents.ErrNoAccount, problem.NotFound, 404},
		{agents.ErrNoKey, problem.NotFound, 404},
		{record.ErrNoSite, problem.NotFound, 404},
		{agents.ErrLoginTaken, problem.Conflict, 409},
		{agents.ErrLastAdmin, problem.Conflict, 409},
		{agents.ErrInvalid, problem.Invalid, 422},
		{agents.ErrRateLimited, problem.RateLimited, 429},
		{errors.New("disk on fire"), problem.Internal, 500},
		{problem.New(problem.Conflict, "a", "b"), problem.Conflict, 409},
		{problem.New(problem.Unavailable, "a", "b"), problem.Unavailable, 503},
		{problem.New("unheard of", "a", "b"), "unheard of", 500},
	} {
		got := problem.From(fmt.Errorf("doing something: %w", c.err))
		if got.Code != c.code || got.Status != c.status || got.Title == "" || got.Detail == "" {
			t.Errorf("%v: got %+v, want %s with %d and two sentences", c.err, got, c.code, c.status)
		}
	}
}

func TestFieldsAndWaitsAreToldInPlainSentences(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("create: %w", errors.Join(
		agents.FieldError{Field: "login", Problem: "must be shorter"},
		fmt.Errorf("nested: %w", agents.FieldError{Field: "role", Problem: "must be known"}),
	))
	want := &problem.Problem{
		Title: "Some fields are not acceptable.", Status: 422, Code: problem.Invalid,
		Detail: "login must be shorter. role must be known. Correct this and send again.",
		Fields: []problem.Field{{Name: "login", Problem: "must be shorter"}, {Name: "role", Problem: "must be known"}},
	}
	if diff := cmp.Diff(problem.From(err), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
	want = &problem.Problem{
		Title: "There were too many attempts.", Status: 429, Code: problem.RateLimited, RetryMS: 1500,
		Detail: "Wait 2 seconds and try again.",
	}
	if diff := cmp.Diff(problem.From(agents.RateLimitError{After: 1500 * time.Millisecond}), want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

// serve answers one request with err, from a huma operation and from a plain handler alike.
func serve(t *testing.T, log *bytes.Buffer, err error, id string) map[string]*httptest.ResponseRecorder {
	t.Helper()
	problem.Install()
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("test", "1"))
	huma.Register(api, huma.Operation{OperationID: "x", Method: http.MethodGet, Path: "/huma"},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, err })
	mux.HandleFunc("GET /plain", func(w http.ResponseWriter, r *http.Request) { problem.Write(w, r, err) })
	handler := problem.Identify(zerolog.New(log), mux)
	answers := map[string]*httptest.ResponseRecorder{}
	for _, path := range []string{"/huma", "/plain"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set(problem.RequestIDHeader, id)
		answers[path] = httptest.NewRecorder()
		handler.ServeHTTP(answers[path], r)
	}
	return answers
}

func TestAnUnknownErrorIsLoggedWithItsRequestAndNotTold(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	for path, w := range serve(t, &log, errors.New("disk on fire"), "proxy-7") {
		var got problem.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if w.Code != 500 || got.Code != problem.Internal || got.RequestID != "proxy-7" ||
			strings.Contains(w.Body.String(), "fire") {
			t.Errorf("%s: got %d %s, want internal, the request id and no more", path, w.Code, w.Body)
		}
		if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
			t.Errorf("%s: got content type %s", path, ct)
		}
	}
	if n := strings.Count(log.String(), `"error":"disk on fire"`); n != 2 ||
		strings.Count(log.String(), `"request_id":"proxy-7"`) != 2 {
		t.Errorf("got log\n%swant the error and the id, once for each request", &log)
	}
}

func TestAKnownErrorIsNotLoggedAndSaysWhenToRetry(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	for path, w := range serve(t, &log, agents.RateLimitError{After: 1500 * time.Millisecond}, "x") {
		if w.Code != 429 || w.Header().Get("Retry-After") != "2" {
			t.Errorf("%s: got %d, Retry-After %q, want 429 and 2", path, w.Code, w.Header().Get("Retry-After"))
		}
	}
	if log.Len() > 0 {
		t.Errorf("logged what is the client's business: %s", &log)
	}
}

func TestAClientThatLeftIsNoErrorOfOurs(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	serve(t, &log, fmt.Errorf("query: %w", context.Canceled), "x")
	if strings.Contains(log.String(), `"level":"error"`) {
		t.Errorf("got log %s, want nothing above debug", &log)
	}
}

func TestAForgedRequestIDIsReplaced(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "a b", "a\u0000b", strings.Repeat("x", 65), `","level":"error`} {
		var log bytes.Buffer
		for _, w := range serve(t, &log, agents.ErrForbidden, id) {
			if got := w.Header().Get(problem.RequestIDHeader); got == id || len(got) < 20 {
				t.Errorf("for %q: got id %q, want one of our own", id, got)
			}
		}
	}
}

func TestTheOpenAPIDocumentDescribesProblems(t *testing.T) {
	t.Parallel()
	problem.Install()
	api := humago.New(http.NewServeMux(), huma.DefaultConfig("test", "1"))
	huma.Register(api, huma.Operation{OperationID: "x", Method: http.MethodGet, Path: "/x"},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	text, err := json.Marshal(api.OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"application/problem+json", "#/components/schemas/Problem", "rate_limited"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the document does not mention %s", want)
		}
	}
}
