package escalate_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
)

func TestADecisionExplainsItselfFromItsRecord(t *testing.T) {
	t.Parallel()
	const same = "您的包裹三天之内会送到您手上。"
	d := new(log).visitor("到哪了").bot(same, "p").visitor("还没到").bot(same, "p").visitor("怎么还没到").bot(same, "p").judge()
	record, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"action":"transfer","reason":"repeated","rule":true,"signals":[` +
		`{"name":"repeated","value":2,"points":80,"limit":2,"evidence":[1,3,5]},` +
		`{"name":"bot_repeated","value":2,"points":50,"evidence":[2,4,6]}],` +
		`"points":130,"policy":1}`
	if diff := cmp.Diff(want, string(record)); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	var back escalate.Decision
	if err := json.Unmarshal(record, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, back); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
	if got, want := back.Explain("zh-CN"), "您问了三次同样的问题，我们为您转接客服人员。"; got != want {
		t.Errorf("Explain(zh-CN) = %s, want %s", got, want)
	}
	if got, want := back.Explain("en"), "You asked the same question three times, so we are connecting you to a person."; got != want {
		t.Errorf("Explain(en) = %s, want %s", got, want)
	}
}

func TestARuleNotesTheLimitThatHeld(t *testing.T) {
	t.Parallel()
	d := new(log).visitor("abc").unsure().visitor("def").unsure().judge()
	want := escalate.Decision{
		Action: escalate.Transfer, Reason: "failed_turns", Rule: true, Points: 60, Policy: 1,
		Signals: []escalate.Reading{{Signal: escalate.Failed, Value: 2, Points: 60, Limit: 2, Evidence: []uint64{2, 4}}},
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryReasonHasASentenceInEveryLanguage(t *testing.T) {
	t.Parallel()
	reasons := []string{
		escalate.ReasonWords, escalate.ReasonRefusedBot, escalate.ReasonSafety, escalate.ReasonFailedTurns,
		escalate.ReasonBotSilent, escalate.ReasonRepeated, escalate.ReasonBotRepeated, escalate.ReasonMoreTime,
		escalate.ReasonFrustrated, escalate.ReasonComplaint, escalate.ReasonReturned, escalate.ReasonHesitated,
		escalate.ReasonPersonFirst,
	}
	for _, lang := range []string{"zh-CN", "zh-TW", "en", "fr", ""} {
		for _, reason := range reasons {
			for a := escalate.Assist; a <= escalate.Transfer; a++ {
				s := escalate.Decision{Action: a, Reason: reason}.Explain(lang)
				if len(s) < 20 || strings.HasPrefix(s, "，") || strings.HasPrefix(s, ",") || strings.Contains(s, "{") {
					t.Errorf("%s %s in %q: %q", a, reason, lang, s)
				}
			}
		}
	}
	if s := (escalate.Decision{}).Explain("en"); s != "" {
		t.Errorf("nothing decided is explained as %q, want no words", s)
	}
}

func TestJudgeKeepsTheFloorsUnderAPolicyThatLowersThem(t *testing.T) {
	t.Parallel()
	lax := escalate.Policy{TransferAt: 1 << 30, OfferAt: 1 << 30, AssistAt: 1 << 30, FailedTurns: 99, BotSilentTransfer: 1 << 60, BotSilentOffer: 1 << 60}
	for _, l := range []*log{
		new(log).visitor("转人工"), new(log).visitor("stop the bot"), new(log).visitor("my card was stolen"),
		new(log).visitor("a").unsure().visitor("b").unsure().visitor("c").unsure(),
	} {
		if d := escalate.Judge(escalate.Fold(l.events), lax); d.Action != escalate.Transfer || !d.Rule {
			t.Errorf("%q: %+v, want a transfer by rule", l.events[0].Body.Text, d)
		}
	}
	in := escalate.Input{Silence: escalate.MaxBotSilentTransfer}
	if d := escalate.Judge(in, lax); d.Action != escalate.Transfer {
		t.Errorf("a bot silent for %v: %v, want a transfer", in.Silence, d.Action)
	}
}
