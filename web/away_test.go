package web_test

import (
	"net/http"
	"testing"

	"yijian/session/rdb/rdbtest"
)

func TestW19WithSQLAwayNothingIsNoticedAndWithBothAwayAHelloTellsPhoneAndHours(t *testing.T) {
	t.Parallel()
	db := rdbtest.Memory(t)
	w := newWorld(t, db)
	before, welcome := w.visitor(t, "")
	if err := w.record.Close(); err != nil {
		t.Fatal(err)
	}
	before.says("still here")
	before.is("ack")
	w.visitor(t, "") // a new conversation
	again, _ := w.visitor(t, welcome.str("token"))
	again.hears("visitor", "still here")

	_ = db.Client.Close()
	for _, token := range []string{"", welcome.str("token")} {
		c := w.dial(t, "/v1/visitor", http.Header{"Origin": {origin}})
		c.send(frame{"t": "hello", "site": "demo", "lang": "en", "token": token})
		e := c.errs("unavailable")
		if site, _ := e["site"].(map[string]any); site["phone"] != "400" || site["hours"] != "9–21" || e.num("retry_ms") <= 0 {
			t.Errorf("got %v, want phone, hours and when to try again", e)
		}
		if code := c.closed(); code < 3000 || code > 3499 {
			t.Errorf("closed with %d, want one that says come back", code)
		}
	}
}
