package check_test

import (
	"slices"
	"time"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

const sid = session.ID("0190c0de-0000-7000-8000-000000000001")

// world is a history while it is made: the tests change one thing in a good one.
type world struct {
	history.History
	entries []history.Entry
	events  []history.Stored
	state   *session.State // nil: what the events fold into
}

// good is a history in which everything happened as it should: a visitor talks to the bot, asks for a
// person, talks to mei, is given back to the line and ends up with li.
func good() *world {
	w := &world{History: history.History{Durability: history.Safe, Start: time.UnixMilli(1_000_000)}}
	w.events = goodLog()
	w.entries = append(goodVisitor(), goodAgents()...)
	hold := func(agent string, ids ...session.ID) history.Seat {
		return history.Seat{Agent: agent, Capacity: 1, Holds: ids}
	}
	ticket := func(state, agent string, epoch int64) history.Ticket {
		return history.Ticket{Session: sid, State: state, Agent: agent, Epoch: epoch, Arrived: 1_003_000_000}
	}
	w.Samples = []history.DeskSample{
		{At: 3_500_000, Site: "demo", Seats: []history.Seat{hold("mei", sid), hold("li")}, Tickets: []history.Ticket{ticket("offered", "mei", 2)}},
		{At: 4_500_000, Site: "demo", Seats: []history.Seat{hold("mei", sid), hold("li")}, Tickets: []history.Ticket{ticket("held", "mei", 3)}},
	}
	w.Final = []history.DeskSample{
		{At: 20_000_000, Site: "demo", Seats: []history.Seat{hold("mei"), hold("li", sid)}, Tickets: []history.Ticket{ticket("held", "li", 5)}},
	}
	w.Resumes = []history.Resume{{Session: sid, Client: "v1", Conn: 2, OK: true, Seq: 9}}
	return w
}

func goodLog() []history.Stored {
	message := func(id string, from session.Role, by, text string) history.Stored {
		return history.Stored{ID: id, Kind: session.KindMessage, From: from, By: by, Hash: history.Hash(text)}
	}
	move := func(id string, from session.Role, by string, to session.Owner, agent string) history.Stored {
		return history.Stored{ID: id, Kind: session.KindMove, From: from, By: by, To: to, Agent: agent, Arrived: 1_003_000_000}
	}
	events := []history.Stored{
		message("v:m1", session.FromVisitor, "", "hello"),
		message("b:v:m1:1", session.FromBot, "", "hi"),
		move("m:tap", session.FromVisitor, "", session.Waiting, ""),
		move("a:mei:accept-7", session.FromAgent, "mei", session.Human, "mei"),
		message("a:mei:x1", session.FromAgent, "mei", "good day"),
		message("v:m2", session.FromVisitor, "", "my parcel"),
		{ID: "a:mei:n1", Kind: session.KindNote, From: session.FromAgent, By: "mei"},
		move("a:mei:back", session.FromAgent, "mei", session.Waiting, ""),
		move("a:li:accept-8", session.FromAgent, "li", session.Human, "li"),
	}
	prev := ""
	for i := range events {
		events[i].Seq, events[i].Prev, events[i].At = uint64(i+1), prev, int64(1_000_000+1000*(i+1))
		prev = events[i].ID
	}
	return events
}

func goodVisitor() []history.Entry {
	type e = history.Entry
	entries := []e{
		{What: history.Connected},
		{What: history.Hello},
		{What: history.Welcome, Session: sid, Owner: session.Bot},
		{What: history.Sent, ID: "m1", Kind: session.KindMessage, Hash: history.Hash("hello")},
		{What: history.Event, Seq: 1, ID: "m1", Kind: session.KindMessage, From: session.FromVisitor},
		{What: history.Acked, ID: "m1", Seq: 1},
		{What: history.Event, Seq: 2, ID: "b:v:m1:1", Kind: session.KindMessage, From: session.FromBot, AI: true},
		{What: history.Sent, ID: "tap", Kind: "human"},
		{What: history.Event, Seq: 3, ID: "m:tap", Kind: session.KindMove, From: session.FromVisitor, Owner: session.Waiting},
		{What: history.Queue, Position: 1},
		{What: history.Event, Seq: 4, ID: "a:mei:accept-7", Kind: session.KindMove, From: session.FromAgent, Owner: session.Human},
		{What: history.Event, Seq: 5, ID: "a:mei:x1", Kind: session.KindMessage, From: session.FromAgent},
		{What: history.Sent, ID: "m2", Kind: session.KindMessage, Hash: history.Hash("my parcel")},
		{What: history.Event, Seq: 6, ID: "m2", Kind: session.KindMessage, From: session.FromVisitor, Hash: history.Hash("my parcel")},
		{What: history.Acked, ID: "m2", Seq: 6},
		{What: history.Closed},
		{What: history.Connected},
		{What: history.Hello, Session: sid, Seq: 6, ID: "m2"},
		{What: history.Welcome, Session: sid, Seq: 9, Owner: session.Human},
		{What: history.Event, Seq: 8, ID: "a:mei:back", Kind: session.KindMove, From: session.FromAgent, Owner: session.Waiting},
		{What: history.Event, Seq: 9, ID: "a:li:accept-8", Kind: session.KindMove, From: session.FromAgent, Owner: session.Human},
	}
	conn := 1
	for i := range entries {
		if i > 0 && entries[i].What == history.Connected {
			conn++
		}
		entries[i].Client, entries[i].Role, entries[i].Conn, entries[i].At = "v1", session.FromVisitor, conn, int64(100_000*(i+1))
	}
	return entries
}

func goodAgents() []history.Entry {
	type e = history.Entry
	entries := []e{
		{At: 3_100_000, Client: "mei", What: history.Offer, Offer: "o1", LeftMS: 25_000},
		{At: 3_900_000, Client: "mei", What: history.Accept, Offer: "o1"},
		{At: 4_000_000, Client: "mei", What: history.Session, Seq: 4, Owner: session.Human},
		{At: 4_010_000, Client: "mei", What: history.Event, Seq: 4, ID: "accept-7", Kind: session.KindMove, From: session.FromAgent, Owner: session.Human},
		{At: 4_800_000, Client: "mei", What: history.Sent, ID: "x1", Kind: session.KindMessage, Hash: history.Hash("good day")},
		{At: 5_000_000, Client: "mei", What: history.Event, Seq: 5, ID: "x1", Kind: session.KindMessage, From: session.FromAgent},
		{At: 5_010_000, Client: "mei", What: history.Acked, Seq: 5, ID: "x1"},
		{At: 6_000_000, Client: "mei", What: history.Event, Seq: 6, ID: "v:m2", Kind: session.KindMessage, From: session.FromVisitor},
		{At: 7_000_000, Client: "mei", What: history.Event, Seq: 7, ID: "n1", Kind: session.KindNote, From: session.FromAgent},
		{At: 8_100_000, Client: "li", What: history.Offer, Offer: "o2", LeftMS: 25_000},
		{At: 8_900_000, Client: "li", What: history.Accept, Offer: "o2"},
	}
	for i := range entries {
		entries[i].Role, entries[i].Conn, entries[i].Session = session.FromAgent, 1, sid
	}
	return entries
}

// history is the world as the checker gets it.
func (w *world) history() history.History {
	h := w.History
	h.Journal = history.NewJournal(time.Now())
	entries := slices.Clone(w.entries)
	slices.SortStableFunc(entries, func(a, b history.Entry) int { return int(a.At - b.At) })
	for _, e := range entries {
		h.Journal.Add(e)
	}
	if w.events == nil {
		return h
	}
	s := session.State{Epoch: 1, Owner: session.Bot}
	for _, e := range w.events {
		s = session.Fold(s, e.Event())
	}
	if w.state != nil {
		s = *w.state
	}
	h.Logs = map[session.ID]history.Log{sid: {Session: sid, State: s, Events: w.events}}
	return h
}

// said finds the first entry of a kind with an id, to be changed.
func (w *world) said(client string, what history.What, id string) *history.Entry {
	for i := range w.entries {
		if e := &w.entries[i]; e.Client == client && e.What == what && e.ID == id {
			return e
		}
	}
	panic("no such entry: " + client + " " + string(what) + " " + id)
}

// forget takes an entry out.
func (w *world) forget(client string, what history.What, id string) {
	gone := w.said(client, what, id)
	w.entries = slices.DeleteFunc(w.entries, func(e history.Entry) bool { return e == *gone })
}

// add puts an event at the end of the log, numbered and chained.
func (w *world) add(e history.Stored) {
	last := w.events[len(w.events)-1]
	e.Seq, e.Prev, e.At = last.Seq+1, last.ID, last.At+1000
	w.events = append(w.events, e)
}
