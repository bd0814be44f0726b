package check_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yijian/cmd/yijian/torture/check"
	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

func TestAGoodHistoryHasNoViolations(t *testing.T) {
	t.Parallel()
	if got := check.Verify(good().history()); len(got) > 0 {
		t.Errorf("got %v", got)
	}
	if got := check.Verify(history.History{}); len(got) > 0 {
		t.Errorf("of nothing: got %v", got)
	}
}

func TestAKeptHistoryIsJudgedTheSame(t *testing.T) {
	t.Parallel()
	w := good()
	w.said("v1", history.Acked, "m2").Seq = 5
	dir := t.TempDir()
	if err := w.history().Save(dir); err != nil {
		t.Fatal(err)
	}
	kept, err := history.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(check.Verify(w.history()), check.Verify(kept)); diff != "" {
		t.Errorf("(-fresh +kept):\n%s", diff)
	}
}

// violated is what a change to the good history must be found to break, and nothing else.
type violated struct {
	name   string
	change func(w *world)
	want   []check.Violation
}

func broken(invariant int, what string) []check.Violation {
	return []check.Violation{{Invariant: invariant, Session: sid, What: what}}
}

func testViolations(t *testing.T, cases []violated) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := good()
			c.change(w)
			got := check.Verify(w.history())
			if diff := cmp.Diff(c.want, got, cmpopts.IgnoreFields(check.Violation{}, "Evidence"), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestInvariant1TheLogIsWholeAndHoldsWhatWasAcknowledged(t *testing.T) {
	t.Parallel()
	testViolations(t, []violated{
		{"an event stored twice", func(w *world) {
			w.add(history.Stored{ID: "v:m2", Kind: session.KindMessage, From: session.FromVisitor, Hash: history.Hash("my parcel")})
		}, broken(1, "the event v:m2 is stored twice, at 6 and 10.")},
		{"a gap in seq", func(w *world) {
			w.add(history.Stored{ID: "v:m3", Kind: session.KindMessage, From: session.FromVisitor})
			w.events[9].Seq++
		}, broken(1, "seq goes from 9 to 11.")},
		{
			"a torn chain", func(w *world) { w.events[5].Prev = "b:v:m1:1" },
			broken(1, "event 6 does not follow the event before it."),
		},
		{"a state that is behind its log", func(w *world) {
			s := session.State{Seq: 8, Tail: "a:mei:back", Epoch: 5, Owner: session.Human, Agent: "li", Arrived: 1_003_000_000}
			w.state = &s
		}, broken(1, `the state stands at 8 "a:mei:back", the log ends with 9 "a:li:accept-8".`)},
		{"an ack of what is not there", func(w *world) {
			w.entries = append(w.entries, history.Entry{At: 9_000_000, Client: "v1", Role: session.FromVisitor, Conn: 2, What: history.Acked, ID: "m3", Seq: 10})
		}, broken(1, "m3 of v1 was acknowledged at 10, and the log ends at 9.")},
		{
			"an ack at another seq", func(w *world) { w.said("mei", history.Acked, "x1").Seq = 6 },
			broken(1, "x1 of mei was acknowledged at 6, where the log has v:m2."),
		},
		{
			"another text than was sent", func(w *world) { w.said("v1", history.Sent, "m1").Hash = 9 },
			broken(1, "m1 of v1 is stored with another text than it was sent with."),
		},
	})
}

func TestInvariant1ClientsHoldTheLog(t *testing.T) {
	t.Parallel()
	testViolations(t, []violated{
		{"an event left out", func(w *world) { w.forget("v1", history.Event, "b:v:m1:1") }, []check.Violation{
			{Invariant: 1, Session: sid, What: "v1 did not receive event 2."}, // when it came, and still at the end
			{Invariant: 1, Session: sid, What: "v1 did not receive event 2."},
		}},
		{
			"an event left out for an agent", func(w *world) { w.forget("mei", history.Event, "v:m2") },
			broken(1, "mei did not receive event 6."),
		},
		{"an event left out on a resume", func(w *world) { w.forget("v1", history.Event, "a:mei:back") }, []check.Violation{
			{Invariant: 1, Session: sid, What: "v1 did not receive event 8."},
			{Invariant: 1, Session: sid, What: "v1 did not receive event 8."},
		}},
		{
			"the end left out", func(w *world) { w.forget("v1", history.Event, "a:li:accept-8") },
			broken(1, "v1 did not receive event 9."),
		},
		{"an event twice", func(w *world) {
			again := *w.said("v1", history.Event, "m2")
			again.At++
			w.entries = append(w.entries, again)
		}, broken(1, "v1 received 6 after 6.")},
		{
			"a fork", func(w *world) { w.said("v1", history.Event, "b:v:m1:1").ID = "b:v:m0:1" },
			broken(1, "v1 received b:v:m0:1 as event 2, where the log has b:v:m1:1."),
		},
		{
			"another owner than the log's", func(w *world) { w.said("v1", history.Event, "m:tap").Owner = session.Human },
			broken(1, "v1 was told by event 3 that human answers; the log says waiting."),
		},
		{
			"another text than the log's", func(w *world) { w.said("v1", history.Event, "m2").Hash = 9 },
			broken(1, "v1 received event 6 with another text than the log has."),
		},
	})
}

// After a failover, fast may have forgotten the end of a log. A history in which it did: m9 was
// acknowledged at 9, then the log went on without it.
func forgotten(w *world, durability history.Durability, told bool) {
	w.Durability = durability
	w.Faults = []history.Fault{{At: 1_000_000, What: history.RedisFailover}}
	lost := []history.Entry{
		{At: 1_410_000, Conn: 1, What: history.Sent, ID: "m9", Kind: session.KindMessage},
		{At: 1_411_000, Conn: 1, What: history.Acked, ID: "m9", Seq: 9},
	}
	if told {
		lost = append(lost, history.Entry{At: 1_412_000, Conn: 1, What: history.Welcome, Session: sid, Seq: 5, Reset: true},
			history.Entry{At: 1_413_000, Conn: 1, What: history.Event, Seq: 1, ID: "m1", Kind: session.KindMessage, From: session.FromVisitor})
	}
	for _, e := range lost {
		e.Client, e.Role = "v1", session.FromVisitor
		w.entries = append(w.entries, e)
	}
}

func TestInvariant1AFailoverMayTakeAnAckOnlyInFastAndOnlyIfTheClientIsTold(t *testing.T) {
	t.Parallel()
	what := "m9 of v1 was acknowledged at 9, where the log has a:li:accept-8."
	testViolations(t, []violated{
		{"fast, told, and sent what is missing", func(w *world) {
			forgotten(w, history.Fast, true)
			for i, e := range goodVisitor()[6:12] { // the window after the reset, and then the rest
				if e.What == history.Event {
					e.At = 1_420_000 + int64(i)
					w.entries = append(w.entries, e)
				}
			}
			w.entries = slices.DeleteFunc(w.entries, func(e history.Entry) bool {
				return e.Client == "v1" && e.At >= 1_300_000 && e.At < 1_410_000
			})
			w.entries = append(w.entries, history.Entry{
				At: 1_430_000, Client: "v1", Role: session.FromVisitor, Conn: 1,
				What: history.Event, Seq: 6, ID: "m2", Kind: session.KindMessage, From: session.FromVisitor,
			})
		}, nil},
		{"fast, not told", func(w *world) { forgotten(w, history.Fast, false) }, broken(1, what)},
		{"safe", func(w *world) { forgotten(w, history.Safe, false) }, broken(1, what)},
	})
}

// takenBack is a wish for a person that a node told in safe before a replica had it, and that a failover
// took: v1 saw it at 10, where the log has nothing.
func takenBack(w *world, told bool, reason string) {
	w.Faults = []history.Fault{{At: 2_000_000, What: history.RedisFailover}}
	window := []history.Entry{
		{What: history.Event, Seq: 10, ID: "m:tap9", Kind: session.KindMove, From: session.FromVisitor, Owner: session.Waiting, Reason: reason},
	}
	if told {
		window = append(window, history.Entry{What: history.Welcome, Session: sid, Seq: 9, Reset: true})
		for _, e := range goodVisitor() {
			if e.What == history.Event {
				window = append(window, e)
			}
		}
	}
	for i, e := range window {
		e.At, e.Client, e.Role, e.Conn = 2_200_000+int64(i), "v1", session.FromVisitor, 2
		w.entries = append(w.entries, e)
	}
}

func TestInvariants1And5AFailoverMayTakeAWishForAPersonOnlyIfTheClientIsTold(t *testing.T) {
	t.Parallel()
	lost := "v1 received event 10, and the log ends at 9."
	left := func(w *world, told bool, arrived int64) {
		takenBack(w, told, "button")
		ticket := history.Ticket{Session: sid, State: "waiting", Epoch: 6, Arrived: arrived}
		w.Samples = append(w.Samples,
			history.DeskSample{At: 9_500_000, Site: "demo", Tickets: []history.Ticket{ticket}},
			history.DeskSample{At: 10_500_000, Site: "demo"})
	}
	gone := broken(5, "its ticket left the desk of demo without a move.")
	testViolations(t, []violated{
		{"told", func(w *world) { takenBack(w, true, "button") }, nil},
		{"not told", func(w *world) { takenBack(w, false, "button") }, broken(1, lost)},
		{"told, but it was a message that reopened", func(w *world) { takenBack(w, true, "reopened") }, broken(1, lost)},
		{"with its ticket", func(w *world) { left(w, true, 1_002_100_000) }, nil},
		{"with a ticket that is older than the failover", func(w *world) { left(w, true, 1_000_500_000) }, gone},
		{"with a ticket that the log knows", func(w *world) { left(w, true, 1_003_000_000) }, gone},
		{"with its ticket, not told", func(w *world) { left(w, false, 1_002_100_000) }, append(broken(1, lost), gone...)},
	})
}

func TestInvariant1AFailoverMayTakeWhatAClientOpenedOnlyIfTheClientIsTold(t *testing.T) {
	t.Parallel()
	// Event 9 was there when v1 came back, and went with the master.
	opened := func(w *world, told bool, seq uint64) {
		takenBack(w, told, "button")
		w.forget("v1", history.Event, "m:tap9")
		for i := range w.entries {
			if e := &w.entries[i]; e.Client == "v1" && e.At < 2_200_000 && e.Conn == 2 {
				switch {
				case e.What == history.Welcome:
					e.Seq = seq
				case e.Seq == 9:
					e.ID = "a:li:gone"
				}
			}
		}
	}
	what := broken(1, "v1 received a:li:gone as event 9, where the log has a:li:accept-8.")
	testViolations(t, []violated{
		{"told", func(w *world) { opened(w, true, 9) }, nil},
		{"not told", func(w *world) { opened(w, false, 9) }, what},
		{"told, but it came after the session was opened", func(w *world) { opened(w, true, 8) }, what},
	})
}

func TestInvariant2OnlyLegalMovesByThoseWhoMay(t *testing.T) {
	t.Parallel()
	testViolations(t, []violated{
		{"a second accept", func(w *world) {
			w.add(history.Stored{ID: "a:wu:accept-9", Kind: session.KindMove, From: session.FromAgent, By: "wu", To: session.Human, Agent: "wu", Arrived: 1_003_000_000})
			w.Final, w.Resumes[0].Seq = nil, 9
		}, broken(2, "event 10 moves the session from human to human by agent, which is not legal.")},
		{
			"another agent's release", func(w *world) { w.events[7].By = "li" },
			broken(2, "event 8 is a move by li, while mei answers."),
		},
		{"another agent's message", func(w *world) {
			w.add(history.Stored{ID: "a:mei:late", Kind: session.KindMessage, From: session.FromAgent, By: "mei"})
		}, broken(2, "event 10 is a message of mei, while the owner is human li.")},
		{"a message in a closed session", func(w *world) {
			w.add(history.Stored{ID: "m:end", Kind: session.KindMove, From: session.FromVisitor, To: session.Closed})
			w.add(history.Stored{ID: "v:m3", Kind: session.KindMessage, From: session.FromVisitor})
			w.Final = nil
		}, broken(2, "event 11 is a visitor's message in a closed session.")},
		{"two owners", func(w *world) {
			s := session.State{Seq: 9, Tail: "a:li:accept-8", Epoch: 5, Owner: session.Human, Agent: "mei", Arrived: 1_003_000_000}
			w.state = &s
		}, broken(2, "the state has the agent mei, the log folds into li.")},
		{
			"a repair of what was not broken", func(w *world) { repaired(w) },
			broken(2, "event 10 repairs a log that no failover can have rolled back."),
		},
		{"a repair after a failover", func(w *world) {
			repaired(w)
			w.Faults = []history.Fault{{At: 1, What: history.RedisFailover}}
		}, nil},
		{"a repair to an older epoch", func(w *world) {
			repaired(w)
			w.events[9].Epoch = 4
			w.Faults = []history.Fault{{At: 1, What: history.RedisFailover}}
			w.Samples, w.Final = nil, nil
		}, broken(2, "event 10 repairs the log to epoch 4, and it is at 5.")},
		{"a decision about an old ask", func(w *world) {
			w.add(history.Stored{ID: "m:back", Kind: session.KindMove, From: session.FromVisitor, To: session.Bot})
			w.add(history.Stored{ID: "m:v:m1", Kind: session.KindMove, From: session.FromSystem, To: session.Waiting, Arrived: 1_011_000_000})
			w.Final = nil
		}, broken(2, "event 11 moves the session for the ask v:m1, which was not open any more.")},
	})
}

// repaired gives the session back to mei by a repair, as if the log had lost that she took it again.
func repaired(w *world) {
	w.add(history.Stored{
		ID: "m:repair:8", Kind: session.KindMove, From: session.FromSystem, To: session.Human, Agent: "mei",
		Arrived: 1_003_000_000, Epoch: 8,
	})
	w.Final[0].Tickets[0].Agent, w.Final[0].Tickets[0].Epoch = "mei", 8
}

func TestInvariant3NoBotAfterAHandoff(t *testing.T) {
	t.Parallel()
	say := func(id string) func(w *world) {
		return func(w *world) {
			w.add(history.Stored{ID: id, Kind: session.KindMessage, From: session.FromBot})
		}
	}
	back := func(then func(w *world)) func(w *world) {
		return func(w *world) {
			w.add(history.Stored{ID: "m:back", Kind: session.KindMove, From: session.FromVisitor, To: session.Bot})
			w.Final = nil
			then(w)
		}
	}
	testViolations(t, []violated{
		{"a bot beside a person", say("b:v:m2:1"), []check.Violation{
			{Invariant: 3, Session: sid, What: "event 10 is the bot's, while the owner is human."},
		}},
		{"an answer to an ask of before", back(say("b:v:m1:2")), broken(3, `event 11 answers the ask v:m1, but "" was open.`)},
		{"an id that names no ask", back(say("hello")), broken(3, "event 11 is the bot's, and its id hello names no ask.")},
		{"the bot again, after the visitor's return", back(func(w *world) {
			w.add(history.Stored{ID: "v:m3", Kind: session.KindMessage, From: session.FromVisitor})
			say("b:v:m3:1")(w)
			w.add(history.Stored{ID: "b:v:m3:2", Kind: session.KindMove, From: session.FromBot, To: session.Waiting, Arrived: 1_013_000_000})
		}), nil},
	})
}

func TestInvariant4HumanIsNeverRefused(t *testing.T) {
	t.Parallel()
	refused := func(code string) func(w *world) {
		return func(w *world) {
			w.entries = append(w.entries, history.Entry{At: 850_000, Client: "v1", Role: session.FromVisitor, Conn: 1, What: history.Error, ID: "tap", Code: code})
		}
	}
	testViolations(t, []violated{
		{"refused", refused("slow_down"), broken(4, "v1 asked for a person and was refused: slow_down.")},
		{"the store was away", refused("unavailable"), nil},
		{"acknowledged past it", func(w *world) {
			// The tap is sent on a conversation that the bot goes on with.
			w.events = w.events[:2]
			w.add(history.Stored{ID: "v:m2", Kind: session.KindMessage, From: session.FromVisitor, Hash: history.Hash("my parcel")})
			w.entries = slices.DeleteFunc(w.entries, func(e history.Entry) bool {
				return e.Role == session.FromAgent || e.What == history.Event && e.Seq > 2 || e.Conn == 2
			})
			w.said("v1", history.Acked, "m2").Seq = 3
			w.Samples, w.Final, w.Resumes = nil, nil, nil
		}, broken(4, "v1 asked for a person before it sent m2, and neither was in line by then nor with a person.")},
	})
}

func TestInvariant5NobodyIsDropped(t *testing.T) {
	t.Parallel()
	waits := func(w *world) {
		w.events = w.events[:8]
		w.forget("v1", history.Event, "a:li:accept-8")
		w.Resumes[0].Seq = 8
	}
	testViolations(t, []violated{
		{"no ticket for who waits", func(w *world) {
			waits(w)
			w.Final[0].Tickets, w.Final[0].Seats = nil, nil
		}, broken(5, "the session waits, and the desk has no ticket for it.")},
		{"held for who waits", waits, broken(5, "the session waits, and the desk believes that li has it.")},
		{"an agent without a hold", func(w *world) {
			w.Final[0].Tickets[0].Agent = "mei"
		}, broken(5, "li answers the session, and the desk does not know.")},
		{"a ticket of nobody", func(w *world) {
			w.add(history.Stored{ID: "m:end", Kind: session.KindMove, From: session.FromVisitor, To: session.Closed})
		}, broken(5, "the desk has a ticket, and the owner is closed.")},
		{"a ticket that vanished", func(w *world) {
			w.Samples = append(w.Samples,
				history.DeskSample{At: 9_500_000, Site: "demo", Tickets: w.Final[0].Tickets},
				history.DeskSample{At: 10_500_000, Site: "demo"})
		}, broken(5, "its ticket left the desk of demo without a move.")},
	})
}

func TestInvariant6TheArrivalIsKept(t *testing.T) {
	t.Parallel()
	testViolations(t, []violated{
		{"given back as if it came now", func(w *world) {
			w.events[7].Arrived, w.events[8].Arrived = 1_008_000_000, 1_008_000_000
			w.Final = nil
		}, broken(6, "event 8 changes the arrival from 1003000000 to 1008000000.")},
		{"a handoff with the arrival of another time", func(w *world) {
			for _, i := range []int{2, 3, 7, 8} {
				w.events[i].Arrived = 1_002_000_000
			}
			w.Samples, w.Final = nil, nil
		}, broken(6, "event 3 hands off at 1003000 ms, with the arrival 1002000000 µs.")},
		{
			"the desk forgets it", func(w *world) { w.Samples[0].Tickets[0].Arrived++ },
			broken(6, "the desk has the arrival 1003000001, the log 1003000000."),
		},
	})
}

func TestInvariant7SeatsAndOffers(t *testing.T) {
	t.Parallel()
	const other = session.ID("0190c0de-0000-7000-8000-000000000002")
	testViolations(t, []violated{
		{"more holds than the capacity", func(w *world) {
			w.Samples[0].Seats[0].Holds = append(w.Samples[0].Seats[0].Holds, other)
		}, []check.Violation{{Invariant: 7, What: "the seat of mei holds 2, its capacity is 1."}}},
		{"one ticket with two seats", func(w *world) {
			w.Samples[0].Seats[1].Holds = []session.ID{sid}
		}, broken(7, "its ticket is with mei and with li.")},
		{"offered to two at once", func(w *world) {
			w.entries = append(w.entries, history.Entry{At: 3_150_000, Client: "li", Role: session.FromAgent, Conn: 1, Session: sid, What: history.Offer, Offer: "o9", LeftMS: 25_000})
		}, broken(7, "it was offered to mei and to li at the same time.")},
		{"offered again after a decline", func(w *world) {
			answer := w.entries[slices.IndexFunc(w.entries, func(e history.Entry) bool { return e.What == history.Accept })]
			answer.What, answer.At = history.Decline, 3_140_000
			w.entries = append(w.entries, answer, history.Entry{At: 3_150_000, Client: "li", Role: session.FromAgent, Conn: 1, Session: sid, What: history.Offer, Offer: "o9", LeftMS: 25_000})
		}, nil},
	})
}

func TestInvariant7AnAgentTalksToNoMoreThanTheCapacity(t *testing.T) {
	t.Parallel()
	w := good()
	h := w.history()
	const other = session.ID("0190c0de-0000-7000-8000-000000000002")
	events := goodLog()[2:4] // handed off and accepted by mei, while the first is with her
	events[0].Seq, events[0].Prev, events[1].Seq = 1, "", 2
	s := session.State{Epoch: 1, Owner: session.Bot}
	for _, e := range events {
		s = session.Fold(s, e.Event())
	}
	h.Logs[other] = history.Log{Session: other, State: s, Events: events}
	h.Final = nil
	want := []check.Violation{{Invariant: 7, Session: other, What: "with it mei answers 2 sessions, the capacity is 1."}}
	if diff := cmp.Diff(want, check.Verify(h), cmpopts.IgnoreFields(check.Violation{}, "Evidence")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestInvariant11AIIsLabelled(t *testing.T) {
	t.Parallel()
	testViolations(t, []violated{
		{
			"a bot without the label", func(w *world) { w.said("v1", history.Event, "b:v:m1:1").AI = false },
			broken(11, "v1 received event 2 from bot with ai=false."),
		},
		{
			"a person with it", func(w *world) { w.said("v1", history.Event, "a:mei:x1").AI = true },
			broken(11, "v1 received event 5 from agent with ai=true."),
		},
		{"a bot shown as a person", func(w *world) {
			e := w.said("v1", history.Event, "b:v:m1:1")
			e.AI, e.From = false, session.FromAgent
		}, broken(11, "v1 received event 2 from agent; it is from bot.")},
	})
}

func TestInvariant12EverySessionResumes(t *testing.T) {
	t.Parallel()
	testViolations(t, []violated{
		{"refused", func(w *world) {
			w.Resumes[0].OK, w.Resumes[0].Problem = false, "closed with 3500"
		}, broken(12, "v1 could not resume it: closed with 3500.")},
		{"never tried", func(w *world) { w.Resumes[0].Session = "another" }, broken(12, "nobody resumed it.")},
		{"no log", func(w *world) {
			w.events, w.Samples, w.Final, w.Resumes = nil, nil, nil, nil
		}, broken(12, "a client was welcomed to it, and it has no log.")},
	})
}

func TestInvariants1And6WhatTheRecordHadWhenRedisForgotIsThereInTheEnd(t *testing.T) {
	t.Parallel()
	forgot := func(ids ...string) func(w *world) {
		return func(w *world) {
			w.Faults = []history.Fault{{At: 3_600_000, What: history.RedisForgot}}
			w.Archives = []history.Archive{{At: 3_600_000, Session: sid, IDs: ids, Owner: session.Waiting, Epoch: 2, Arrived: 1_003_000_000}}
		}
	}
	testViolations(t, []violated{
		{"all of it", forgot("v:m1", "b:v:m1:1", "m:tap"), nil},
		{
			"an event is lost", forgot("v:m1", "b:v:m1:1", "m:tap", "v:lost"),
			broken(1, "the record had event 4, v:lost, when redis forgot, and the log does not have it."),
		},
		{
			"an event has another number", forgot("b:v:m1:1"),
			broken(1, "the record had b:v:m1:1 as event 1 when redis forgot; the log has it as 2."),
		},
		{"a place is lost", func(w *world) {
			forgot("v:m1", "b:v:m1:1", "m:tap")(w)
			w.Archives[0].Arrived = 1_002_000_000
		}, broken(6, "the record had the arrival 1002000000 when redis forgot, the log has 1003000000.")},
	})
}
