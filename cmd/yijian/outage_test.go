package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijian/session/rdb/rdbtest"
	"yijian/session/record/pgtest"
)

// outage is a way in which the record takes nothing any more, and how that ends.
type outage struct {
	target     string
	begin, end func(t *testing.T)
}

var outages = map[string]func(t *testing.T) outage{
	"PostgreSQL stopped": func(t *testing.T) outage {
		t.Helper()
		pg := pgtest.Start(t)
		return outage{target: pg.URL, begin: func(*testing.T) { pg.Stop() }, end: func(t *testing.T) { t.Helper(); pg.Restart(t) }}
	},
	"a full disk": func(t *testing.T) outage {
		t.Helper()
		folder := smallDisk(t)
		return outage{
			target: filepath.Join(folder, "record.db"),
			begin:  func(t *testing.T) { t.Helper(); fill(t, filepath.Join(folder, "something else")) },
			end:    func(t *testing.T) { t.Helper(); grow(t, folder) },
		}
	},
}

// Invariant 1 and DESIGN §9: while the record is away, visitors notice nothing. Make long-tests has it
// away for ten minutes.
func TestWhileTheRecordIsAwayVisitorsNoticeNothingAndAfterwardsItHasAllOfIt(t *testing.T) {
	t.Parallel()
	for name, prepare := range outages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() {
				t.Skip("it takes some ten seconds")
			}
			awayUnderLoad(t, prepare(t))
		})
	}
}

func awayUnderLoad(t *testing.T, o outage) {
	t.Helper()
	visitors, lasts, pace := 40, time.Duration(0), time.Millisecond
	if long() {
		visitors, lasts, pace = 200, 10*time.Minute, 2*time.Second
	}
	server := rdbtest.StartServer(t)
	p := serves(t, "4096", guestFlags(t, "--redis", server.URL, "--db", o.target)...)
	var h house
	h.is(p)
	staff(t, &h, o.target, 2+visitors/20, 40) // room for all: who does not help is a bot
	all := guests(t, &h, visitors)
	eventually(t, "not everybody was greeted", func() bool { return sum(all, greeted) == visitors })
	everybodySays(t, all, "before")
	withPeople(t, all[:visitors/8])

	o.begin(t)
	began, said := time.Now(), 0
	for n := 0; n < 4 || time.Since(began) < lasts || !p.degraded(t); n++ {
		everybodySays(t, all, fmt.Sprint("meanwhile-", n))
		said += len(all)
		switch n {
		case 1:
			withPeople(t, all[visitors/8:visitors/4])
		case 2: // some come only now
			late := guests(t, &h, 5)
			eventually(t, "who came meanwhile was not greeted", func() bool { return sum(late, greeted) == len(late) })
			all = append(all, late...)
			withPeople(t, late[:2])
		}
		<-time.After(pace)
	}
	away := time.Since(began)
	unbothered(t, all)
	o.end(t)

	eventually(t, "the server does not find out that the record is back", func() bool { return p.get(t, "/readyz") == "ok\n" })
	everybodySays(t, all, "after")
	unbothered(t, all)
	sessions, events := sameEverywhere(t, server.URL, o.target)
	if sessions != len(all) {
		t.Errorf("the record has %d sessions, want %d", sessions, len(all))
	}
	t.Logf("the record was away for %s while %d messages were acknowledged; it had all %d sessions with %d events %s after it was back",
		away.Round(time.Millisecond), said, sessions, events, time.Since(began.Add(away)).Round(time.Millisecond))
}

// degraded reports whether the server says that it is, and that visitors may be sent to it all the same.
func (p process) degraded(t *testing.T) bool {
	t.Helper()
	status, body := p.asks(t, "/readyz")
	if status != http.StatusOK {
		t.Errorf("readyz: %d %s, want 200: visitors are served", status, body)
	}
	return strings.HasPrefix(body, "degraded")
}

// withPeople hands guests over: each presses, gets a person, says something and is answered.
func withPeople(t *testing.T, some []*guest) {
	t.Helper()
	before := sum(some, answers)
	for _, g := range some {
		if sum([]*guest{g}, withPerson) == 0 {
			g.presses()
		}
	}
	eventually(t, "not everybody who pressed got a person", func() bool {
		return sum(some, withPerson) == len(some)
	})
	everybodySays(t, some, fmt.Sprint("to-a-person-", before))
	eventually(t, "not everybody was answered", func() bool { return sum(some, answers) >= before+len(some) })
}

func withPerson(g *guest) int { return map[string]int{"human": 1}[g.owner] }
