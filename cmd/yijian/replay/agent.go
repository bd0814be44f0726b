package replay

import (
	"context"
	"errors"
	"time"

	"yijian/agents"
	"yijian/cmd/yijian/client"
	"yijian/web/wire"
)

// agent accepts every offer and answers every message, on one socket.
type agent struct {
	think time.Duration
	sock  *client.Socket
	rooms map[string]*room
	me    string
	// offered is the session of each offer that is being accepted.
	offered map[string]string
	// nudged is when the agent last said to be available.
	nudged time.Time
	// seated is closed when the agent is known to the server for the first time.
	seated chan struct{}
}

func newAgent(cfg Config, number int, key string, t *tally) *agent {
	a := &agent{
		think: cfg.Think, rooms: map[string]*room{}, offered: map[string]string{}, seated: make(chan struct{}),
	}
	a.sock = client.New(client.Options{
		URL: client.URL(cfg.Server, "/v1/agent"), Ready: "snapshot", Away: cfg.Away,
		Hello:  func() wire.In { return wire.In{T: "hello", Site: cfg.Site, Token: key} },
		Jitter: client.Jitter(cfg.Seed, "agent", number), Observer: t,
	})
	return a
}

// run works until ctx ends, which is no error.
func (a *agent) run(ctx context.Context) error {
	defer a.sock.Close()
	for {
		now := time.Now()
		f, err := a.sock.Next(ctx, now, a.work(now))
		switch {
		case ctx.Err() != nil:
			a.sock.Send(wire.In{T: "presence", Status: string(agents.Offline)})
			return nil
		case errors.Is(err, client.ErrTimeout):
			continue
		case err != nil:
			return err
		}
		if err := a.take(f); err != nil {
			return err
		}
	}
}

// work sends what is due in all rooms and returns how long nothing more is, 0 meaning for ever.
func (a *agent) work(now time.Time) time.Duration {
	var soonest time.Time
	for sid, r := range a.rooms {
		out, next := r.todo(sid, now, a.think)
		for _, in := range out {
			a.sock.Keep(in.ID, in)
		}
		if !next.IsZero() && (soonest.IsZero() || next.Before(soonest)) {
			soonest = next
		}
	}
	if soonest.IsZero() {
		return 0
	}
	return max(soonest.Sub(now), time.Millisecond)
}

func (a *agent) take(f client.Frame) error {
	switch f.T {
	case "snapshot":
		return with(f, a.snapshot)
	case "seat":
		return with(f, func(s wire.SeatFrame) { a.seat(s.Seat) })
	case "offer":
		return with(f, a.offer)
	case "offer_gone":
		return with(f, func(g wire.OfferGone) { a.gone(g.Offer) })
	case "session":
		return with(f, a.session)
	case "event":
		return with(f, a.event)
	case "ack":
		return with(f, a.acked)
	case "error":
		return with(f, a.failed)
	}
	return nil
}

func with[T any](f client.Frame, do func(T)) error {
	x, err := client.As[T](f)
	if err == nil {
		do(x)
	}
	return err
}

// snapshot replaces all there is: answers that are still due are found again in the events that
// follow.
func (a *agent) snapshot(s wire.Snapshot) {
	a.me = s.Agent.ID
	clear(a.rooms)
	clear(a.offered)
	a.sock.Forget(func(wire.In) bool { return true })
	a.nudged = time.Time{}
	a.seat(s.Seat)
	for _, o := range s.Offers {
		a.offer(o)
	}
	select {
	case <-a.seated:
	default:
		close(a.seated)
	}
}

// nudgeEvery keeps a server that will not have an agent available from being asked all the time.
const nudgeEvery = time.Second

// seat says that the agent is available, should the server think otherwise: after two offers missed
// under load a person would come back as well.
func (a *agent) seat(s wire.Seat) {
	now := time.Now()
	if s.Status == string(agents.Available) || s.Status == string(agents.Busy) || now.Sub(a.nudged) < nudgeEvery {
		return
	}
	a.nudged = now
	a.sock.Send(wire.In{T: "presence", Status: string(agents.Available)})
}

func (a *agent) offer(o wire.Offer) {
	a.offered[o.Offer] = o.Session
	a.sock.Send(wire.In{T: "shown", Offer: o.Offer})
	a.sock.Keep(o.Offer, wire.In{T: "accept", Offer: o.Offer})
}

func (a *agent) gone(offer string) {
	delete(a.offered, offer)
	a.sock.Done(offer)
}

// session opens a room; its events follow from the first one on.
func (a *agent) session(s wire.Session) {
	a.rooms[s.Session] = &room{me: a.me, upto: s.Seq}
	for offer, sid := range a.offered {
		if sid == s.Session {
			a.gone(offer)
		}
	}
}

func (a *agent) event(e wire.Event) {
	r := a.rooms[e.Session]
	if r == nil {
		return
	}
	r.event(e, time.Now())
	if !r.mine {
		a.sock.Forget(func(in wire.In) bool { return in.Session == e.Session })
	}
}

// acked takes an acknowledged answer as given, whether its event is here already or not.
func (a *agent) acked(k wire.Ack) {
	a.sock.Done(k.ID)
	if r := a.rooms[k.Session]; r != nil {
		r.answered(answers(wire.Event{ID: k.ID}))
	}
}

// failed gives up what the server says is not this agent's to do. If it is after all, the session's
// events will say so.
func (a *agent) failed(e wire.Error) {
	switch e.Code {
	case wire.NoSession, wire.NotYours, wire.Forbidden, wire.OfferIsGone, wire.BadID, wire.BadText, wire.TooLarge:
		a.sock.Forget(func(in wire.In) bool { return in.ID == e.ID && e.ID != "" })
	}
}
