package web_test

import (
	"testing"

	"yijian/agents"
	"yijian/session/rdb/rdbtest"
	"yijian/web/wire"
)

// While the record is away nobody can be asked who an agent is. That is no reason to sign anybody out: a
// console that was closed with a code of 3500 or more does not come back by itself.
func TestAnAgentWhoComesWhileTheRecordIsAwayIsToldToComeBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, rdbtest.Memory(t))
	account, err := w.accounts.Create(t.Context(), agents.Draft{
		Name: "Mei", Login: "mei", Role: agents.RoleAgent, Sites: []string{"demo"}, Capacity: 3,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := w.accounts.CreateKey(t.Context(), account.ID, "test")
	if err != nil {
		t.Fatal(err)
	}
	hello := func(token string) *client {
		c := w.dial(t, "/v1/agent", nil)
		c.send(frame{"t": "hello", "site": "demo", "token": token, "lang": "en"})
		return c
	}
	hello(key).is("snapshot")
	if code := hello("nobody's").closed(); code != wire.CloseRevoked {
		t.Errorf("a stranger was closed with %d, want %d", code, wire.CloseRevoked)
	}
	if err := w.record.Close(); err != nil {
		t.Fatal(err)
	}
	c := hello(key)
	c.errs("unavailable")
	if code := c.closed(); code != wire.CloseError {
		t.Errorf("closed with %d, want %d: come back", code, wire.CloseError)
	}
}
