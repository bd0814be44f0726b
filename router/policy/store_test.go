package policy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/router/policy"
)

func TestTheGivenPolicyDecides(t *testing.T) {
	t.Parallel()
	want := escalate.Default()
	want.FailedTurns, want.BotSilentTransfer = 3, 90*time.Second
	s, err := policy.New(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, s.Current()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAPolicyThatBreaksFloorsIsRefusedWithAllOfThem(t *testing.T) {
	t.Parallel()
	p := escalate.Default()
	p.FailedTurns, p.BotSilentOffer, p.BotSilentTransfer, p.Always.Words = 4, time.Minute, -time.Second, false
	_, err := policy.New(p)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"failed_turns is 4", "bot_silent_offer is 1m0s", "bot_silent_transfer is -1s", "always.words is off"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

func TestACallerCannotChangeThePolicy(t *testing.T) {
	t.Parallel()
	s, err := policy.New(escalate.Default())
	if err != nil {
		t.Fatal(err)
	}
	p := s.Current()
	p.Points[escalate.Failed][1] = 999
	if diff := cmp.Diff(escalate.Default(), s.Current()); p == s.Current() || diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
