package escalate_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
)

func TestInvariant10ADecisionIsATableInEveryLanguageFromItsRecord(t *testing.T) {
	t.Parallel()
	d := new(log).visitor("abc").unsure().visitor("def").unsure().judge()
	record, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back escalate.Decision
	if err := json.Unmarshal(record, &back); err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]escalate.Table{
		"zh-CN": {Action: "转人工", Because: "规定：达到机器人没能回答 2 次就转人工", Policy: 1, Rows: []escalate.Row{
			{Signal: escalate.Failed, Label: "机器人没能回答", Value: "2 次", Points: 60, Decided: true, Evidence: []uint64{2, 4}},
		}},
		"zh-TW": {Action: "轉人工", Because: "規定：達到機器人沒能回答 2 次就轉人工", Policy: 1, Rows: []escalate.Row{
			{Signal: escalate.Failed, Label: "機器人沒能回答", Value: "2 次", Points: 60, Decided: true, Evidence: []uint64{2, 4}},
		}},
		"en": {Action: "hand over", Because: "Rule: at The bot could not answer 2 times, hand over", Policy: 1, Rows: []escalate.Row{
			{Signal: escalate.Failed, Label: "The bot could not answer", Value: "2 times", Points: 60, Decided: true, Evidence: []uint64{2, 4}},
		}},
	} {
		if diff := cmp.Diff(want, back.Table(lang)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}

func TestEverySignalHasALabelInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"zh-CN", "zh-TW", "en"} {
		for _, s := range escalate.Signals() {
			row := escalate.Decision{Signals: []escalate.Reading{{Signal: s.Signal, Value: 1}}}.Table(lang).Rows[0]
			if row.Label == s.Signal.String() || row.Value == "" {
				t.Errorf("%s has no words in %s: %+v", s.Signal, lang, row)
			}
		}
	}
}

func TestTraditionalChineseIsTraditional(t *testing.T) {
	t.Parallel()
	d := escalate.Decision{Action: escalate.Transfer, Reason: escalate.ReasonRepeated, Signals: []escalate.Reading{{Signal: escalate.Repeated, Value: 1}}}
	for _, lang := range []string{"zh-TW", "zh-HK", "zh-Hant", "zh-hant-CN"} {
		if got, want := d.Explain(lang), "您問了兩次同樣的問題，我們為您轉接客服人員。"; got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
	if got, want := d.Explain("zh-CN"), "您问了两次同样的问题，我们为您转接客服人员。"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestInvariant10ARecordHoldsAllThatDecided judges random conversations, reads the records back, and
// judges those: under the policy that decided, the decision is the same.
func TestInvariant10ARecordHoldsAllThatDecided(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 10))
	for i := range 3_000 {
		p := randomPolicy(r)
		events, _ := randomLog(r)
		in := escalate.Fold(events)
		in.Silence, in.Assist = time.Duration(r.IntN(90_000))*time.Millisecond, r.IntN(3)
		want := escalate.Judge(in, p)
		record, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var back escalate.Decision
		if err := json.Unmarshal(record, &back); err != nil {
			t.Fatalf("case %d: %v", i, err)
		}
		if diff := cmp.Diff(want, escalate.Judge(back.Input(), p)); diff != "" && in.Owner != "waiting" {
			t.Fatalf("case %d (-want +got):\n%s\n%s", i, diff, record)
		}
		if text := want.Explain("en"); (text == "") != (want.Action == escalate.Nothing) || strings.Contains(text, "{") {
			t.Fatalf("case %d: %q for %+v", i, text, want)
		}
	}
}
