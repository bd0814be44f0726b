package torture

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"yijian/agents"
	"yijian/cmd/yijian/client"
	"yijian/session"
	"yijian/web/wire"
)

// agent answers on one socket: it takes most offers, declines or ignores some, answers what visitors
// say, gives some sessions back to the line, and ends those that are done.
type agent struct {
	sock  *client.Socket
	rec   *recorder
	me    string
	dice  *rand.Rand
	rooms map[string]*room
	// resting says that no more offers are taken; seated is closed with the first snapshot.
	resting  *atomic.Bool
	rested   bool
	seated   chan struct{}
	wasAsked time.Time // to be available, last
}

// hired is an account with a key.
type hired struct{ id, key string }

func (w *world) newAgent(number int, h hired) *agent {
	a := &agent{
		me: h.id, rooms: map[string]*room{}, resting: &w.resting, seated: make(chan struct{}),
		dice: client.Jitter(w.cfg.Seed, "agent dice", number),
	}
	a.rec = &recorder{person: &person{name: h.id, role: session.FromAgent}, journal: w.journal, tally: w.tally}
	a.sock = client.New(client.Options{
		URL: func() string { return w.anyNode("/v1/agent") }, Ready: "snapshot", Away: forEver,
		Hello:  func() wire.In { return wire.In{T: "hello", Site: site, Token: h.key} },
		Jitter: client.Jitter(w.cfg.Seed, "agent", number), Now: w.clocks[number%len(w.clocks)].Now, Observer: a.rec,
	})
	return a
}

// lookEvery is how often an agent looks at the rooms when nothing is heard.
const lookEvery = 100 * time.Millisecond

// leftAfter is when an agent ends a conversation in which nobody says anything. Those of the last
// seconds stay with their agents to the end of the run.
const leftAfter = 6 * time.Second

// run works until ctx ends.
func (a *agent) run(ctx context.Context) error {
	defer func() {
		a.sock.Close()
		a.rec.end("1000")
	}()
	for {
		a.rest()
		a.answer(time.Now())
		f, err := a.sock.Next(ctx, a.sock.Now(), lookEvery)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, client.ErrTimeout):
			continue
		case err != nil:
			return err
		}
		a.take(f)
	}
}

// rest says once that the agent takes no more.
func (a *agent) rest() {
	if a.resting.Load() && !a.rested && a.sock.IsReady() {
		a.rested = true
		a.sock.Send(wire.In{T: "presence", Status: string(agents.Away)})
	}
}

func (a *agent) take(f client.Frame) {
	switch f.T {
	case "snapshot":
		hear(f, a.snapshot)
	case "seat":
		hear(f, func(s wire.SeatFrame) { a.seat(s.Seat) })
	case "offer":
		hear(f, a.offer)
	case "offer_gone":
		hear(f, func(g wire.OfferGone) { a.sock.Done(g.Offer) })
	case "session":
		hear(f, a.session)
	case "event":
		hear(f, a.event)
	case "ack":
		hear(f, a.acked)
	case "error":
		hear(f, a.failed)
	}
}

// snapshot replaces all there is.
func (a *agent) snapshot(s wire.Snapshot) {
	clear(a.rooms)
	a.sock.Forget(func(wire.In) bool { return true })
	a.rested, a.wasAsked = false, time.Time{}
	a.seat(s.Seat)
	for _, o := range s.Offers {
		a.offer(o)
	}
	for _, head := range s.Sessions {
		a.session(head)
	}
	select {
	case <-a.seated:
	default:
		close(a.seated)
	}
}

// seat says that the agent is available, should the server think otherwise.
func (a *agent) seat(s wire.Seat) {
	if s.Status == string(agents.Available) || a.resting.Load() || time.Since(a.wasAsked) < time.Second {
		return
	}
	a.wasAsked = time.Now()
	a.sock.Send(wire.In{T: "presence", Status: string(agents.Available)})
}

func (a *agent) offer(o wire.Offer) {
	switch x := a.dice.Float64(); {
	case x < 0.01 && !a.resting.Load():
		return // the agent is looking elsewhere
	case x < 0.08:
		a.sock.Send(wire.In{T: "decline", Offer: o.Offer})
	default:
		a.sock.Send(wire.In{T: "shown", Offer: o.Offer})
		a.sock.Keep(o.Offer, wire.In{T: "accept", Offer: o.Offer})
	}
}

// session opens a room, or opens it anew; its events follow.
func (a *agent) session(s wire.Session) {
	a.rooms[s.Session] = &room{upto: s.Seq}
	a.sock.Forget(func(in wire.In) bool { return in.T == "accept" && string(sessionOf(in.Offer)) == s.Session })
}

func (a *agent) event(e wire.Event) {
	r := a.rooms[e.Session]
	if r == nil {
		return
	}
	r.event(e, a.me, time.Now().Add(time.Duration(50+a.dice.IntN(400))*time.Millisecond))
	if !r.mine {
		a.sock.Forget(func(in wire.In) bool { return in.Session == e.Session })
	}
}

func (a *agent) acked(k wire.Ack) {
	a.sock.Done(k.ID)
	if r := a.rooms[k.Session]; r != nil {
		r.answers++
		r.answered(k.ID)
	}
}

// failed gives up what is not this agent's to do, and with it the room: an event that says whose it is
// may be on its way. If it is this agent's after all, the events will say.
func (a *agent) failed(e wire.Error) {
	switch e.Code {
	case wire.NoSession, wire.NotYours, wire.Forbidden, wire.OfferIsGone, wire.BadID, wire.BadText, wire.TooLarge, wire.NotNow, wire.IDReused:
		a.sock.Forget(func(in wire.In) bool {
			refused := e.ID != "" && (in.ID == e.ID || in.Offer == e.ID)
			if r := a.rooms[in.Session]; refused && r != nil && (e.Code == wire.NotYours || e.Code == wire.NoSession) {
				r.mine = false
			}
			return refused
		})
	}
}

// answer does what is due in all rooms. Room by room in no order: each is a conversation of its own.
func (a *agent) answer(now time.Time) {
	for sid, r := range a.rooms {
		if !r.mine || r.last < r.upto {
			continue
		}
		for i := range r.open {
			if q := &r.open[i]; !now.Before(q.due) {
				q.due = now.Add(time.Hour) // the socket sends it again from now on
				a.reply(sid, r, *q)
			}
		}
		if len(r.open) > 0 {
			continue
		}
		if r.bye != "" {
			a.sock.Keep("bye-"+r.bye, wire.In{T: "close", Session: sid, ID: "bye-" + r.bye})
		} else if now.Sub(r.touched) > leftAfter && !a.resting.Load() {
			id := fmt.Sprintf("left-%d", r.last)
			a.sock.Keep(id+sid, wire.In{T: "close", Session: sid, ID: id})
		}
	}
}

// reply answers, or in a few rooms gives the session back to the line first, or to another line.
func (a *agent) reply(sid string, r *room, q question) {
	if r.answers == 0 && !a.resting.Load() {
		switch x := a.dice.Float64(); {
		case x < 0.03:
			id := "back-" + q.id
			a.sock.Keep(id, wire.In{T: "release", Session: sid, ID: id})
			return
		case x < 0.06:
			id := "on-" + q.id
			a.sock.Keep(id, wire.In{T: "transfer", Session: sid, ID: id, Queue: "appeals", Note: "please look / 请看一下"})
			return
		}
	}
	a.sock.Keep("re-"+q.id, wire.In{T: "message", Session: sid, ID: "re-" + q.id, Text: "好的 / OK: " + q.text})
}
