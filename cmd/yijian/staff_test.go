package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"yijian/agents"
	"yijian/cmd/yijian/client"
	"yijian/session/record"
	"yijian/web/wire"
)

// answerer is an agent on a socket who accepts every offer and answers every message once.
type answerer struct {
	sock *client.Socket
	me   string
	mine map[string]bool // sessions
}

// staff has n agents answer who take most chats at once each, until the test ends. Their accounts go
// straight into the record.
func staff(t *testing.T, h *house, target string, n, most int) {
	t.Helper()
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store := agents.New(db, agents.Options{})
	ctx, leave := context.WithCancel(t.Context())
	var at sync.WaitGroup
	t.Cleanup(func() { leave(); at.Wait() })
	for i := range n {
		account, err := store.Create(t.Context(), agents.Draft{
			Name: "Mei", Login: "mei" + strconv.Itoa(i), Role: agents.RoleAgent, Sites: []string{"demo"},
			Langs: []string{"zh-CN", "en"}, Capacity: most,
		})
		if err != nil {
			t.Fatal(err)
		}
		_, key, err := store.CreateKey(t.Context(), account.ID, "test")
		if err != nil {
			t.Fatal(err)
		}
		a := &answerer{me: account.ID, mine: map[string]bool{}, sock: client.New(client.Options{
			URL: func() string { return "ws://" + *h.addr.Load() + "/v1/agent" }, Ready: "snapshot", Away: time.Hour,
			Hello:  func() wire.In { return wire.In{T: "hello", Site: "demo", Token: key} },
			Jitter: client.Jitter(7, "agent", i),
		})}
		at.Go(func() { a.run(ctx, t) })
	}
}

func (a *answerer) run(ctx context.Context, t *testing.T) {
	t.Helper()
	defer a.sock.Close()
	for {
		f, err := a.sock.Next(ctx, time.Time{}, 0)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil && !errors.Is(err, client.ErrTimeout):
			t.Errorf("an agent was sent away: %v", err)
			return
		case err == nil:
			a.hears(f)
		}
	}
}

func (a *answerer) hears(f client.Frame) {
	switch f.T {
	case "snapshot":
		s, _ := client.As[wire.Snapshot](f)
		a.sock.Forget(func(wire.In) bool { return true })
		a.seat(s.Seat)
		for _, o := range s.Offers {
			a.accept(o)
		}
	case "seat":
		s, _ := client.As[wire.SeatFrame](f)
		a.seat(s.Seat)
	case "offer":
		o, _ := client.As[wire.Offer](f)
		a.accept(o)
	case "offer_gone":
		g, _ := client.As[wire.OfferGone](f)
		a.sock.Done(g.Offer)
	case "event":
		e, _ := client.As[wire.Event](f)
		a.event(e)
	case "ack":
		k, _ := client.As[wire.Ack](f)
		a.sock.Done(k.ID + k.Session)
	}
}

// seat takes the seat again that a missed offer cost.
func (a *answerer) seat(s wire.Seat) {
	if s.Status == string(agents.Away) || s.Status == string(agents.Offline) {
		a.sock.Send(wire.In{T: "presence", Status: string(agents.Available)})
	}
}

func (a *answerer) accept(o wire.Offer) {
	a.sock.Send(wire.In{T: "shown", Offer: o.Offer})
	a.sock.Keep(o.Offer, wire.In{T: "accept", Offer: o.Offer})
}

func (a *answerer) event(e wire.Event) {
	switch {
	case e.Kind == "move":
		a.mine[e.Session] = e.Owner == "human" && e.Agent == a.me
		if a.mine[e.Session] {
			a.sock.Forget(func(in wire.In) bool { return in.T == "accept" && strings.HasPrefix(in.Offer, e.Session) })
		}
	case e.Kind == "message" && e.From == "visitor" && a.mine[e.Session]:
		id := "re-" + e.ID[strings.LastIndexByte(e.ID, ':')+1:]
		a.sock.Keep(id+e.Session, wire.In{T: "message", Session: e.Session, ID: id, Text: "yes: " + e.Text})
	}
}
