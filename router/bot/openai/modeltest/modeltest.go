// Package modeltest is a server of chat completions whose answers a test writes, a piece at a time.
package modeltest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Name is the model it has.
const Name = "test-model"

// Key is the bearer token it wants.
const Key = "test-key"

// wait is how long a test waits for a question.
const wait = 20 * time.Second

// Server waits for questions.
type Server struct {
	// URL is the base of its API.
	URL  string
	asks chan *Ask
}

// Message is one line of what the model was sent.
type Message struct{ Role, Content string }

// Ask is one question, which the test answers.
type Ask struct {
	Model    string
	Stream   bool
	Messages []Message
	// Gone is closed when the asker has hung up.
	Gone <-chan struct{}

	pieces chan string
}

// Start serves until the test ends.
func Start(t *testing.T) *Server {
	t.Helper()
	s := &Server{asks: make(chan *Ask, 16)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/models", models)
	mux.HandleFunc("POST /v1/chat/completions", s.complete)
	server := httptest.NewServer(authorized(mux))
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	s.URL = server.URL + "/v1"
	return s
}

func authorized(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+Key {
			http.Error(w, `{"error":{"message":"wrong key","type":"auth"}}`, http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func models(w http.ResponseWriter, _ *http.Request) {
	_, _ = fmt.Fprintf(w, `{"object":"list","data":[{"id":"other","object":"model"},{"id":%q,"object":"model"}]}`, Name)
}

func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	ask := &Ask{Gone: r.Context().Done(), pieces: make(chan string)}
	if err := json.NewDecoder(r.Body).Decode(ask); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	flush(w)
	s.asks <- ask
	for {
		select {
		case <-r.Context().Done():
			return
		case piece, more := <-ask.pieces:
			if !more {
				return
			}
			_, _ = fmt.Fprintf(w, "data: %s\n\n", piece)
			flush(w)
		}
	}
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

// Asked waits for the next question.
func (s *Server) Asked(t *testing.T) *Ask {
	t.Helper()
	select {
	case ask := <-s.asks:
		return ask
	case <-time.After(wait):
		t.Fatal("the model was not asked")
		return nil
	}
}

// Say sends the next piece of the answer.
func (a *Ask) Say(text string) { a.piece(map[string]any{"content": text}, nil) }

// End ends the answer as a model does.
func (a *Ask) End() {
	a.piece(map[string]any{}, "stop")
	a.send("[DONE]")
	a.Break()
}

// Break cuts the answer where it is.
func (a *Ask) Break() { close(a.pieces) }

func (a *Ask) piece(delta map[string]any, finish any) {
	b, err := json.Marshal(map[string]any{
		"object":  "chat.completion.chunk",
		"choices": []any{map[string]any{"index": 0, "delta": delta, "finish_reason": finish}},
	})
	if err != nil {
		panic(err) // text is always JSON
	}
	a.send(string(b))
}

// send waits until the asker takes it, or has gone.
func (a *Ask) send(line string) {
	select {
	case a.pieces <- line:
	case <-a.Gone:
	}
}
