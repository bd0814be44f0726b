package web_test

import (
	"testing"

	"yijian/session/rdb/rdbtest"
	"yijian/web/wire"
)

// Invariant 4: a wish for a person in a session that Redis lost before the record had it is not answered
// with no. The page comes back with its token, begins again under its id, and presses once more.
func TestInvariant4AVisitorWhoseSessionIsLostIsToldToComeBackAndGoesOn(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(t *testing.T, w *world) {
		c, welcome := w.visitor(t, "")
		if err := rdbtest.Flush(t.Context(), w.db); err != nil {
			t.Fatal(err)
		}
		c.send(frame{"t": "human", "id": "tap"})
		if code := c.closed(); code != wire.CloseError {
			t.Errorf("closed with %d, want %d: come back", code, wire.CloseError)
		}
		again, now := w.visitor(t, welcome.str("token"))
		if now.str("session") != welcome.str("session") {
			t.Errorf("came back to %s, want %s", now.str("session"), welcome.str("session"))
		}
		again.send(frame{"t": "human", "id": "tap"})
		again.is("queue")
	})
}
