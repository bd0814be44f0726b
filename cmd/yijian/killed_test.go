package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/rdb/rdbtest"
	"yijian/session/record"
	"yijian/session/record/pgtest"
)

// Invariants 1 and 12: the server and PostgreSQL are killed, each for itself and both at once, while
// conversations begin all the time. Make long-tests has 200 of them a second.
func TestKilledServersAndAKilledPostgreSQLUnderLoadLeaveARecordThatIsTheLogs(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	rate, apart, rounds := 25, 500*time.Millisecond, 1
	if long() {
		rate, apart, rounds = 200, 4*time.Second, 5
	}
	server, pg := rdbtest.StartServer(t), pgtest.Start(t)
	flags := guestFlags(t, "--redis", server.URL, "--db", pg.URL, "--site-sessions", "0")
	p := serves(t, "8192", flags...)
	var h house
	h.is(p)
	came := passersBy(t, &h, rate)

	pause := func() { <-time.After(apart) }
	startAgain := func() { p = serves(t, "8192", flags...); h.is(p) }
	for range rounds {
		pause()
		p.dies(t)
		pause()
		startAgain()
		pause()
		pg.Kill()
		pause()
		pg.Restart(t)
		pause()
		p.dies(t)
		pg.Kill()
		pg.Restart(t)
		startAgain()
	}
	pause()
	all := came()
	sessions, events := sameEverywhere(t, server.URL, pg.URL)
	keptAll(t, server.URL, pg.URL, all)
	t.Logf("%d visitors at %d a second, 2 messages each, through %d kills of the server and %d of PostgreSQL: the record is the logs, %d sessions with %d events",
		len(all), rate, 2*rounds, 2*rounds, sessions, events)
}

// dies kills the process as the kernel does.
func (p process) dies(t *testing.T) {
	t.Helper()
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = p.Process.Wait()
}

// passersBy begin a conversation each, so many a second, say two things, and go once those are
// acknowledged; on a machine that cannot keep up, the next one waits until somebody has gone. The
// function it returns lets nobody new come and waits until all have gone.
func passersBy(t *testing.T, h *house, rate int) (came func() []*guest) {
	t.Helper()
	const says, most = 2, 2000
	room := make(chan struct{}, most)
	ctx, cut := context.WithCancel(t.Context())
	var shut atomic.Bool
	var all []*guest
	var inside, door sync.WaitGroup
	door.Go(func() {
		tick := time.NewTicker(time.Second / time.Duration(rate))
		defer tick.Stop()
		for !shut.Load() && ctx.Err() == nil {
			<-tick.C
			select {
			case room <- struct{}{}:
			case <-ctx.Done():
				return
			}
			g := newGuest(h, len(all))
			own, leave := context.WithCancel(ctx)
			g.stays, g.leaves = says, leave
			for n := range says {
				g.says(fmt.Sprint("m-", n))
			}
			all = append(all, g)
			inside.Go(func() { defer leave(); g.run(own, t); <-room })
		}
	})
	t.Cleanup(func() { cut(); door.Wait(); inside.Wait() })
	return func() []*guest {
		shut.Store(true)
		door.Wait()
		eventually(t, "not everybody got through", func() bool { return sum(all, acks) >= says*len(all) })
		inside.Wait()
		return all
	}
}

// keptAll looks for every acknowledged message in the log of its session.
func keptAll(t *testing.T, redisURL, target string, all []*guest) {
	t.Helper()
	redisDB, err := rdb.Open(t.Context(), redisURL)
	if err != nil {
		t.Fatal(err)
	}
	defer redisDB.Close()
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	log, lost := session.NewLog(redisDB, nil).Recorded(db), 0
	for _, g := range all {
		events, err := log.Read(t.Context(), session.ID(g.session), 1, 1<<40)
		if err != nil {
			t.Fatal(err)
		}
		stored := map[string]bool{}
		for _, e := range events {
			stored[e.ID] = true
		}
		for _, id := range g.acked {
			if !stored["v:"+id] {
				lost++
			}
		}
	}
	if lost > 0 {
		t.Errorf("%d acknowledged messages are in no log", lost)
	}
}
