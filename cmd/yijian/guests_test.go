package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/web/wire"
)

// house is where guests come to: it may be another process after one died.
type house struct{ addr atomic.Pointer[string] }

func (h *house) is(p process) { h.addr.Store(&p.addr) }

// guest is a visitor's page: it comes back by itself, keeps what is not acknowledged, and says again
// what a reset shows to be missing.
type guest struct {
	sock *client.Socket
	todo chan wire.In

	mu    sync.Mutex
	token string
	since uint64
	tail  string
	owner string
	place int
	acked []string
	there map[string]bool // own messages that are in the log
	begun int             // sessions; one unless the conversation was lost
	// answers are what people wrote to the guest, troubles what went wrong with its socket or its frames.
	answers  int
	troubles []string
	// session is the last one the guest was welcomed to. leaves, if set, is called once so many messages are
	// acknowledged.
	session string
	stays   int
	leaves  func()
}

// guests opens n pages that stay until the test ends.
func guests(t *testing.T, h *house, n int) []*guest {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	var pages sync.WaitGroup
	t.Cleanup(func() { leave(); pages.Wait() })
	all := make([]*guest, n)
	for i := range all {
		all[i] = newGuest(h, i)
		pages.Go(func() { all[i].run(ctx, t) })
	}
	return all
}

func newGuest(h *house, number int) *guest {
	g := &guest{todo: make(chan wire.In, 64), there: map[string]bool{}}
	g.sock = client.New(client.Options{
		URL: func() string { return "ws://" + *h.addr.Load() + "/v1/visitor" }, Ready: "welcome", Away: time.Hour,
		Origin: "https://shop.example",
		Hello:  g.hello, Jitter: client.Jitter(7, "guest", number), Observer: complaints{guest: g},
	})
	return g
}

// complaints hear what a guest would notice.
type complaints struct {
	client.Silent
	guest *guest
}

func (c complaints) Failed(code string) {
	c.guest.mu.Lock()
	defer c.guest.mu.Unlock()
	c.guest.troubles = append(c.guest.troubles, code)
}

func (g *guest) hello() wire.In {
	g.mu.Lock()
	defer g.mu.Unlock()
	return wire.In{T: "hello", Site: "demo", Token: g.token, Since: g.since, Tail: g.tail}
}

func (g *guest) run(ctx context.Context, t *testing.T) {
	t.Helper()
	for {
		f, err := g.sock.Next(ctx, time.Now(), 50*time.Millisecond)
		switch {
		case ctx.Err() != nil:
			g.sock.Close()
			return
		case errors.Is(err, client.ErrTimeout):
		case errors.Is(err, client.ErrRefused) && g.holds() != "" && g.hello().Token == "":
			// What was erased is forgotten; a new conversation begins.
		case err != nil:
			t.Errorf("a guest was sent away: %v", err)
			return
		default:
			g.hears(f)
		}
		for more := true; more; {
			select {
			case in := <-g.todo:
				g.sock.Keep(in.T+in.ID, in)
			default:
				more = false
			}
		}
	}
}

func (g *guest) hears(f client.Frame) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch f.T {
	case "welcome":
		w, _ := client.As[wire.Welcome](f)
		if w.Token != g.token && g.token == "" {
			g.begun++
		}
		g.token, g.owner, g.session = w.Token, w.Owner, w.Session
		if w.Reset {
			g.since, g.tail, g.there = 0, "", map[string]bool{}
			for _, id := range g.acked {
				g.sock.Keep("message"+id, wire.In{T: "message", ID: id, Text: words(id)})
			}
		}
	case "event":
		e, _ := client.As[wire.Event](f)
		g.since, g.tail = e.Seq, e.ID
		if e.Kind == "move" {
			g.owner = e.Owner
			g.sock.Done("human")
		}
		if e.Kind == "message" && e.From == "agent" {
			g.answers++
		}
		g.there[strings.TrimPrefix(e.ID, "v:")] = true
	case "ack":
		a, _ := client.As[wire.Ack](f)
		g.sock.Done("message" + a.ID)
		g.acked = append(g.acked, a.ID)
		if g.leaves != nil && len(g.acked) >= g.stays {
			g.leaves()
		}
	case "error":
		if e, _ := client.As[wire.Error](f); e.Code == wire.Erased {
			g.token, g.since, g.tail, g.acked, g.there = "", 0, "", nil, map[string]bool{}
		}
	case "queue":
		q, _ := client.As[wire.Queue](f)
		g.place = q.Position
		g.sock.Done("human")
	}
}

// words are what a message of an id says, also when it is said again.
func words(id string) string { return id + strings.Repeat(" and so on", 20) }

func (g *guest) says(id string) { g.todo <- wire.In{T: "message", ID: id, Text: words(id)} }
func (g *guest) presses()       { g.todo <- wire.In{T: "human"} }

// sum adds up what a function finds in every guest.
func sum(all []*guest, of func(*guest) int) int {
	n := 0
	for _, g := range all {
		g.mu.Lock()
		n += of(g)
		g.mu.Unlock()
	}
	return n
}

func greeted(g *guest) int { return min(g.begun, 1) }
func acks(g *guest) int    { return len(g.acked) }
func answers(g *guest) int { return g.answers }

// lost counts the acknowledged messages that a page does not show.
func lost(g *guest) int {
	n := 0
	for _, id := range g.acked {
		if !g.there[id] {
			n++
		}
	}
	return n
}

// line puts the first n guests in line, one after the other.
func line(t *testing.T, all []*guest, n int) {
	t.Helper()
	for i, g := range all[:n] {
		g.presses()
		eventually(t, fmt.Sprintf("guest %d is not in line", i), func() bool {
			return sum(all[i:i+1], func(g *guest) int { return g.place }) == i+1
		})
	}
}

// inOrder asks everybody in line anew, and says who is not where they were.
func inOrder(t *testing.T, all []*guest, n int) {
	t.Helper()
	for _, g := range all[:n] {
		g.mu.Lock()
		g.place = 0
		g.mu.Unlock()
		g.presses()
	}
	for i := range n {
		eventually(t, fmt.Sprintf("guest %d is not at place %d any more", i, i+1), func() bool {
			return sum(all[i:i+1], func(g *guest) int { return g.place }) == i+1
		})
	}
}

// unbothered says which guests noticed anything.
func unbothered(t *testing.T, all []*guest) {
	t.Helper()
	for i, g := range all {
		g.mu.Lock()
		if len(g.troubles) > 0 {
			t.Errorf("guest %d noticed: %s", i, strings.Join(g.troubles, ", "))
		}
		g.mu.Unlock()
	}
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	patience := 2 * time.Minute
	if long() {
		patience = 10 * time.Minute
	}
	for until := time.Now().Add(patience); !ok(); <-time.After(20 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal(what)
		}
	}
}

// everybodySays has every guest say something once more, and waits until all have it acknowledged.
func everybodySays(t *testing.T, all []*guest, id string) {
	t.Helper()
	want := sum(all, acks) + len(all)
	for _, g := range all {
		g.says(id)
	}
	eventually(t, "not everybody got through with "+id, func() bool { return sum(all, acks) >= want })
}
