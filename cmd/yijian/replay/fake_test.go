package replay

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"yijian/router/escalate"
	"yijian/web/wire"
)

// fake is a server that speaks the protocol from memory and can be told to break one promise. It
// locks everything for every frame, so what it does is easy to follow.
type fake struct {
	*httptest.Server
	upgrader websocket.Upgrader

	mu       sync.Mutex
	faults   plantedFaults
	frames   int
	sessions map[string]*fakeSession
	accounts map[string]*fakeAccount // by id
	seats    []*fakeConn             // agents who may be offered something
	waits    func()                  // called when the first visitor is in line
}

// plantedFaults are the ways in which the fake misbehaves.
type plantedFaults struct {
	cutEvery  int  // connections are cut at every n-th frame, before or after it was acted on
	swallow   bool // the agent's answers reach no visitor
	repeat    bool // the bot's answers come twice
	forget    bool // messages are acknowledged and not stored
	storeMany bool // a message is stored as often as it is sent, and each is sent twice
	chatty    bool // the bot goes on in the line
	kick      bool // the line is cleared by the system
	noAgent   bool // nobody is offered anything
	amnesia   bool // a session cannot be resumed; goes with cutEvery
	deaf      bool // words are not understood
	reset     bool // every resumed position is answered with a reset
}

type fakeSession struct {
	id       string
	log      []wire.Event
	owner    string
	agent    string
	visitors map[*fakeConn]bool
}

type fakeAccount struct {
	ID       string `json:"id"`
	Login    string `json:"login"`
	Role     string `json:"role"`
	Disabled bool   `json:"disabled"`
	key      string
}

// fakeConn is one socket. Frames are written under the fake's lock.
type fakeConn struct {
	ws      *websocket.Conn
	account string
	session *fakeSession
}

func newFake(t *testing.T, faults plantedFaults) *fake {
	t.Helper()
	f := &fake{faults: faults, sessions: map[string]*fakeSession{}, accounts: map[string]*fakeAccount{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/visitor", f.serve(f.visitorFrame))
	mux.HandleFunc("GET /v1/agent", f.serve(f.agentFrame))
	mux.HandleFunc("POST /v1/agents", f.createAccount)
	mux.HandleFunc("GET /v1/agents", f.listAccounts)
	mux.HandleFunc("POST /v1/agents/{id}/keys", f.createKey)
	mux.HandleFunc("POST /v1/agents/{id}/disable", f.disable)
	mux.HandleFunc("GET /v1/sessions/{id}/events", f.transcript)
	f.Server = httptest.NewServer(mux)
	t.Cleanup(func() {
		f.CloseClientConnections()
		f.Close()
	})
	return f
}

func (f *fake) serve(act func(*fakeConn, wire.In)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ws, err := f.upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		c := &fakeConn{ws: ws}
		defer f.gone(c)
		for {
			var in wire.In
			if ws.ReadJSON(&in) != nil {
				return
			}
			if !f.frame(c, in, act) {
				return
			}
		}
	}
}

// frame acts on one frame and reports whether the connection lives on.
func (f *fake) frame(c *fakeConn, in wire.In, act func(*fakeConn, wire.In)) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.frames++
	cut := f.faults.cutEvery > 0 && f.frames%f.faults.cutEvery == 0
	if cut && f.frames%2 == 0 {
		return false
	}
	act(c, in)
	return !cut
}

func (f *fake) gone(c *fakeConn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	_ = c.ws.Close()
	if c.session != nil {
		delete(c.session.visitors, c)
	}
	for i, s := range f.seats {
		if s == c {
			f.seats = append(f.seats[:i], f.seats[i+1:]...)
			break
		}
	}
}

func (c *fakeConn) send(v any) { _ = c.ws.WriteJSON(v) }

// append stores an event once and shows it to whom it concerns.
func (f *fake) append(s *fakeSession, e wire.Event) uint64 {
	for _, old := range s.log {
		if old.ID == e.ID && !f.faults.storeMany {
			return old.Seq
		}
	}
	e.T, e.Seq = "event", uint64(len(s.log)+1)
	s.log = append(s.log, e)
	if e.Kind == "move" {
		s.owner = e.Owner
		s.agent = e.Agent
	}
	for v := range s.visitors {
		f.show(v, e)
	}
	for _, seat := range f.seats {
		if seat.account == s.agent || seat.account == e.Agent {
			seat.send(forAgent(s, seat, e))
		}
	}
	return e.Seq
}

func (f *fake) show(v *fakeConn, e wire.Event) {
	if f.faults.swallow && e.From == "agent" && e.Kind == "message" {
		return
	}
	v.send(e)
	if f.faults.repeat && e.From == "bot" {
		v.send(e)
	}
}

// forAgent is an event with its session, under the agent's own id if it is the agent's own.
func forAgent(s *fakeSession, seat *fakeConn, e wire.Event) wire.Event {
	e.Session = s.id
	e.ID = strings.TrimPrefix(e.ID, "a:"+seat.account+":")
	return e
}

func (f *fake) createAccount(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := &fakeAccount{}
	if err := json.NewDecoder(r.Body).Decode(a); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	a.ID = "agent-" + a.Login
	f.accounts[a.ID] = a
	answer(w, http.StatusCreated, a)
}

func (f *fake) listAccounts(w http.ResponseWriter, _ *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := []*fakeAccount{{ID: "admin", Login: "admin"}}
	for _, a := range f.accounts {
		all = append(all, a)
	}
	answer(w, http.StatusOK, map[string]any{"items": all})
}

func (f *fake) createKey(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := f.accounts[r.PathValue("id")]
	a.key = "yjk_" + a.ID
	answer(w, http.StatusCreated, map[string]any{"key": a.key})
}

func (f *fake) disable(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.accounts[r.PathValue("id")].Disabled = true
	w.WriteHeader(http.StatusNoContent)
}

func (f *fake) transcript(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	answer(w, http.StatusOK, map[string]any{"items": f.sessions[r.PathValue("id")].log})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// asksForPerson is how the fake reads words.
func (f *fake) asksForPerson(text string) bool {
	return !f.faults.deaf && escalate.AskScore(escalate.Normalise(text)) >= 0.8
}
