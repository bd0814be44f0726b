package search_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/pgtest"
	"yijian/session/record/search"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var backends = pgtest.Engines()

// onEach runs test once on every engine, on an empty record.
func onEach(t *testing.T, test func(t *testing.T, l *library)) {
	t.Helper()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newLibrary(t, target(t)))
		})
	}
}

// library is a record with its index.
type library struct {
	*search.Index
	db *record.DB
	t  testing.TB
	at time.Time // of the next message
}

func newLibrary(t testing.TB, target string) *library {
	t.Helper()
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &library{
		Index: search.New(db, zerolog.Nop()), db: db, t: t,
		at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
	}
}

// talk is one conversation that grows.
type talk struct {
	id     session.ID
	state  session.State
	events []session.Event
}

func (l *library) talk(site string) *talk {
	return &talk{id: session.NewID(), state: session.State{Site: site, Lang: "zh-CN", Owner: session.Bot, Created: l.at}}
}

// says adds a message of the visitor, or of an agent if one is named, a minute after the last of all.
func (l *library) says(c *talk, agent, text string) {
	e := session.Event{Kind: session.KindMessage, From: session.FromVisitor, Body: session.Body{Text: text}}
	if agent != "" {
		e.From, e.By = session.FromAgent, agent
	}
	l.happens(c, e)
}

func (l *library) happens(c *talk, e session.Event) {
	l.at = l.at.Add(time.Minute)
	e.Seq, e.Prev, e.At = c.state.Seq+1, c.state.Tail, l.at
	e.ID = fmt.Sprintf("%s:%s:%d", e.From, c.id, e.Seq)
	c.state = session.Fold(c.state, e)
	c.events = append(c.events, e)
}

// archive writes what a conversation has grown by, and indexes it.
func (l *library) archive(all ...*talk) {
	l.t.Helper()
	for _, c := range all {
		_, err := l.db.WriteSegments(l.t.Context(), []record.Segment{{Session: c.id, Events: c.events, State: c.state}})
		if err != nil {
			l.t.Fatal(err)
		}
		c.events = nil
	}
	if err := l.CatchUp(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
}

// finds returns the texts that a search finds on its first page.
func (l *library) finds(q search.Query) []string {
	l.t.Helper()
	page, err := l.Search(l.t.Context(), q)
	if err != nil {
		l.t.Fatalf("%+v: %v", q, err)
	}
	var texts []string
	for _, h := range page.Hits {
		texts = append(texts, h.Message.Body.Text)
	}
	return texts
}
