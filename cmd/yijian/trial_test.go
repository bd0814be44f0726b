package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// guestFlags let many guests come from this machine.
func guestFlags(t *testing.T, more ...string) []string {
	t.Helper()
	return append([]string{
		"--db", filepath.Join(t.TempDir(), "guests.db"), "--origins", "https://shop.example",
	}, more...)
}

// Invariants 1, 6 and 12 in the trial mode: Redis dies with the process, and nothing is forgotten.
func TestTheTrialModeKilledAndStartedAgainKeepsAllThatWasAcknowledgedAndTheLine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes half a minute")
	}
	visitors, inLine := 60, 20
	if long() {
		visitors, inLine = 200, 60
	}
	flags := guestFlags(t)
	p := serves(t, "4096", flags...)
	var h house
	h.is(p)
	all := guests(t, &h, visitors)
	eventually(t, "not everybody was greeted", func() bool { return sum(all, greeted) == visitors })
	line(t, all, inLine)
	// Everybody writes while the process is killed.
	for n := range 12 {
		for _, g := range all {
			g.says(fmt.Sprintf("m-%d", n))
		}
	}
	eventually(t, "too little was acknowledged", func() bool { return sum(all, acks) >= 3*visitors })
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = p.Process.Wait()
	before := sum(all, acks)

	began := time.Now()
	h.is(serves(t, "4096", flags...))
	inOrder(t, all, inLine)
	eventually(t, "not everybody got through", func() bool { return sum(all, acks) >= 12*visitors })
	eventually(t, "acknowledged messages are lost", func() bool { return sum(all, lost) == 0 })
	t.Logf("%d messages were acknowledged before the kill, all were there; the line stood in its order %s after the start",
		before, time.Since(began).Round(time.Millisecond))
}
