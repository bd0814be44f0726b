package backtest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/backtest"
	"yijian/router/escalate"
)

const file = `{"id":"calm","turns":[{"from":"visitor","text":"how much is delivery"},{"from":"bot","text":"Delivery is free above 30.","intent":"fee"},{"from":"visitor","text":"thanks"}]}
{"id":"words","turns":[{"from":"visitor","text":"my parcel is late"},{"from":"bot","text":"It comes within three days, I am told.","intent":"late"},{"from":"visitor","text":"let me talk to a human"},{"from":"bot","text":"never heard","intent":"x"}]}

{"id":"failed","turns":[{"from":"visitor","text":"abc"},{"from":"bot","text":"?","unsure":true},{"from":"visitor","text":"def"},{"from":"bot","text":"?","unsure":true},{"from":"visitor","text":"转人工"}]}
{"id":"agent","turns":[{"from":"visitor","text":"hello"},{"from":"agent","text":"Hi, Mei here."},{"from":"visitor","text":"stop the bot"},{"from":"agent","text":"There is none."}]}
{"id":"lost","turns":[{"from":"visitor","text":"what if my card is stolen"},{"from":"bot","text":"Freeze it in the app under cards.","intent":"freeze"}]}
`

func TestConversationsAreReplayedUntilTheHandoff(t *testing.T) {
	t.Parallel()
	cs, err := backtest.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	r := backtest.Run(cs, escalate.Default())
	want := backtest.Report{
		Policy: 1, Conversations: 5, Turns: 8,
		Decisions: map[string]int{"none": 7, "assist": 2, "offer": 2, "transfer": 2},
		Most:      map[string]int{"none": 2, "offer": 1, "transfer": 2},
		Reasons: map[string]map[string]int{
			"assist": {"failed_turns": 1}, "offer": {"safety": 1}, "transfer": {"words": 1, "failed_turns": 1},
		},
		TransferTurns: map[int]int{2: 2},
	}
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := r.TransferredShare(); got != .4 {
		t.Errorf("TransferredShare = %v, want 0.4", got)
	}
}

func TestTheReportReadsLikeASentence(t *testing.T) {
	t.Parallel()
	cs, err := backtest.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := backtest.Run(cs, escalate.Default()).WriteText(&b); err != nil {
		t.Fatal(err)
	}
	const want = `policy                  1
conversations           5  (8 messages of visitors to the bot)
transfer                2  40.0 %  2 decisions
  failed_turns          1  20.0 %
  words                 1  20.0 %
offer                   1  20.0 %  2 decisions
  safety                1  20.0 %
assist                  0  0.0 %  2 decisions
  failed_turns          1  20.0 %
none                    2  40.0 %  7 decisions
transferred at message  2: 2
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNothingToReplayIsAnEmptyReport(t *testing.T) {
	t.Parallel()
	r := backtest.Run(nil, escalate.Default())
	var b strings.Builder
	if err := r.WriteText(&b); err != nil || r.TransferredShare() != 0 {
		t.Errorf("share %v, error %v", r.TransferredShare(), err)
	}
}
