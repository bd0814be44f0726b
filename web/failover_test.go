package web_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
	"yijian/web"
)

// party is a client of one side as PROTOCOL.md asks for it: it shows what it is told, starts anew at
// a reset and sends its own messages again until they are stored.
type party struct {
	t       *testing.T
	ws      *websocket.Conn
	session string // in the frames of an agent
	send    sync.Mutex

	mu sync.Mutex
	// slow, if set, holds up what follows from a reset until it is closed.
	slow    chan struct{}
	said    []frame
	acked   map[string]int
	shown   []string // "seq text" of messages
	last    int
	resets  int
	trouble []string
}

// follow takes over a socket whose hello was answered.
func follow(c *client, sid string) *party {
	p := &party{t: c.t, ws: c.ws, session: sid, acked: map[string]int{}}
	done := make(chan struct{})
	go func() { p.read(); close(done) }()
	c.t.Cleanup(func() { _ = c.ws.Close(); <-done })
	return p
}

func (p *party) read() {
	_ = p.ws.SetReadDeadline(time.Time{})
	for {
		_, b, err := p.ws.ReadMessage()
		if err != nil {
			return
		}
		var f frame
		if err := json.Unmarshal(b, &f); err != nil {
			p.t.Errorf("the server sent %q", b)
			return
		}
		p.take(f)
	}
}

func (p *party) take(f frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case f.str("t") == "ack":
		p.acked[f.str("id")] = f.num("seq")
	case f.yes("reset"):
		p.resets++
		p.shown, p.last = nil, 0
		go p.reset()
	case f.str("t") == "event":
		if p.last > 0 && f.num("seq") <= p.last {
			p.trouble = append(p.trouble, fmt.Sprintf("event %d after %d", f.num("seq"), p.last))
		}
		p.last = f.num("seq")
		if f.str("kind") == "message" {
			p.shown = append(p.shown, fmt.Sprintf("%d %s", f.num("seq"), f.str("text")))
		}
	}
}

// says sends a message whose id is its text.
func (p *party) says(text string) {
	f := frame{"t": "message", "id": text, "text": text}
	if p.session != "" {
		f["session"] = p.session
	}
	p.mu.Lock()
	p.said = append(p.said, f)
	p.mu.Unlock()
	p.write(f)
}

// reset sends everything once more: what is there already is stored only once.
func (p *party) reset() {
	p.mu.Lock()
	slow := p.slow
	p.mu.Unlock()
	if slow != nil {
		<-slow
	}
	p.again(func(string) bool { return true })
}

func (p *party) again(which func(id string) bool) {
	p.mu.Lock()
	said := slices.Clone(p.said)
	p.mu.Unlock()
	for _, f := range said {
		if which(f.str("id")) {
			p.write(f)
		}
	}
}

func (p *party) write(f frame) {
	p.send.Lock()
	defer p.send.Unlock()
	b, err := json.Marshal(f)
	if err != nil {
		p.t.Error(err)
		return
	}
	_ = p.ws.WriteMessage(websocket.TextMessage, b)
}

func (p *party) is(ok func() bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return ok()
}

func (p *party) has(id string) bool { return p.is(func() bool { return p.acked[id] > 0 }) }

// conversation is a visitor with a tab on each of two nodes and an agent on the second.
type conversation struct {
	servers           *rdbtest.SentinelServers
	db                *rdb.DB
	tab, other, agent *party
}

func (c *conversation) all() []*party { return []*party{c.tab, c.other, c.agent} }

func converse(t *testing.T, durable func(*rdb.DB) *session.Log) *conversation {
	t.Helper()
	c := &conversation{servers: rdbtest.StartSentinel(t)}
	var err error
	if c.db, err = rdb.Open(t.Context(), c.servers.URL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.db.Close() })
	a, b := newWorldOn(t, durable(c.db), c.db, web.Caps{}), newWorldOn(t, durable(c.db), c.db, web.Caps{})
	agent := b.agent(t, "li", 1)
	tab, welcome := a.visitor(t, "")
	tab.send(frame{"t": "human"})
	offer := agent.is("offer")
	agent.send(frame{"t": "accept", "offer": offer.str("offer")})
	agent.is("session")
	tab.moved("human")
	other, _ := b.visitor(t, welcome.str("token"))
	c.tab, c.other, c.agent = follow(tab, ""), follow(other, ""), follow(agent, welcome.str("session"))
	return c
}

// until waits for a condition and has everybody send again what is not acknowledged, as clients do.
func (c *conversation) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(90 * time.Second)
	for look := 0; !ok(); look++ {
		if time.Now().After(deadline) {
			for _, p := range c.all() {
				p.is(func() bool { t.Logf("resets %d, shown %q, acked %v", p.resets, p.shown, p.acked); return true })
			}
			t.Fatalf("waited in vain until %s", what)
		}
		<-time.After(100 * time.Millisecond)
		if look%20 == 19 {
			for _, p := range c.all() {
				p.again(func(id string) bool { return !p.has(id) })
			}
		}
	}
}

// same reports whether everybody shows the same messages, all of them once.
func (c *conversation) same(texts ...string) bool {
	var first []string
	c.tab.is(func() bool { first = slices.Clone(c.tab.shown); return true })
	for _, p := range c.all() {
		if !p.is(func() bool { return slices.Equal(p.shown, first) }) {
			return false
		}
	}
	got := make([]string, len(first))
	for i, line := range first {
		_, _ = fmt.Sscanf(line, "%d", new(int))
		got[i] = line[slices.Index([]byte(line), ' ')+1:]
	}
	slices.Sort(got)
	slices.Sort(texts)
	return slices.Equal(got, texts)
}

func (c *conversation) inOrder(t *testing.T) {
	t.Helper()
	for _, p := range c.all() {
		p.is(func() bool {
			for _, what := range p.trouble {
				t.Error(what)
			}
			return true
		})
	}
}

func TestInvariant1FailoverHonestyFastTellsEverybodyWhatWasTakenBack(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a failover takes seconds")
	}
	c := converse(t, func(db *rdb.DB) *session.Log { return session.NewLog(db, nil) })
	c.tab.says("kept")
	c.until(t, "kept is everywhere", func() bool { return c.same("kept") })
	c.servers.CutReplication(t)
	c.tab.says("lost")
	c.until(t, "lost is acknowledged", func() bool { return c.tab.has("lost") && c.same("kept", "lost") })
	slow := make(chan struct{})
	c.tab.is(func() bool { c.tab.slow = slow; return true })
	c.servers.Promote(t)
	c.agent.says("reused")
	c.until(t, "the number is used again", func() bool { return c.agent.has("reused") })
	close(slow)
	c.until(t, "everybody has the same history again", func() bool {
		return c.same("kept", "lost", "reused")
	})
	for _, p := range c.all() {
		if !p.is(func() bool { return p.resets > 0 }) {
			t.Error("somebody held what was taken back and was not told")
		}
	}
	c.inOrder(t)
}

func TestInvariant1FailoverHonestySafeLosesNothingThatWasAcknowledged(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a failover takes seconds")
	}
	c := converse(t, func(db *rdb.DB) *session.Log {
		return session.NewLog(db, nil).Safely(rdb.NewSafe(db, rdb.SafeOptions{Log: zerolog.Nop()}))
	})
	c.tab.says("kept")
	c.until(t, "kept is everywhere", func() bool { return c.tab.has("kept") && c.same("kept") })
	c.servers.CutReplication(t)
	c.tab.says("refused")
	c.until(t, "the message was answered", func() bool { return !c.tab.has("refused") && c.same("kept") })
	c.servers.Promote(t)
	c.agent.says("next")
	c.until(t, "the replica is promoted", func() bool {
		return c.db.Client.Set(t.Context(), "yj:promoted", 1, 0).Err() == nil
	})
	if c.tab.has("refused") || c.agent.has("next") {
		t.Error("a message was acknowledged that no replica has")
	}
	c.servers.AddReplica(t)
	c.until(t, "everybody has the same history", func() bool {
		return c.tab.has("refused") && c.agent.has("next") && c.same("kept", "refused", "next")
	})
	c.inOrder(t)
}
