package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// trialist is a visitor of the trial mode, across its deaths.
type trialist struct {
	address string
	token   string
	acked   []string
	place   int // in line, 0 for none
}

// frame is what a trialist looks at.
type frame struct {
	T        string `json:"t"`
	ID       string `json:"id"`
	Token    string `json:"token"`
	Owner    string `json:"owner"`
	Seq      uint64 `json:"seq"`
	Position int    `json:"position"`
}

func (v person) frame() (f frame, err error) {
	_ = v.ws.SetReadDeadline(time.Now().Add(60 * time.Second))
	_, data, err := v.ws.ReadMessage()
	if err != nil {
		return f, err
	}
	return f, json.Unmarshal(data, &f)
}

// until reads frames up to one that is wanted.
func (v person) until(want func(frame) bool) frame {
	v.Helper()
	for {
		f, err := v.frame()
		if err != nil {
			v.Fatal(err)
		}
		if want(f) {
			return f
		}
	}
}

func (tr *trialist) hello(v person) frame {
	v.Helper()
	v.says(fmt.Sprintf(`{"t":"hello","site":"demo","token":%q}`, tr.token))
	welcome := v.until(func(f frame) bool { return f.T == "welcome" })
	tr.token = welcome.Token
	return welcome
}

// talks sends messages until the process dies, and notes which were acknowledged.
func (tr *trialist) talks(v person, acks *atomic.Int64) {
	for n := 0; ; n++ {
		id := fmt.Sprintf("m-%d", n)
		if v.ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"t":"message","id":%q,"text":"退款 %d"}`, id, n)) != nil {
			return
		}
		for {
			f, err := v.frame()
			if err != nil {
				return
			}
			if f.T == "ack" && f.ID == id {
				tr.acked = append(tr.acked, id)
				acks.Add(1)
				break
			}
			if f.T == "error" { // too fast
				time.Sleep(100 * time.Millisecond)
				break
			}
		}
	}
}

// Invariants 1, 6 and 12 in the trial mode: Redis dies with the process, and nothing is forgotten.
func TestTheTrialModeKilledAndStartedAgainKeepsAllThatWasAcknowledgedAndTheLine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	const visitors, inLine = 200, 60
	flags := []string{"--db", filepath.Join(t.TempDir(), "trial.db"), "--trusted-proxies", "127.0.0.1/32"}
	p := serves(t, "4096", flags...)
	all := make([]*trialist, visitors)
	var acks atomic.Int64
	var talking sync.WaitGroup
	for i := range all {
		tr := &trialist{address: fmt.Sprintf("10.0.%d.%d", i/200, i%200+1)}
		all[i] = tr
		v := p.person(t, tr.address)
		tr.hello(v)
		if i < inLine {
			v.says(`{"t":"human"}`)
			tr.place = v.until(func(f frame) bool { return f.T == "queue" && f.Position > 0 }).Position
		}
		talking.Go(func() { tr.talks(v, &acks) })
	}
	for acks.Load() < 5*visitors {
		select {
		case <-t.Context().Done():
			t.Fatal("too few messages were acknowledged")
		case <-time.After(10 * time.Millisecond):
		}
	}
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = p.Process.Wait()
	talking.Wait()

	p = serves(t, "4096", flags...)
	lost := 0
	for _, tr := range all {
		v := p.person(t, tr.address)
		welcome := tr.hello(v)
		if tr.place > 0 && welcome.Owner != "waiting" {
			t.Errorf("a visitor at place %d came back to owner %s", tr.place, welcome.Owner)
		}
		lost += tr.missing(v)
	}
	if lost > 0 {
		t.Errorf("%d of %d acknowledged messages are lost", lost, acks.Load())
	}
	for i, tr := range all[:inLine] {
		v := p.person(t, tr.address)
		tr.hello(v)
		v.says(`{"t":"human"}`)
		place := v.until(func(f frame) bool { return f.T == "queue" && f.Position > 0 }).Position
		if place != tr.place {
			t.Errorf("visitor %d is at place %d, was at %d", i, place, tr.place)
		}
	}
	t.Logf("%d acknowledged messages of %d visitors were there again", acks.Load(), visitors)
}

// missing counts the acknowledged messages that do not come back with welcome.
func (tr *trialist) missing(v person) int {
	v.Helper()
	there := map[string]bool{}
	v.says(`{"t":"history","before":1,"id":"all-here"}`) // a socket keeps the order
	v.until(func(f frame) bool {
		if f.T == "event" {
			there[strings.TrimPrefix(f.ID, "v:")] = true
		}
		return f.T == "history"
	})
	lost := 0
	for _, id := range tr.acked {
		if !there[id] {
			lost++
		}
	}
	return lost
}
