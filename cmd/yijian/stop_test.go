package main

import (
	"errors"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestSIGTERMRefusesNewVisitorsSaysByeInBatchesAndEndsWhenAllAreGone(t *testing.T) {
	t.Parallel()
	const visitors = 250 // three batches
	p := serves(t, "2000", "--drain-timeout", "15s")
	all := make([]person, visitors)
	for i := range all {
		all[i] = p.person(t, "").enters()
	}
	all[0].says(`{"t":"message","id":"last","text":"one more thing"}`)
	all[0].hears("ack")
	asked, last := time.Now(), time.Time{}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.refuses(t)
	waits := map[string]bool{}
	for _, v := range all {
		bye, at := v.leaves()
		if _, retry, ok := strings.Cut(bye, `"retry_ms":`); ok {
			waits[retry] = true
		} else {
			t.Errorf("got %s, want a time to come back", bye)
		}
		if at.After(last) {
			last = at
		}
	}
	if len(waits) < visitors/4 || last.Sub(asked) < time.Second {
		t.Errorf("%d different waits within %s, want them spread", len(waits), last.Sub(asked))
	}
	if err := p.Wait(); err != nil {
		t.Errorf("ended with %v, want 0", err)
	}
}

// refuses waits until a process that drains says so to a balancer and to a newcomer. It still lives.
func (p process) refuses(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		status, body := p.asks(t, "/readyz")
		if status == http.StatusServiceUnavailable && strings.Contains(body, `"code":"unavailable"`) {
			break
		}
		if time.Now().After(deadline) || status == 0 {
			t.Fatalf("readyz: got %d %s, want 503 while it drains", status, body)
		}
	}
	if _, status := p.knock(t, upgradeFrom("", p.addr)); status != http.StatusServiceUnavailable {
		t.Errorf("an upgrade while draining: got %d, want 503", status)
	}
	if status, _ := p.asks(t, "/healthz"); status != http.StatusOK {
		t.Errorf("healthz while draining: got %d, want 200, or it would be killed for being unwell", status)
	}
}

// leaves hears the bye and the close after it, and returns when that was.
func (v person) leaves() (bye string, at time.Time) {
	v.Helper()
	bye, at = v.hears("bye"), time.Now()
	_, _, err := v.ws.ReadMessage()
	if closed, ok := errors.AsType[*websocket.CloseError](err); !ok || closed.Code != 3000 {
		v.Errorf("got %v, want 3000", err)
	}
	_ = v.ws.Close()
	return bye, at
}
