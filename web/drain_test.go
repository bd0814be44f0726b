package web_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"

	"yijian/session/rdb/rdbtest"
)

func TestADrainSaysByeWithATimeToComeBackAndRefusesNewSockets(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	visitor, _ := w.visitor(t, "")
	agent := w.agent(t, "ann", 1)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	drained := make(chan error, 1)
	go func() { drained <- w.server.Drain(ctx, 0) }()
	for name, c := range map[string]*client{"visitor": visitor, "agent": agent} {
		if bye := c.is("bye"); bye.str("code") != "restart" || bye.num("retry_ms") <= 0 {
			t.Errorf("%s: got %v, want a time to come back", name, bye)
		}
		if code := c.closed(); code != 3000 {
			t.Errorf("%s: closed with %d, want 3000", name, code)
		}
	}
	if err := <-drained; err != nil {
		t.Errorf("drain: %v", err)
	}
	if c, err := net.DialTimeout("tcp", strings.TrimPrefix(w.url, "http://"), time.Second); err == nil {
		_ = c.Close()
		t.Error("a drained server still takes connections")
	}
}
