package torture

import (
	"strings"
	"sync/atomic"

	"yijian/cmd/yijian/client"
	"yijian/cmd/yijian/torture/history"
	"yijian/session"
	"yijian/web/wire"
)

// person is one client of a run, whatever sockets it has: a visitor's browser with its tabs, or an
// agent. It numbers their connections.
type person struct {
	name  string
	role  session.Role
	conns atomic.Int32
}

// recorder takes down what goes over one socket. It implements client.Observer.
type recorder struct {
	*person
	journal *history.Journal
	tally   *tally

	conn    int
	open    bool
	session session.ID // a visitor's; agents' frames name theirs
}

func (r *recorder) add(e history.Entry) {
	e.Client, e.Role, e.Conn = r.name, r.role, r.conn
	if e.Session == "" {
		e.Session = r.session
	}
	r.journal.Add(e)
}

// Sent implements client.Observer. Hello is the first thing said on a connection.
func (r *recorder) Sent(in wire.In) {
	switch in.T {
	case "hello":
		r.conn, r.open = int(r.conns.Add(1)), true
		r.add(history.Entry{What: history.Connected})
		r.add(history.Entry{What: history.Hello, Seq: in.Since, ID: in.Tail})
	case "accept":
		r.add(history.Entry{What: history.Accept, Offer: in.Offer, Session: sessionOf(in.Offer)})
	case "decline":
		r.add(history.Entry{What: history.Decline, Offer: in.Offer, Session: sessionOf(in.Offer)})
	case "message", "note", "human", "bot", "end", "close", "release", "rate", "transfer", "callback":
		r.add(history.Entry{
			What: history.Sent, Kind: session.Kind(in.T), ID: in.ID, Session: session.ID(in.Session),
			Hash: history.Hash(in.Text),
		})
	}
}

// sessionOf is the session in the id of an offer.
func sessionOf(offer string) session.ID {
	sid, _, _ := strings.Cut(offer, ".")
	return session.ID(sid)
}

// Heard implements client.Observer.
func (r *recorder) Heard(f client.Frame) {
	switch f.T {
	case "welcome":
		hear(f, r.welcome)
	case "snapshot":
		hear(f, r.snapshot)
	case "event":
		hear(f, r.event)
	case "ack":
		hear(f, func(a wire.Ack) {
			r.add(history.Entry{What: history.Acked, ID: a.ID, Seq: a.Seq, Session: session.ID(a.Session)})
		})
	case "queue":
		hear(f, func(q wire.Queue) { r.add(history.Entry{What: history.Queue, Position: q.Position}) })
	case "offer":
		hear(f, r.offer)
	case "offer_gone":
		hear(f, func(g wire.OfferGone) {
			r.add(history.Entry{What: history.OfferGone, Offer: g.Offer, Session: sessionOf(g.Offer), Code: string(g.Code)})
		})
	case "session":
		hear(f, r.head)
	case "error":
		hear(f, func(e wire.Error) { r.add(history.Entry{What: history.Error, Code: string(e.Code), ID: e.ID}) })
	}
}

// hear decodes a frame; one that cannot be decoded is told of by whoever acts on it.
func hear[T any](f client.Frame, take func(T)) {
	if x, err := client.As[T](f); err == nil {
		take(x)
	}
}

func (r *recorder) welcome(w wire.Welcome) {
	r.session = session.ID(w.Session)
	if w.Reset {
		r.tally.count("reset")
	}
	r.add(history.Entry{What: history.Welcome, Seq: w.Seq, Owner: session.Owner(w.Owner), Reset: w.Reset})
}

func (r *recorder) snapshot(s wire.Snapshot) {
	r.add(history.Entry{What: history.Snapshot})
	for _, o := range s.Offers {
		r.offer(o)
	}
	for _, head := range s.Sessions {
		r.head(head)
	}
}

func (r *recorder) offer(o wire.Offer) {
	r.add(history.Entry{What: history.Offer, Offer: o.Offer, Session: session.ID(o.Session), LeftMS: o.LeftMS})
}

func (r *recorder) head(s wire.Session) {
	r.add(history.Entry{What: history.Session, Session: session.ID(s.Session), Seq: s.Seq, Owner: session.Owner(s.Owner), Reset: s.Reset})
}

func (r *recorder) event(e wire.Event) {
	r.add(history.Entry{
		What: history.Event, Session: session.ID(e.Session), Seq: e.Seq, ID: e.ID, Kind: session.Kind(e.Kind),
		From: session.Role(e.From), AI: e.AI, Owner: session.Owner(e.Owner), Reason: e.Reason, Hash: history.Hash(e.Text),
	})
}

// Greeted implements client.Observer.
func (r *recorder) Greeted(n int) {
	if n > 1 {
		r.tally.count("reconnect")
	}
}

// Failed implements client.Observer: it tells the end of a connection.
func (r *recorder) Failed(code string) {
	digits, closed := strings.CutPrefix(code, "close_")
	if !closed && code != "network" && code != "malformed" {
		r.tally.count("error " + code)
		return
	}
	if closed {
		r.tally.count(code)
	}
	r.end(digits)
}

// end takes down that the connection is over; what the client itself ended has the code 1000.
func (r *recorder) end(code string) {
	if !r.open {
		return
	}
	r.open = false
	if code == "network" || code == "malformed" {
		code = ""
	}
	r.add(history.Entry{What: history.Closed, Code: code})
}
