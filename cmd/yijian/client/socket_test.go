package client

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"yijian/web/problem"
	"yijian/web/wire"
)

// script is what a server does on one connection after another; the last entry repeats.
type script []func(*peer)

// peer is the server's side of one connection.
type peer struct {
	t  *testing.T
	ws *websocket.Conn
}

func (p *peer) hears() wire.In {
	var in wire.In
	_ = p.ws.ReadJSON(&in) // a client that is gone says nothing
	return in
}

func (p *peer) says(frames ...any) {
	for _, f := range frames {
		_ = p.ws.WriteJSON(f)
	}
}

func (p *peer) closes(code int) {
	_ = p.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""))
	p.hears() // until the client is gone
}

func (p *peer) welcomes() wire.In {
	in := p.hears()
	p.says(wire.Welcome{T: "welcome", Session: "S", Token: "T", Owner: "bot"})
	return in
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func serveScript(t *testing.T, s script) *httptest.Server {
	t.Helper()
	var count atomic.Int64
	var upgrader websocket.Upgrader
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		n := int(count.Add(1)) - 1
		s[min(n, len(s)-1)](&peer{t: t, ws: ws})
	}))
	t.Cleanup(srv.Close)
	return srv
}

// counts is an Observer that counts.
type counts struct {
	Silent
	greeted int
	errors  map[string]int
}

func (c *counts) Greeted(n int)      { c.greeted = n }
func (c *counts) Failed(code string) { c.errors[code]++ }

func dialTo(t *testing.T, url string) *Socket {
	t.Helper()
	s := New(Options{
		URL: URL(url, "/"), Ready: "welcome", Away: 5 * time.Second, Observer: &counts{errors: map[string]int{}},
		Hello:  func() wire.In { return wire.In{T: "hello", Site: "demo"} },
		Jitter: rand.New(rand.NewPCG(1, 2)),
	})
	t.Cleanup(s.Close)
	return s
}

// frameOf waits for the next frame and tells its name.
func frameOf(t *testing.T, s *Socket) string {
	t.Helper()
	f, err := s.Next(t.Context(), time.Now(), 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return f.T
}

func TestKeptFramesAreSentAgainInOrderAfterAReconnect(t *testing.T) {
	t.Parallel()
	first, second := make(chan []string, 1), make(chan []string, 1)
	three := func(p *peer) []string { return []string{p.hears().ID, p.hears().ID, p.hears().ID} }
	srv := serveScript(t, script{
		func(p *peer) {
			p.welcomes()
			first <- three(p)
			p.says(wire.Ack{T: "ack", ID: "b"})
			p.closes(wire.CloseRestart)
		},
		func(p *peer) {
			p.welcomes()
			second <- []string{p.hears().ID, p.hears().ID}
			p.says(wire.Ack{T: "ack", ID: "a"})
			p.hears()
		},
	})
	s := dialTo(t, srv.URL)
	for _, id := range []string{"a", "b", "c", "a"} {
		s.Keep(id, wire.In{T: "message", ID: id})
	}
	if got := frameOf(t, s); got != "welcome" {
		t.Fatalf("got %s, want welcome", got)
	}
	if got := frameOf(t, s); got != "ack" {
		t.Fatalf("got %s, want ack", got)
	}
	s.Done("b")
	if got := []string{frameOf(t, s), frameOf(t, s)}; !cmp.Equal(got, []string{"welcome", "ack"}) {
		t.Fatalf("got %v, want another welcome and ack", got)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, <-first); diff != "" {
		t.Errorf("on the first connection (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "c"}, <-second); diff != "" {
		t.Errorf("on the second connection (-want +got):\n%s", diff)
	}
	got := s.Observer.(*counts)
	if diff := cmp.Diff(map[string]int{"close_3000": 1}, got.errors); diff != "" || got.greeted != 2 {
		t.Errorf("greeted %d times, errors (-want +got):\n%s", got.greeted, diff)
	}
}

func TestRefusedFramesAreSentAgainWhenTheServerSays(t *testing.T) {
	t.Parallel()
	srv := serveScript(t, script{func(p *peer) {
		p.welcomes()
		in := p.hears()
		p.says(wire.Error{T: "error", Code: wire.Unavailable, ID: in.ID, RetryMS: 10})
		p.says(wire.Ack{T: "ack", ID: p.hears().ID})
		p.hears()
	}})
	s := dialTo(t, srv.URL)
	s.Keep("a", wire.In{T: "message", ID: "a"})
	if got := []string{frameOf(t, s), frameOf(t, s), frameOf(t, s)}; !cmp.Equal(got, []string{"welcome", "error", "ack"}) {
		t.Errorf("got %v", got)
	}
}

func TestSocketStaysAwayWhenItIsTold(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]int{"refused": wire.CloseRefused, "revoked": wire.CloseRevoked, "too large": wire.CloseTooLarge} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := serveScript(t, script{func(p *peer) {
				p.hears()
				p.says(wire.Error{T: "error", Code: wire.BadToken})
				p.closes(code)
			}})
			s := dialTo(t, srv.URL)
			if got := frameOf(t, s); got != "error" {
				t.Fatalf("got %s, want the error", got)
			}
			_, err := s.Next(t.Context(), time.Now(), 5*time.Second)
			if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), string(wire.BadToken)) {
				t.Errorf("got %v, want the refusal and its code", err)
			}
		})
	}
}

func TestSocketComesBackAfterEveryOtherEnd(t *testing.T) {
	t.Parallel()
	ends := map[string]func(*peer){
		"restart":     func(p *peer) { p.says(wire.Bye{T: "bye", Code: wire.Restart, RetryMS: 5}); p.closes(wire.CloseRestart) },
		"too slow":    func(p *peer) { p.closes(wire.CloseSlow) },
		"no store":    func(p *peer) { p.closes(wire.CloseError) },
		"going away":  func(p *peer) { p.closes(websocket.CloseGoingAway) },
		"cut":         func(*peer) {},
		"not a frame": func(p *peer) { _ = p.ws.WriteMessage(websocket.TextMessage, []byte("{")); p.hears() },
		"no name":     func(p *peer) { _ = p.ws.WriteMessage(websocket.TextMessage, []byte("{}")); p.hears() },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := serveScript(t, script{
				func(p *peer) { p.welcomes(); end(p) },
				func(p *peer) { p.hears(); end(p) }, // not even welcomed
				func(p *peer) { p.welcomes(); p.hears() },
			})
			s := dialTo(t, srv.URL)
			if got := []string{frameOf(t, s), frameOf(t, s)}; !cmp.Equal(got, []string{"welcome", "welcome"}) {
				t.Errorf("got %v, want to be welcomed twice", got)
			}
		})
	}
}

func TestSocketGivesUpWhenTheServerIsAwayForTooLong(t *testing.T) {
	t.Parallel()
	srv := serveScript(t, script{func(p *peer) { p.closes(wire.CloseError) }})
	s := dialTo(t, srv.URL)
	s.Away = 300 * time.Millisecond
	if _, err := s.Next(t.Context(), time.Now(), 0); !errors.Is(err, ErrAway) {
		t.Errorf("got %v, want that the server is away", err)
	}
}

func TestTimeWithoutAConnectionIsNotTheServersSilence(t *testing.T) {
	t.Parallel()
	const patience = 200 * time.Millisecond
	srv := serveScript(t, script{
		func(p *peer) {
			p.welcomes()
			p.says(wire.Bye{T: "bye", Code: wire.Restart, RetryMS: int(2 * patience / time.Millisecond)})
			p.closes(wire.CloseRestart)
		},
		func(p *peer) { p.welcomes(); p.hears() },
	})
	s := dialTo(t, srv.URL)
	if got := frameOf(t, s); got != "welcome" {
		t.Fatalf("got %s, want welcome", got)
	}
	since := time.Now()
	f, err := s.Next(t.Context(), since, patience)
	if err != nil || f.T != "welcome" || time.Since(since) < patience {
		t.Fatalf("got %v %v after %s, want to be welcomed after all", f.T, err, time.Since(since))
	}
	if _, err := s.Next(t.Context(), since, patience); !errors.Is(err, ErrTimeout) {
		t.Errorf("got %v, want that the server is silent", err)
	}
}

func TestSocketStopsWithItsContext(t *testing.T) {
	t.Parallel()
	srv := serveScript(t, script{func(p *peer) { p.hears(); p.hears() }})
	s := dialTo(t, srv.URL)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Next(ctx, time.Now(), 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want that the time is over", err)
	}
}

func TestSocketTellsWhyTheServerDoesNotUpgrade(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		problem.Write(w, r, problem.New(problem.Forbidden, "This page may not open the chat.", "Add its origin."))
	}))
	t.Cleanup(srv.Close)
	_, err := dialTo(t, srv.URL).Next(t.Context(), time.Now(), 0)
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "Add its origin.") {
		t.Errorf("got %v, want the server's reason and the next step", err)
	}
}
