package replay

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/web/wire"
)

// handed is the history of a session that agent A has just taken.
func handed() []wire.Event {
	return []wire.Event{
		{Seq: 1, Kind: "message", From: "visitor", ID: "q1", Text: "where is my card"},
		{Seq: 2, Kind: "message", From: "bot", ID: "b:v:q1:1", Text: "no idea"},
		{Seq: 3, Kind: "move", From: "visitor", ID: "m:tap", Owner: "waiting"},
		{Seq: 4, Kind: "move", From: "agent", ID: "accept-1", Owner: "human", Agent: "A"},
	}
}

func TestAgentDoes(t *testing.T) {
	t.Parallel()
	hello := wire.Event{Seq: 5, Kind: "message", From: "visitor", ID: "q2", Text: "hello"}
	bye := wire.Event{Seq: 6, Kind: "message", From: "visitor", ID: "q3", Text: byeEN}
	answer := func(seq uint64, id string) wire.Event {
		return wire.Event{Seq: seq, Kind: "message", From: "agent", Agent: "A", ID: id}
	}
	lost := wire.Event{Seq: 6, Kind: "move", From: "system", ID: "m:lost", Owner: "waiting"}
	taken := func(by string) wire.Event {
		return wire.Event{Seq: 7, Kind: "move", From: "agent", ID: "accept-2", Owner: "human", Agent: by}
	}
	tests := map[string]struct {
		more []wire.Event
		upto uint64
		want []string
	}{
		"nothing while nobody has asked":           {},
		"answers the visitor":                      {more: []wire.Event{hello}, want: []string{"re-q2"}},
		"waits for the rest of the history":        {more: []wire.Event{hello}, upto: 6},
		"answers in order":                         {more: []wire.Event{hello, bye}, want: []string{"re-q2", "re-q3"}},
		"answers once":                             {more: []wire.Event{hello, answer(6, "re-q2")}},
		"takes an event once":                      {more: []wire.Event{hello, hello}, want: []string{"re-q2"}},
		"closes after the farewell was answered":   {more: []wire.Event{hello, bye, answer(7, "re-q2"), answer(8, "re-q3")}, want: []string{"bye-q3"}},
		"does not close while an answer is due":    {more: []wire.Event{hello, bye, answer(7, "re-q3")}, want: []string{"re-q2"}},
		"leaves it when it was taken away":         {more: []wire.Event{hello, lost}},
		"leaves it to another agent":               {more: []wire.Event{hello, lost, taken("B")}},
		"takes over what another left unanswered":  {more: []wire.Event{hello, lost, taken("A")}, want: []string{"re-q2"}},
		"knows another agent's answer by its name": {more: []wire.Event{hello, answer(6, "a:B:re-q2"), taken("A")}},
		"has nothing to do after the close":        {more: []wire.Event{hello, {Seq: 6, Kind: "move", From: "visitor", Owner: "closed"}}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := time.Now()
			r := &room{me: "A", upto: tc.upto}
			for _, e := range append(handed(), tc.more...) {
				r.event(e, now)
			}
			out, next := r.todo("S", now, 0)
			var got []string
			for _, in := range out {
				got = append(got, in.ID)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("frames (-want +got):\n%s", diff)
			}
			if !next.IsZero() {
				t.Errorf("something is due later although no thinking is needed")
			}
		})
	}
}

func TestAgentThinksBeforeAnswering(t *testing.T) {
	t.Parallel()
	const think = 2 * time.Second
	now := time.Now()
	r := &room{me: "A"}
	for _, e := range append(handed(), wire.Event{Seq: 5, Kind: "message", From: "visitor", ID: "q2", Text: "hello"}) {
		r.event(e, now)
	}
	out, next := r.todo("S", now.Add(think-1), think)
	if len(out) != 0 || !next.Equal(now.Add(think)) {
		t.Errorf("got %d frames and a look at %v, want none and a look at %v", len(out), next, now.Add(think))
	}
	if out, _ = r.todo("S", now.Add(think), think); len(out) != 1 {
		t.Errorf("got %d frames after thinking, want 1", len(out))
	}
}
