package escalate_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
)

func TestTheDefaultPolicyIsValid(t *testing.T) {
	t.Parallel()
	if err := escalate.Default().Validate(); err != nil {
		t.Error(err)
	}
}

func TestValidateNamesEveryProblemAtOnce(t *testing.T) {
	t.Parallel()
	p := escalate.Default()
	p.Version = 0
	p.Always = escalate.Always{}
	p.FailedTurns, p.SameQuestion = 4, 0
	p.BotSilentOffer, p.BotSilentTransfer = 16*time.Second, 181*time.Second
	p.AssistAt, p.OfferAt, p.TransferAt, p.FadeOver = 0, 50, 40, 0
	p.Points[escalate.Failed] = [4]int{5, 4, 60, 100}
	p.Points[escalate.MoreTime][2] = 70
	err := p.Validate()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"version is 0", "always.button is off", "always.words is off", "always.refusal is off", "always.safety is off",
		"always.ai_label is off", "failed_turns is 4", "same_question is 0", "bot_silent_offer is 16s", "bot_silent_transfer is 3m1s",
		"assist_at is 0", "must rise", "fade_over is 0", "failed gives 5 points for nothing", "failed has 4 points after 5",
		"needs_more_time reaches offer_at",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

func TestAPolicySurvivesJSONAndKeepsItsHash(t *testing.T) {
	t.Parallel()
	p := escalate.Default()
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back escalate.Policy
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	back.Version = 7
	if back.Hash() != p.Hash() {
		t.Error("the version changed the hash, want only what the policy says to count")
	}
	back.BotSilentOffer = 14 * time.Second
	if back.Hash() == p.Hash() {
		t.Error("a shorter wait kept the hash")
	}
	back = p
	back.Points[escalate.Repeated][1]++
	if back.Hash() == p.Hash() {
		t.Error("other points kept the hash")
	}
}

func TestAPolicyThatCannotBeReadSaysWhy(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`{"failed_turn":2}`:                 "failed_turn",
		`{"points":{"mood":[0,1]}}`:         "the signals are asked",
		`{"points":{"repeated":[0,1]}}`:     "repeated has 2 points; write 4",
		`{"points":{"bot_silent":[1]}}`:     "bot_silent has 1 points; write 0",
		`{"assist_at":NaN}`:                 "invalid character",
		`{"bot_silent_offer_ms":"15s"}`:     "bot_silent_offer_ms",
		`{"transfer_at":1e999}`:             "transfer_at",
		`{"points":{"failed":[0,1,2,0.5]}}`: "reading points",
	} {
		var p escalate.Policy
		if err := json.Unmarshal([]byte(in), &p); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one that says %q", in, err, want)
		}
	}
}
