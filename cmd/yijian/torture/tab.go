package torture

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/session"
	"yijian/web/wire"
)

// tab is one page of a visitor: a socket, and what the page shows. It behaves as the widget does.
type tab struct {
	sock *client.Socket
	rec  *recorder
	now  func() time.Time

	session string
	token   string
	lang    string
	first   bool
	// last is the newest event held: the position to resume from.
	last  wire.Event
	owner session.Owner
	// sent are the own messages, to be sent again after a reset.
	sent []wire.In
	// botSpoke and agentSpoke are the seq of the last message of each; said is that of the last own.
	botSpoke, agentSpoke, said uint64
	// asked counts the wishes for a person that had to be made again.
	asked int
	// gone says that the server does not want the visitor back.
	gone bool
}

// newTab opens nothing yet; until does. The n-th tab of a visitor begins on another node than the one
// before it.
func (w *world) newTab(who *person, p plan, n int) *tab {
	t := &tab{
		rec: &recorder{person: who, journal: w.journal, tally: w.tally}, lang: p.lang,
		now: w.clocks[p.number%len(w.clocks)].Now, first: p.first, owner: session.Bot,
	}
	t.sock = client.New(client.Options{
		URL: w.beginningAt(p.number+n, "/v1/visitor"), Origin: origin, Hello: t.hello, Ready: "welcome",
		Away: forEver, Jitter: client.Jitter(w.cfg.Seed, who.name, int(who.conns.Load())), Now: t.now, Observer: t.rec,
	})
	return t
}

func (t *tab) hello() wire.In {
	in := wire.In{T: "hello", Site: site, Lang: t.lang, Token: t.token, Since: t.last.Seq, Tail: t.last.ID}
	if t.first {
		in.First = "human"
	}
	return in
}

// until takes frames until something is true. It reports false if it never was: patience or the
// visitor's time is over, or the server does not want the visitor back.
func (t *tab) until(ctx context.Context, patience time.Duration, isTrue func() bool) bool {
	since := t.now()
	for !isTrue() {
		f, err := t.sock.Next(ctx, since, patience)
		if err != nil {
			t.gone = t.gone || errors.Is(err, client.ErrRefused)
			return false
		}
		t.take(f)
	}
	return true
}

// pass lets time go by with the page open.
func (t *tab) pass(ctx context.Context, d time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	t.until(ctx, 0, func() bool { return false })
}

func (t *tab) take(f client.Frame) {
	switch f.T {
	case "welcome":
		hear(f, t.welcome)
	case "event":
		hear(f, t.event)
	case "ack":
		hear(f, func(a wire.Ack) { t.acked(a) })
	case "queue":
		t.sock.Done("human") // in line already: that answers the tap
	case "error":
		hear(f, t.failed)
	}
}

func (t *tab) welcome(w wire.Welcome) {
	t.session, t.token = w.Session, w.Token
	if w.Reset {
		if t.withPeople() && w.Owner == string(session.Bot) {
			// A failover took back that there was to be a person.
			t.asked++
			t.tap("human", fmt.Sprintf("%s-again%d", t.rec.name, t.asked))
		}
		t.last, t.botSpoke, t.agentSpoke, t.said = wire.Event{}, 0, 0, 0
		for _, in := range t.sent {
			t.sock.Keep(in.ID, in)
		}
	}
	t.owned(session.Owner(w.Owner))
}

// owned takes in who answers now, and lets go of taps that had their effect.
func (t *tab) owned(o session.Owner) {
	t.owner = o
	switch o {
	case session.Waiting:
		t.sock.Done("human")
	case session.Human:
		t.sock.Done("human")
		t.sock.Done("callback") // there is nobody to wait for any more
	case session.Closed:
		t.sock.Done("end")
		t.sock.Done("callback")
	case session.Bot:
		t.sock.Done("bot")
		t.sock.Done("callback")
	}
}

// event takes in one event. Like a page it shows only what comes after all it has.
func (t *tab) event(e wire.Event) {
	if e.Seq <= t.last.Seq {
		return
	}
	t.last = e
	switch {
	case e.Kind == string(session.KindCallback):
		t.sock.Done("callback")
	case e.Kind == string(session.KindMove):
		t.owned(session.Owner(e.Owner))
	case e.Kind != string(session.KindMessage):
	case e.From == string(session.FromBot):
		t.botSpoke = e.Seq
	case e.From == string(session.FromAgent):
		t.agentSpoke = e.Seq
	}
}

func (t *tab) acked(a wire.Ack) {
	t.sock.Done(a.ID)
	t.said = a.Seq
}

// failed gives up what the server will not take however often it is sent. The rest the socket sends
// again.
func (t *tab) failed(e wire.Error) {
	switch e.Code {
	case wire.BadText, wire.BadID, wire.TooLarge, wire.IDReused, wire.BadFrame, wire.UnknownFrame, wire.NotRatable, wire.BadValue:
		t.sock.Done(e.ID)
	case wire.NotNow: // a call for which it is too late
		t.sock.Done("callback")
	}
}

// say sends a message until it is acknowledged.
func (t *tab) say(id, text string) {
	in := wire.In{T: "message", ID: id, Text: text}
	t.sent = append(t.sent, in)
	t.said = ^uint64(0) >> 1 // nothing answers it before it is stored
	t.sock.Keep(id, in)
}

// tap presses one of the buttons until it has its effect.
func (t *tab) tap(what, id string) { t.sock.Keep(what, wire.In{T: what, ID: id}) }

// call asks to be called, as soon as possible.
func (t *tab) call(id string) {
	t.sock.Keep("callback", wire.In{T: "callback", ID: id, Phone: "13800138000"})
}

func (t *tab) withPeople() bool { return t.owner == session.Waiting || t.owner == session.Human }

// close leaves the page.
func (t *tab) close() {
	t.sock.Close()
	t.rec.end("1000")
}
