package replay

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/web/wire"
)

func TestGradeCountsWhatTheBotSaidToQuestions(t *testing.T) {
	t.Parallel()
	questions := []line{{ID: "q1", Category: "my card"}, {ID: "q2", Category: "pin"}, {ID: "q3", Category: "fee"}, {ID: "q4"}}
	visitor := func(id string) wire.Event { return wire.Event{Kind: "message", From: "visitor", ID: id} }
	bot := func(intent string, unsure bool) wire.Event {
		return wire.Event{Kind: "message", From: "bot", Intent: intent, Unsure: unsure}
	}
	waiting := wire.Event{Kind: "move", From: "visitor", Owner: "waiting", Reason: "button"}
	tests := map[string]struct {
		log  []wire.Event
		want grades
	}{
		"understood":                 {[]wire.Event{visitor("q1"), bot("my_card", false)}, grades{1, 1, 1, 1, ""}},
		"misunderstood":              {[]wire.Event{visitor("q2"), bot("fee", false)}, grades{1, 1, 1, 0, ""}},
		"unsure but right":           {[]wire.Event{visitor("q2"), bot("pin", true)}, grades{1, 0, 1, 1, ""}},
		"unsure without an idea":     {[]wire.Event{visitor("q2"), bot("", true)}, grades{1, 0, 1, 0, ""}},
		"without a category":         {[]wire.Event{visitor("q4"), bot("pin", false)}, grades{1, 1, 0, 0, ""}},
		"the bot was silent":         {[]wire.Event{visitor("q1"), visitor("q2"), bot("pin", false)}, grades{2, 1, 1, 1, ""}},
		"handed off instead":         {[]wire.Event{visitor("q1"), waiting}, grades{Asked: 1, Reason: "button"}},
		"asked a person":             {[]wire.Event{waiting, visitor("q1")}, grades{Reason: "button"}},
		"only the first words count": {[]wire.Event{visitor("q2"), bot("pin", false), bot("fee", false)}, grades{1, 1, 1, 1, ""}},
		"not a question of the file": {[]wire.Event{visitor("plea"), bot("pin", false)}, grades{}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, grade(questions, tc.log)); diff != "" {
				t.Errorf("grades (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuantilesAreTimesThatOccurred(t *testing.T) {
	t.Parallel()
	var hundred []time.Duration
	for i := 100; i > 0; i-- {
		hundred = append(hundred, time.Duration(i)*time.Millisecond)
	}
	tests := map[string]struct {
		all  []time.Duration
		want Quantiles
	}{
		"none":    {nil, Quantiles{}},
		"one":     {[]time.Duration{1234567}, Quantiles{1, 1.2, 1.2}},
		"two":     {[]time.Duration{4e6, 2e6}, Quantiles{2, 2, 4}},
		"hundred": {hundred, Quantiles{100, 50, 99}},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, quantilesOf(tc.all)); diff != "" {
				t.Errorf("quantiles (-want +got):\n%s", diff)
			}
		})
	}
}
