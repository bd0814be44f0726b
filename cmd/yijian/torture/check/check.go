package check

import (
	"cmp"
	"fmt"
	"slices"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// Violation is one invariant broken in one session. Session is empty if it is about a whole desk.
type Violation struct {
	Invariant int
	Session   session.ID
	// What happened, in a sentence.
	What string
	// Evidence are the lines of the history that show it.
	Evidence []string
}

func (v Violation) String() string {
	if v.Session == "" {
		return fmt.Sprintf("invariant %d: %s", v.Invariant, v.What)
	}
	return fmt.Sprintf("invariant %d, session %s: %s", v.Invariant, v.Session, v.What)
}

// rule judges one session; found is how it tells what it found.
type rule struct {
	invariant int
	judge     func(t *talk, found report)
}

// report takes down a violation: a sentence, and what shows it.
type report func(what string, evidence ...any)

// rules are what every session is held to.
var rules = []rule{
	{1, numberedWithoutGaps},
	{1, acksAreKept},
	{1, archivesAreKept},
	{1, clientsHoldTheLog},
	{2, movesAreLegal},
	{2, stateIsTheFold},
	{2, writersAreFenced},
	{3, botIsSilentAfterAHandoff},
	{4, humanIsNeverRefused},
	{6, movesKeepTheArrival},
	{6, archivesKeepTheirPlace},
	{11, aiIsLabelled},
	{12, sessionsResume},
}

// deskRules are what the desks are held to, against the logs of all sessions.
var deskRules = []struct {
	invariant int
	judge     func(v *view, found deskReport)
}{
	{5, nobodyIsDropped},
	{5, ticketsLeaveForAReason},
	{6, ticketsKeepTheArrival},
	{7, seatsHoldTheirCapacity},
	{7, agentsTalkWithinCapacity},
	{7, offersAreToOneSeat},
	{12, welcomedSessionsExist},
}

type deskReport func(id session.ID, what string, evidence ...any)

// Verify judges a history. What it returns is ordered by invariant and session, so that the same
// history gives the same answer.
func Verify(h history.History) []Violation {
	v := newView(h)
	var all []Violation
	add := func(n int) deskReport {
		return func(id session.ID, what string, evidence ...any) {
			all = append(all, Violation{n, id, what, lines(evidence)})
		}
	}
	for _, t := range v.talks {
		for _, r := range rules {
			found := add(r.invariant)
			r.judge(t, func(what string, evidence ...any) { found(t.id, what, evidence...) })
		}
	}
	for _, r := range deskRules {
		r.judge(v, add(r.invariant))
	}
	slices.SortStableFunc(all, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.Invariant, b.Invariant), cmp.Compare(a.Session, b.Session))
	})
	return all
}

func lines(evidence []any) []string {
	var out []string
	for _, e := range evidence {
		out = append(out, line(e))
	}
	return out
}
