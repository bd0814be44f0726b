package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/websocket"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
	"golang.org/x/sync/errgroup"

	"yijian/agents"
	"yijian/router"
	"yijian/router/bot"
	"yijian/router/bot/kb"
	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
	"yijian/session/record"
	"yijian/session/record/search"
	"yijian/web"
	"yijian/web/auth"
	"yijian/web/library"
	"yijian/web/wire"
)

const origin = "https://shop.example"

// world is a whole server on real stores.
type world struct {
	url      string // http://127.0.0.1:port
	db       *rdb.DB
	record   *record.DB
	log      *session.Log
	accounts *agents.Store
	node     *session.Node
	server   *web.Server
}

// onEveryRedis runs one test against a server on the in-process Redis and on a real redis-server.
func onEveryRedis(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	on(t, rdbtest.Servers(), test)
}

// onEveryTopology runs it besides on a Redis Cluster, through TLS as the user of the manual, and behind
// Sentinels. One whole walk does: each store has a suite of its own.
func onEveryTopology(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	all := rdbtest.Backends()
	if !testing.Short() {
		all["sentinel"] = rdbtest.Sentinel
	}
	on(t, all, test)
}

func on(t *testing.T, backends map[string]func(*testing.T) *rdb.DB, test func(t *testing.T, w *world)) {
	t.Helper()
	for name, open := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, open(t)))
		})
	}
}

// newWorld starts a server the way cmd/yijian does.
func newWorld(t *testing.T, db *rdb.DB) *world {
	t.Helper()
	return newWorldOn(t, session.NewLog(db, nil), db, web.Caps{})
}

// newCappedWorld is newWorld with caps, behind a proxy on loopback: who connects with from chooses the
// address it seems to come from.
func newCappedWorld(t *testing.T, db *rdb.DB, most web.Caps) *world {
	t.Helper()
	return newWorldOn(t, session.NewLog(db, nil), db, most)
}

// newWorldOn is newCappedWorld on a log of the caller's, which says how durable it is.
func newWorldOn(t *testing.T, log *session.Log, db *rdb.DB, most web.Caps) *world {
	t.Helper()
	return newWorldWith(t, log, db, setting{caps: most, now: time.Now})
}

// setting is what a test changes of a server.
type setting struct {
	caps web.Caps
	idle map[string]router.Idle
	now  func() time.Time
	bot  bot.Bot // the demo's, if none
}

func newWorldWith(t *testing.T, log *session.Log, db *rdb.DB, o setting) *world {
	t.Helper()
	rec, err := record.Open(t.Context(), t.TempDir()+"/yijian.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rec.Close() })
	sites := []record.Site{
		{ID: "demo", NameZH: "一键商店", NameEN: "Yijian shop", Phone: "400", Hours: "9–21", Origins: []string{origin}},
		{ID: "other", NameZH: "另一家", NameEN: "Other", Origins: []string{"https://other.example"}},
	}
	if err := rec.PutSites(t.Context(), sites...); err != nil {
		t.Fatal(err)
	}
	w := &world{db: db, record: rec, log: log, accounts: agents.New(rec, agents.Options{})}
	w.start(t, sites, o)
	return w
}

func (w *world) start(t *testing.T, sites []record.Site, o setting) {
	t.Helper()
	w.node = session.NewNode(w.log, zerolog.Nop())
	policies, err := policy.Open(t.Context(), w.record, escalate.Default(), policy.Options{Log: zerolog.Nop(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if o.bot == nil {
		o.bot = demoBot(t)
	}
	reg := prometheus.NewRegistry()
	rt := router.New(router.Options{
		Node: w.node, Desk: queue.New(w.db, queue.Options{}), Bot: o.bot, Policies: policies,
		Judged: policies.Judged,
		Sites:  []string{"demo", "other"}, Log: zerolog.Nop(), Metrics: router.NewMetrics(reg),
		Now: o.now, Idle: o.idle,
	})
	w.server, err = web.New(web.Options{
		Router: rt, Node: w.node, Accounts: w.accounts, Policies: policies, Sites: sites,
		Library: library.New(library.Deps{Record: w.record, Search: search.New(w.record, zerolog.Nop()), Live: w.node.State, Staff: w.accounts.Accounts, Now: o.now}),
		Auth:    auth.New(auth.Deps{Store: w.accounts, Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}),
		Caps:    o.caps, Secret: []byte(strings.Repeat("s", 32)),
		Pages:   fstest.MapFS{"index.html": {Data: []byte("not built")}, "widget.js": {Data: []byte("//")}},
		Metrics: reg, Log: zerolog.Nop(), Now: o.now,
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.url = "http://" + l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	g, ctx := errgroup.WithContext(ctx)
	timers := session.NewTimers(w.log, rt.Handlers(), zerolog.Nop())
	g.Go(func() error { return w.node.Run(ctx) })
	g.Go(func() error { return timers.Run(ctx) })
	g.Go(func() error { return policies.Run(ctx) })
	g.Go(func() error { return rt.Run(ctx) })
	g.Go(func() error { return w.server.Serve(l) })
	t.Cleanup(func() {
		drain, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		_ = w.server.Drain(drain, 0)
		cancel()
		if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

// trained is the demo's bot, which all worlds share because learning takes it a while.
var trained = sync.OnceValues(func() (*bot.FAQ, error) {
	demo, err := kb.Demo()
	if err != nil {
		return nil, err
	}
	return bot.NewFAQ(demo, bot.Options{})
})

func demoBot(t *testing.T) bot.Bot {
	t.Helper()
	faq, err := trained()
	if err != nil {
		t.Fatal(err)
	}
	return faq
}

// from is the header of a visitor's page at an address.
func from(address string) http.Header {
	return http.Header{"Origin": {origin}, "X-Forwarded-For": {address}}
}

// client is a raw socket to the server, or the polls of a browser that cannot open one.
type client struct {
	t    *testing.T
	ws   *websocket.Conn
	poll *polling
}

// frame is any frame of the server.
type frame map[string]any

func (f frame) str(k string) string { s, _ := f[k].(string); return s }
func (f frame) yes(k string) bool   { b, _ := f[k].(bool); return b }
func (f frame) num(k string) int    { n, _ := f[k].(float64); return int(n) }

func (w *world) dial(t *testing.T, path string, header http.Header) *client {
	t.Helper()
	d := websocket.Dialer{Subprotocols: []string{wire.Subprotocol}, HandshakeTimeout: 5 * time.Second}
	c, resp, err := d.DialContext(t.Context(), "ws"+strings.TrimPrefix(w.url, "http")+path, header)
	if err != nil {
		t.Fatalf("dialling %s: %v", path, err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = c.Close() })
	return &client{t: t, ws: c}
}

// visitor opens a visitor's socket and says hello with a token, or without for a new session.
func (w *world) visitor(t *testing.T, token string) (*client, frame) {
	t.Helper()
	c := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
	c.send(frame{"t": "hello", "site": "demo", "lang": "en", "token": token})
	return c, c.until(func(f frame) bool { return f.str("t") == "welcome" })
}

// agent creates an account with a key and opens its socket.
func (w *world) agent(t *testing.T, login string, capacity int) *client {
	t.Helper()
	c, _ := w.member(t, agents.RoleAgent, login, capacity)
	return c
}

// member is agent with any role, and says the id of the account too.
func (w *world) member(t *testing.T, role agents.Role, login string, capacity int) (c *client, id string) {
	t.Helper()
	account, err := w.accounts.Create(t.Context(), agents.Draft{
		Name: login, Login: login, Role: role, Sites: []string{"demo"}, Capacity: capacity,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := w.accounts.CreateKey(t.Context(), account.ID, "test")
	if err != nil {
		t.Fatal(err)
	}
	c = w.dial(t, "/v1/agent", nil)
	c.send(frame{"t": "hello", "site": "demo", "token": key, "lang": "en"})
	c.is("snapshot")
	c.send(frame{"t": "presence", "status": "available"})
	return c, account.ID
}

func (c *client) send(f frame) {
	c.t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		c.t.Fatal(err)
	}
	c.raw(b)
}

func (c *client) raw(b []byte) {
	c.t.Helper()
	if err := c.write(b); err != nil {
		c.t.Fatalf("sending: %v", err)
	}
}

func (c *client) write(b []byte) error {
	if c.poll != nil {
		return c.poll.write(b)
	}
	return c.ws.WriteMessage(websocket.TextMessage, b)
}

// patience is how long a test waits for the server.
const patience = 30 * time.Second

// read returns the next frame. A transport that ended is a websocket.CloseError.
func (c *client) read(deadline time.Time) ([]byte, error) {
	if c.poll != nil {
		return c.poll.read(deadline)
	}
	_ = c.ws.SetReadDeadline(deadline)
	_, b, err := c.ws.ReadMessage()
	return b, err
}

// until returns the first frame that fits, and fails if none comes in time.
func (c *client) until(fits func(frame) bool) frame {
	c.t.Helper()
	deadline := time.Now().Add(patience)
	var seen []frame
	for {
		b, err := c.read(deadline)
		if err != nil {
			c.t.Fatalf("waited in vain: %v; saw last %v", err, seen[max(0, len(seen)-5):])
		}
		var f frame
		if err := json.Unmarshal(b, &f); err != nil {
			c.t.Fatalf("the server sent %q", b)
		}
		if fits(f) {
			return f
		}
		seen = append(seen, f)
	}
}

func (c *client) is(t string) frame {
	c.t.Helper()
	return c.until(func(f frame) bool { return f.str("t") == t })
}

func (c *client) errs(code string) frame {
	c.t.Helper()
	f := c.is("error")
	if f.str("code") != code || len(f.str("message")) < 10 {
		c.t.Fatalf("got %v, want code %s and a sentence", f, code)
	}
	return f
}

// closed waits for the end of the socket and returns its close code.
func (c *client) closed() int {
	c.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		_, err := c.read(deadline)
		if ce, ok := errors.AsType[*websocket.CloseError](err); ok {
			return ce.Code
		}
		if err != nil {
			c.t.Fatalf("the socket ended without a close frame: %v", err)
		}
	}
}

func (c *client) says(text string) string {
	c.t.Helper()
	id := uuid.NewString()
	c.send(frame{"t": "message", "id": id, "text": text})
	return id
}

// moved waits for the session to have an owner.
func (c *client) moved(owner string) frame {
	c.t.Helper()
	return c.until(func(f frame) bool { return f.str("t") == "event" && f.str("owner") == owner })
}

func (c *client) hears(from, text string) frame {
	c.t.Helper()
	return c.until(func(f frame) bool {
		return f.str("t") == "event" && f.str("from") == from && (text == "" || f.str("text") == text)
	})
}

func sid(welcome frame) session.ID { return session.ID(welcome.str("session")) }

// talking brings a new visitor to an agent.
func talking(t *testing.T, w *world, agent *client) (visitor *client, id string) {
	t.Helper()
	visitor, welcome := w.visitor(t, "")
	visitor.send(frame{"t": "human"})
	offer := agent.is("offer")
	agent.send(frame{"t": "accept", "offer": offer.str("offer")})
	agent.is("session")
	visitor.moved("human")
	return visitor, welcome.str("session")
}
