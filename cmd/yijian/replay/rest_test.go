package replay

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/cmd/yijian/client"
	"yijian/web/problem"
	"yijian/web/wire"
)

func restTo(t *testing.T, h http.Handler) *rest {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	api := newREST(Config{Server: srv.URL + "/", Key: "yjk_admin", Away: 5 * time.Second}, newTally())
	t.Cleanup(api.client.CloseIdleConnections)
	return api
}

func TestRequestsAreRepeatedWhileTheServerIsAway(t *testing.T) {
	t.Parallel()
	var tries atomic.Int64
	api := restTo(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		switch tries.Add(1) {
		case 1:
			panic(http.ErrAbortHandler) // the connection breaks
		case 2:
			http.Error(w, "the proxy has nobody behind it", http.StatusBadGateway)
		case 3:
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			answer(w, http.StatusOK, map[string]any{"id": "x"})
		}
	}))
	var out account
	if err := api.call(t.Context(), "GET /v1/agents", nil, &out); err != nil {
		t.Fatal(err)
	}
	if out.ID != "x" || tries.Load() != 4 {
		t.Errorf("got %+v after %d tries, want x after 4", out, tries.Load())
	}
}

func TestRequestsGiveUpInTheEnd(t *testing.T) {
	t.Parallel()
	api := restTo(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	api.away = 100 * time.Millisecond
	if err := api.call(t.Context(), "GET /v1/agents", nil, nil); !errors.Is(err, client.ErrAway) {
		t.Errorf("got %v, want that the server is away", err)
	}
}

func TestARefusedRequestSaysWhyAndWhatToDo(t *testing.T) {
	t.Parallel()
	var tries atomic.Int64
	api := restTo(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tries.Add(1)
		problem.Write(w, r, problem.New(problem.Forbidden, "Your role does not allow this.", "Ask an admin."))
	}))
	s := &staff{rest: api, prefix: "replay-"}
	_, err := s.hire(t.Context(), 2)
	err = errors.Join(err, s.dismiss(t.Context())) // nobody to disable, so nothing to ask
	if err == nil || !strings.Contains(err.Error(), "Your role does not allow this. Ask an admin.") || tries.Load() != 1 {
		t.Errorf("got %v after %d tries", err, tries.Load())
	}
}

func TestAnAccountWhoseMakingWasNotAnsweredIsTakenAsMade(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/agents", func(w http.ResponseWriter, r *http.Request) {
		problem.Write(w, r, problem.New(problem.Conflict, "Another account has this login.", "Choose another."))
	})
	mux.HandleFunc("GET /v1/agents", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"items": []account{{ID: "7", Login: "replay-x-1"}}})
	})
	mux.HandleFunc("POST /v1/agents/{id}/keys", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusCreated, map[string]any{"key": "yjk_" + r.PathValue("id")})
	})
	keys, err := (&staff{rest: restTo(t, mux), prefix: "replay-x-"}).hire(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"yjk_7"}, keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

func TestTranscriptsAreReadPageAfterPage(t *testing.T) {
	t.Parallel()
	api := restTo(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var page struct {
			Items []wire.Event `json:"items"`
			Next  uint64       `json:"next,omitempty"`
		}
		var after uint64
		if _, err := fmt.Sscan(r.URL.Query().Get("after"), &after); err != nil || r.Header.Get("Authorization") != "Bearer yjk_admin" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		for seq := after + 1; seq <= min(after+2, 5); seq++ {
			page.Items = append(page.Items, wire.Event{Seq: seq})
		}
		if after+2 < 5 {
			page.Next = after + 2
		}
		_ = json.NewEncoder(w).Encode(page)
	}))
	log, err := api.transcript(t.Context(), "S")
	if err != nil {
		t.Fatal(err)
	}
	var got []uint64
	for _, e := range log {
		got = append(got, e.Seq)
	}
	if diff := cmp.Diff([]uint64{1, 2, 3, 4, 5}, got); diff != "" {
		t.Errorf("seqs (-want +got):\n%s", diff)
	}
}
