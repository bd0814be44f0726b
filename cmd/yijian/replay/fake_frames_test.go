package replay

import (
	"strings"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"

	"yijian/web/wire"
)

func (f *fake) visitorFrame(c *fakeConn, in wire.In) {
	s := c.session
	switch in.T {
	case "hello":
		f.visitorHello(c, in)
	case "message":
		f.visitorMessage(c, in)
	case "human":
		if s.owner == "bot" {
			f.line(s, "m:"+in.ID, "visitor")
		}
		if s.owner == "waiting" {
			c.send(wire.Queue{T: "queue", Position: 1, Open: true})
		}
	case "end":
		if s.owner != "closed" {
			f.append(s, wire.Event{Kind: "move", From: "visitor", ID: "m:" + in.ID, Owner: "closed", Reason: "ended"})
		}
	case "rate":
		f.append(s, wire.Event{Kind: "rating", From: "visitor", ID: "rating", Score: in.Score})
	case "ping":
		c.send(wire.Simple{T: "pong"})
	}
}

func (f *fake) visitorHello(c *fakeConn, in wire.In) {
	s := f.sessions[in.Token]
	switch {
	case in.Site != "demo", in.Token != "" && f.faults.amnesia:
		c.send(wire.Error{T: "error", Code: wire.NoSession, Message: "no"})
		msg := websocket.FormatCloseMessage(wire.CloseRefused, "no_session")
		_ = c.ws.WriteMessage(websocket.CloseMessage, msg)
		return
	case s == nil:
		s = &fakeSession{id: uuid.NewString(), owner: "bot", visitors: map[*fakeConn]bool{}}
		f.sessions[s.id] = s
	}
	c.session = s
	s.visitors[c] = true
	reset := f.faults.reset && in.Since > 0
	if reset {
		in.Since = 0
	}
	c.send(wire.Welcome{
		T: "welcome", Session: s.id, Token: s.id, Owner: s.owner, Seq: uint64(len(s.log)), Reset: reset,
	})
	for _, e := range s.log[in.Since:] {
		c.send(e)
	}
}

func (f *fake) visitorMessage(c *fakeConn, in wire.In) {
	s := c.session
	said := wire.Event{Kind: "message", From: "visitor", ID: in.ID, Text: in.Text}
	if f.faults.forget {
		c.send(wire.Ack{T: "ack", ID: in.ID, Seq: uint64(len(s.log) + 1)})
	} else {
		before := len(s.log)
		seq := f.append(s, said)
		if f.faults.storeMany {
			f.append(s, said)
		}
		c.send(wire.Ack{T: "ack", ID: in.ID, Seq: seq})
		if len(s.log) == before {
			return // answered before
		}
	}
	if s.owner == "bot" && f.asksForPerson(in.Text) {
		f.line(s, "m:v:"+in.ID, "system")
	}
	if s.owner == "bot" || f.faults.chatty {
		f.append(s, wire.Event{Kind: "message", From: "bot", AI: true, ID: "b:v:" + in.ID + ":1", Text: "as you wish", Intent: "c1"})
	}
}

// line puts a session in line and offers it to the first agent who is there.
func (f *fake) line(s *fakeSession, id, from string) {
	f.append(s, wire.Event{Kind: "move", From: from, ID: id, Owner: "waiting", Reason: "button"})
	if f.waits != nil {
		f.waits()
	}
	if f.faults.kick {
		f.append(s, wire.Event{Kind: "move", From: "system", ID: "s:kick", Owner: "closed", Reason: "full"})
		return
	}
	if len(f.seats) > 0 && !f.faults.noAgent {
		f.seats[0].send(offerOf(s))
	}
}

func offerOf(s *fakeSession) wire.Offer {
	return wire.Offer{T: "offer", Offer: s.id + ".x", Session: s.id}
}

func (f *fake) agentFrame(c *fakeConn, in wire.In) {
	s := f.sessions[in.Session]
	switch in.T {
	case "hello":
		f.agentHello(c, in)
	case "presence":
		c.send(wire.SeatFrame{T: "seat", Seat: wire.Seat{Status: in.Status}})
	case "accept":
		f.accept(c, in)
	case "message":
		if s.owner != "human" || s.agent != c.account {
			c.send(wire.Error{T: "error", Code: wire.NotYours, ID: in.ID})
			return
		}
		seq := f.append(s, wire.Event{Kind: "message", From: "agent", Agent: c.account, ID: agentID(c, in.ID), Text: in.Text})
		c.send(wire.Ack{T: "ack", Session: s.id, ID: in.ID, Seq: seq})
	case "close":
		if s.owner == "human" && s.agent == c.account {
			f.append(s, wire.Event{
				Kind: "move", From: "agent", Agent: c.account, ID: agentID(c, in.ID), Owner: "closed", Reason: "closed_by_agent",
			})
		}
	case "ping":
		c.send(wire.Simple{T: "pong"})
	}
}

func agentID(c *fakeConn, id string) string { return "a:" + c.account + ":" + id }

func (f *fake) agentHello(c *fakeConn, in wire.In) {
	for _, a := range f.accounts {
		if a.key == in.Token && !a.Disabled {
			c.account = a.ID
		}
	}
	if c.account == "" {
		_ = c.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(wire.CloseRevoked, "signed_in"))
		return
	}
	f.seats = append(f.seats, c)
	snap := wire.Snapshot{
		T: "snapshot", Agent: wire.Me{ID: c.account}, Seat: wire.Seat{Status: "away"},
		Sessions: []wire.Session{}, Offers: []wire.Offer{},
	}
	var held []*fakeSession
	for _, s := range f.sessions {
		switch {
		case s.owner == "human" && s.agent == c.account:
			snap.Sessions = append(snap.Sessions, wire.Session{Session: s.id})
			held = append(held, s)
		case s.owner == "waiting" && !f.faults.noAgent:
			snap.Offers = append(snap.Offers, offerOf(s))
		}
	}
	c.send(snap)
	for _, s := range held {
		f.open(c, s)
	}
}

func (f *fake) open(c *fakeConn, s *fakeSession) {
	c.send(wire.Session{T: "session", Session: s.id, Seq: uint64(len(s.log)), Owner: s.owner})
	for _, e := range s.log {
		c.send(forAgent(s, c, e))
	}
}

func (f *fake) accept(c *fakeConn, in wire.In) {
	s := f.sessions[strings.TrimSuffix(in.Offer, ".x")]
	if s == nil || s.owner != "waiting" {
		c.send(wire.OfferGone{T: "offer_gone", Offer: in.Offer, Code: "accepted"})
		return
	}
	f.open(c, s)
	f.append(s, wire.Event{Kind: "move", From: "agent", ID: agentID(c, "accept"), Owner: "human", Agent: c.account, Reason: "accepted"})
}
