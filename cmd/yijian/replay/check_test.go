package replay

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/web/wire"
)

// whole is a session in which nothing went wrong: a question, its answer, the button, a person, the
// end. Each test plants a fault in a copy of it.
func whole() (story, []wire.Event) {
	log := []wire.Event{
		{Seq: 1, Kind: "message", From: "visitor", ID: "q1", Text: "where is my card"},
		{Seq: 2, Kind: "message", From: "bot", AI: true, ID: "b:v:q1:1", Text: "on its way"},
		{Seq: 3, Kind: "move", From: "visitor", ID: "m:tap", Owner: "waiting", Reason: "button"},
		{Seq: 4, Kind: "decision", From: "system", ID: "s:decision:1"},
		{Seq: 5, Kind: "move", From: "agent", ID: "a:A:accept-1", Owner: "human", Agent: "A", Reason: "accepted"},
		{Seq: 6, Kind: "message", From: "visitor", ID: "q2", Text: "hello"},
		{Seq: 7, Kind: "message", From: "agent", ID: "a:A:re-q2", Agent: "A", Text: "hello to you"},
		{Seq: 8, Kind: "note", From: "agent", ID: "a:A:note", Agent: "A", Text: "friendly"},
		{Seq: 9, Kind: "move", From: "agent", ID: "a:A:bye-q2", Owner: "closed", Agent: "A", Reason: "closed_by_agent"},
		{Seq: 10, Kind: "rating", From: "visitor", ID: "rating-4", Score: 5},
	}
	s := story{Session: "S", Finished: true, Open: true, Wanted: true, life: 1, Sent: []sent{
		{line: line{ID: "q1", Text: "where is my card"}, Seq: 1},
		{line: line{ID: "q2", Text: "hello"}, Seq: 6},
	}}
	return s, show(&s, log)
}

// at is the index of the event with a seq.
func at(events []wire.Event, seq uint64) int {
	return slices.IndexFunc(events, func(e wire.Event) bool { return e.Seq == seq })
}

func without(events []wire.Event, seq uint64) []wire.Event {
	i := at(events, seq)
	return slices.Delete(slices.Clone(events), i, i+1)
}

// insert puts an event behind those up to seq after, numbering the rest anew, and shows it all to a
// visitor who has seen nothing else.
func insert(s *story, log []wire.Event, after uint64, e wire.Event) []wire.Event {
	log = slices.Insert(slices.Clone(log), at(log, after)+1, e)
	for i := range log {
		log[i].Seq = uint64(i + 1)
		if m := s.message(log[i].ID); m != nil {
			m.Seq = log[i].Seq
		}
	}
	return show(s, log)
}

// show lets the visitor see a transcript and nothing else.
func show(s *story, log []wire.Event) []wire.Event {
	s.Seen, s.Held = nil, nil
	for _, e := range log {
		if visible(e) {
			s.event(e)
		}
	}
	return log
}

func TestCheckFindsEachPlantedFaultAndNothingElse(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		plant func(s *story, log []wire.Event) []wire.Event
		want  faults
	}{
		"nothing": {
			plant: func(_ *story, log []wire.Event) []wire.Event { return log },
		},
		"an acknowledged message is not stored": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Sent = append(s.Sent, sent{line: line{ID: "q3", Text: "and this"}, Seq: 11})
				return log
			},
			want: faults{Lost: []string{"message q3 is not in the transcript"}},
		},
		"a message of a visitor who finished is not stored": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Sent = append(s.Sent, sent{line: line{ID: "q3", Text: "and this"}})
				return log
			},
			want: faults{Lost: []string{"message q3 is not in the transcript"}},
		},
		"an unanswered message of a visitor who did not finish is owed by nobody": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Finished = false
				s.Sent = append(s.Sent, sent{line: line{ID: "q3", Text: "and this"}})
				return log
			},
		},
		"a refused message was never taken": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Sent = append(s.Sent, sent{line: line{ID: "q3", Text: "and this"}, Refused: wire.BadText})
				return log
			},
		},
		"a message is stored with another text": {
			plant: func(_ *story, log []wire.Event) []wire.Event {
				log[at(log, 6)].Text = "hallo"
				return log
			},
			want: faults{Lost: []string{"message q2 is stored with another text"}},
		},
		"a message is acknowledged as another": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.message("q2").Seq = 7
				return log
			},
			want: faults{Lost: []string{"message q2 was acknowledged as 7 and is stored as 6"}},
		},
		"an event never reached the visitor": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Held = without(s.Held, 7)
				return log
			},
			want: faults{Lost: []string{"event 7 a:A:re-q2 never reached the visitor"}},
		},
		"an event that came late is not held": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				show(s, nil)
				for _, seq := range []uint64{1, 3, 2, 4, 5, 6, 7, 9, 10} {
					s.event(log[at(log, seq)])
				}
				return log
			},
			want: faults{Lost: []string{"event 2 b:v:q1:1 never reached the visitor"}},
		},
		"a visitor without a connection cannot be shown anything": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Open, s.Held = false, without(s.Held, 10)
				return log
			},
		},
		"an event that was shown is gone": {
			plant: func(_ *story, log []wire.Event) []wire.Event { return without(log, 10) },
			want:  faults{Lost: []string{"event 10 rating-4 was shown and is not in the transcript"}},
		},
		"an event nobody saw is missing": {
			plant: func(_ *story, log []wire.Event) []wire.Event { return without(log, 8) },
			want:  faults{Lost: []string{"event 8 is missing from the transcript"}},
		},
		"the whole transcript is gone": {
			plant: func(s *story, _ []wire.Event) []wire.Event {
				s.Held = s.Held[:1]
				s.Wanted = false
				return nil
			},
			want: faults{Lost: []string{
				"message q1 is not in the transcript", "message q2 is not in the transcript",
				"event 1 q1 was shown and is not in the transcript",
			}},
		},
		"a message is stored twice": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				log = insert(s, log, 6, log[at(log, 6)])
				s.message("q2").Seq = 7 // as an ack of the second would have it
				return log
			},
			want: faults{Doubled: []string{"q2 is stored as 6 and as 7"}},
		},
		"two agents may use the same id": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				return insert(s, log, 8, wire.Event{Kind: "note", From: "agent", ID: "a:A:note", Agent: "B"})
			},
		},
		"an event came twice on one connection": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.event(log[at(log, 2)])
				return log
			},
			want: faults{Doubled: []string{"event 2 came twice on connection 1"}},
		},
		"an event came again on another connection": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.welcome(wire.Welcome{Session: "S", Owner: "closed"})
				s.event(log[at(log, 10)])
				return log
			},
		},
		"the bot speaks while the visitor waits": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				return insert(s, log, 3, wire.Event{Kind: "message", From: "bot", ID: "b:v:q0:1"})
			},
			want: faults{BotAfterHandoff: []string{"event 4 b:v:q0:1 is the bot's, after the handoff"}},
		},
		"the bot speaks after the agent has closed": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				return insert(s, log, 9, wire.Event{Kind: "message", From: "bot", ID: "b:v:q2:1"})
			},
			want: faults{BotAfterHandoff: []string{"event 10 b:v:q2:1 is the bot's, after the handoff"}},
		},
		"the bot speaks after the visitor went back to it": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				log = insert(s, log, 5, wire.Event{Kind: "move", From: "visitor", ID: "m:back", Owner: "bot"})
				log = insert(s, log, 6, wire.Event{Kind: "message", From: "bot", ID: "b:v:q1:2"})
				return insert(s, log, 7, wire.Event{Kind: "move", From: "visitor", ID: "m:again", Owner: "human", Agent: "A"})
			},
		},
		"the bot's own way of giving way is no word after it": {
			plant: func(_ *story, log []wire.Event) []wire.Event {
				log[at(log, 3)].From = "bot"
				return log
			},
		},
		"the session was not given back": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Open, s.Finished, s.Unresumed = false, false, "it closed with 3501"
				return log
			},
			want: faults{Dropped: []string{"the session was not given back: it closed with 3501"}},
		},
		"nobody came": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Finished, s.Held, s.Sent = false, s.Held[:4], s.Sent[:1]
				return log[:4]
			},
			want: faults{Dropped: []string{"the visitor wanted a person and none came"}},
		},
		"the agent was lost and nobody else came": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Finished, s.Sent = false, s.Sent[:1]
				return show(s, append(log[:5:5], wire.Event{
					Seq: 6, Kind: "move", From: "system", ID: "m:lost", Owner: "waiting", Reason: "agent_lost",
				}))
			},
			want: faults{Dropped: []string{"the visitor wanted a person and none came"}},
		},
		"the tap had no effect at all": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Finished, s.Held, s.Sent = false, s.Held[:2], s.Sent[:1]
				return log[:2]
			},
			want: faults{Dropped: []string{"the visitor wanted a person and none came"}},
		},
		"the visitor left the line": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Sent = s.Sent[:1]
				return show(s, append(log[:4:4], wire.Event{
					Seq: 5, Kind: "move", From: "visitor", ID: "m:end", Owner: "closed",
				}))
			},
		},
		"the router closed it in the line": {
			plant: func(s *story, log []wire.Event) []wire.Event {
				s.Finished, s.Sent = false, s.Sent[:1]
				return show(s, append(log[:4:4], wire.Event{
					Seq: 5, Kind: "move", From: "system", ID: "s:idle", Owner: "closed", Reason: "idle",
				}))
			},
			want: faults{Dropped: []string{"event 5 took the session from waiting to closed by system (idle)"}},
		},
		"the router gave it back to the bot": {
			plant: func(_ *story, log []wire.Event) []wire.Event {
				i := at(log, 9)
				log[i].From, log[i].Owner, log[i].Reason = "system", "bot", "tired"
				return log
			},
			want: faults{Dropped: []string{"event 9 took the session from human to bot by system (tired)"}},
		},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, log := whole()
			log = tc.plant(&s, log)
			if diff := cmp.Diff(tc.want, check(s, log)); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAResetForgetsWhatWasHeld(t *testing.T) {
	t.Parallel()
	s, log := whole()
	s.welcome(wire.Welcome{Session: "S", Owner: "bot", Reset: true})
	if len(s.Held) != 0 || s.Resets != 1 || s.last().Seq != 0 {
		t.Fatalf("after a reset the visitor holds %d events (%d resets)", len(s.Held), s.Resets)
	}
	for _, e := range log {
		if visible(e) {
			s.event(e)
		}
	}
	if diff := cmp.Diff(faults{}, check(s, log)); diff != "" {
		t.Errorf("faults after the events came again (-want +got):\n%s", diff)
	}
}
