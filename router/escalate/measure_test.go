package escalate_test

import (
	"testing"
	"time"

	"yijian/router/escalate"
	"yijian/session"
)

func TestAConversationIsMeasuredByThePeaksOfItsSignalsAndNeverByPace(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	says := func(seq uint64, id, text string) session.Event {
		return session.Event{
			Seq: seq, ID: "v:" + id, At: at.Add(time.Duration(seq) * time.Second), Kind: session.KindMessage, From: session.FromVisitor,
			Body: session.Body{Text: text, Pace: &session.Pace{T: 4, Pause: 4, Edits: 4}},
		}
	}
	events := []session.Event{
		says(1, "a", "where is my parcel"), says(2, "b", "where is my parcel"), says(3, "c", "转人工"),
		{Seq: 4, ID: "m:1", At: at, Kind: session.KindMove, From: session.FromVisitor, Body: session.Body{To: session.Bot}},
	}
	version, got, err := escalate.Measure(events)
	if want := `{"asked":2,"repeated":1}`; err != nil || version != escalate.SignalVersion || string(got) != want {
		t.Errorf("got %s, version %d (%v), want %s", got, version, err, want)
	}
	if _, got, err := escalate.Measure(nil); err != nil || string(got) != "{}" {
		t.Errorf("of nothing: %s, %v", got, err)
	}
}
