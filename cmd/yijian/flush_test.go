package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
)

// metric reads one number from a server.
func (p process) metric(t *testing.T, name string) float64 {
	t.Helper()
	for line := range strings.Lines(p.get(t, "/metrics")) {
		var n float64
		if rest, ok := strings.CutPrefix(line, name+" "); ok {
			if _, err := fmt.Sscan(rest, &n); err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatalf("there is no metric %s", name)
	return 0
}

func (p process) get(t *testing.T, path string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.addr+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Client{Timeout: 30 * time.Second}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// archived waits until the record has all that there is.
func (p process) archived(t *testing.T, least int) {
	t.Helper()
	eventually(t, "the record does not have all that was said", func() bool {
		return p.metric(t, "yijian_archived_events_total") >= float64(least) && p.metric(t, "yijian_archive_lag_seconds") == 0
	})
}

// Invariants 6 and 12: Redis forgets everything under open sessions, some of them in line. Make
// long-tests plays it with a thousand, three hundred of them in line.
func TestSessionsAndTheLineSurviveARedisThatForgetsEverything(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	visitors, inLine := 100, 30
	if long() {
		visitors, inLine = 1000, 300
	}
	server := rdbtest.StartServer(t)
	p := serves(t, "8192", guestFlags(t, "--redis", server.URL)...)
	var h house
	h.is(p)
	all := guests(t, &h, visitors)
	eventually(t, "not everybody was greeted", func() bool { return sum(all, greeted) == visitors })
	line(t, all, inLine)
	everybodySays(t, all, "before")
	p.archived(t, visitors+inLine)

	db, err := rdb.Open(t.Context(), server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := rdbtest.Flush(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	everybodySays(t, all, "after")
	t.Logf("all %d were acknowledged again %s after redis had forgotten everything", visitors, time.Since(began).Round(time.Millisecond))
	inOrder(t, all, inLine)
	if n := sum(all, lost); n > 0 {
		t.Errorf("%d acknowledged messages are lost", n)
	}
	if n := sum(all, func(g *guest) int { return g.begun }); n != visitors {
		t.Errorf("%d sessions were begun, want %d", n, visitors)
	}
}
