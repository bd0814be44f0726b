package check_test

import (
	"testing"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// acked has somebody hear of an event that is not in the log, and then Redis forget.
func acked(w *world, client string, role session.Role, conn int, after ...history.Entry) {
	w.Faults = []history.Fault{{At: 9_500_000, What: history.RedisForgot}}
	first := []history.Entry{{What: history.Acked, Seq: 9, ID: "m9"}}
	if conn == 3 { // a tab of its own
		first = append([]history.Entry{{What: history.Welcome, Session: sid, Seq: 9}}, first...)
	}
	for i, e := range append(first, after...) {
		e.Client, e.Role, e.Conn = client, role, conn
		e.At = 9_400_000 + int64(i)
		if role == session.FromAgent && e.What != history.Error && e.What != history.Closed {
			e.Session = sid // as journals of agents have it
		}
		w.entries = append(w.entries, e)
	}
}

func TestInvariant1WhatRedisForgotIsToldToThoseWhoHoldItAndToNobodyElse(t *testing.T) {
	t.Parallel()
	visitor := broken(1, "m9 of v1 was acknowledged at 9, where the log has a:li:accept-8.")
	agent := broken(1, "m9 of mei was acknowledged at 9, where the log has a:li:accept-8.")
	closes := history.Entry{What: history.Closed}
	sends := history.Entry{What: history.Sent, ID: "x9", Kind: session.KindMessage}
	moves := history.Entry{What: history.Event, Seq: 10, ID: "bye", Kind: session.KindMove, From: session.FromAgent, Owner: session.Closed}
	testViolations(t, []violated{
		{"a tab that is open, not told", func(w *world) { acked(w, "v1", session.FromVisitor, 2) }, visitor},
		{"a tab that was closed", func(w *world) { acked(w, "v1", session.FromVisitor, 3, closes) }, nil},
		{"a tab that was closed in a failover", func(w *world) {
			acked(w, "v1", session.FromVisitor, 3, closes)
			w.Durability, w.Faults[0].What = history.Fast, history.RedisFailover
		}, visitor},
		{"a tab that was closed long after", func(w *world) {
			acked(w, "v1", session.FromVisitor, 3, closes)
			w.entries[len(w.entries)-1].At += 9_000_000
		}, visitor},
		{"an agent who has it, not told", func(w *world) { acked(w, "mei", session.FromAgent, 1, sends) }, agent},
		{"an agent who closed it", func(w *world) { acked(w, "mei", session.FromAgent, 1, moves) }, nil},
		{"an agent whose console came anew", func(w *world) { acked(w, "mei", session.FromAgent, 1, closes) }, nil},
		{"an agent who was told that there is none", func(w *world) {
			acked(w, "mei", session.FromAgent, 1, sends, history.Entry{What: history.Error, ID: "x9", Code: "no_session"})
		}, nil},
	})
}

func TestInvariant1WhatCameToAnotherTabIsNotHeldByTheOneThatIsResumed(t *testing.T) {
	t.Parallel()
	event := history.Entry{
		At: 9_400_000, Client: "v1", Role: session.FromVisitor, Conn: 3,
		What: history.Event, Seq: 10, ID: "b:lost", Kind: session.KindMessage, From: session.FromBot, AI: true,
	}
	come := func(w *world, conn int) {
		w.Faults = []history.Fault{{At: 9_500_000, What: history.RedisForgot}}
		welcome := history.Entry{At: 9_399_000, Client: "v1", Role: session.FromVisitor, Conn: 3, What: history.Welcome, Session: sid, Seq: 9}
		e := event
		e.Conn = conn
		w.entries = append(w.entries, welcome, e)
	}
	testViolations(t, []violated{
		{"another tab", func(w *world) { come(w, 3) }, nil},
		{"this tab", func(w *world) { come(w, 2) }, broken(1, "v1 received event 10, and the log ends at 9.")},
	})
}

func TestInvariant5RedisMayForgetTheMoveByWhichATicketLeft(t *testing.T) {
	t.Parallel()
	left := func(w *world, archived, seen int64) {
		w.Faults = []history.Fault{{At: 15_000_000, What: history.RedisForgot}}
		w.Archives = []history.Archive{{At: 15_000_000, Session: sid, Epoch: archived}}
		w.Samples = append(w.Samples, history.DeskSample{At: 9_000_000, Site: "demo", Tickets: []history.Ticket{
			{Session: sid, State: "held", Agent: "li", Epoch: 5, Arrived: 1_003_000_000},
		}}, history.DeskSample{At: 9_500_000, Site: "demo"})
		w.entries = append(w.entries, history.Entry{
			At: seen, Client: "mei", Role: session.FromAgent, Conn: 1, What: history.Event, Session: sid,
			Seq: 10, ID: "bye", Kind: session.KindMove, From: session.FromAgent, Owner: session.Closed,
		})
	}
	gone := broken(5, "its ticket left the desk of demo without a move.")
	testViolations(t, []violated{
		{"before the record had it", func(w *world) { left(w, 5, 9_300_000) }, nil},
		{"after the record had it", func(w *world) { left(w, 6, 9_300_000) }, gone},
		{"but it came long after", func(w *world) { left(w, 5, 13_000_000) }, gone},
	})
}

func TestInvariant5RedisMayForgetATicketThatTheRecordHadNothingOf(t *testing.T) {
	t.Parallel()
	left := func(w *world, archived int64, told bool) {
		takenBack(w, told, "button")
		w.Faults = []history.Fault{{At: 15_000_000, What: history.RedisForgot}}
		w.Archives = []history.Archive{{At: 15_000_000, Session: sid, Epoch: archived}}
		ticket := history.Ticket{Session: sid, State: "waiting", Epoch: 6, Arrived: 1_002_100_000}
		w.Samples = append(w.Samples,
			history.DeskSample{At: 5_000_000, Site: "demo", Tickets: []history.Ticket{ticket}},
			history.DeskSample{At: 5_500_000, Site: "demo"})
	}
	gone := broken(5, "its ticket left the desk of demo without a move.")
	testViolations(t, []violated{
		{"nothing of it", func(w *world) { left(w, 5, true) }, nil},
		{"all of it", func(w *world) { left(w, 6, true) }, gone},
	})
}
