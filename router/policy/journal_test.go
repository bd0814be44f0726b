package policy_test

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/session/record"
)

// again is a visitor who asked the same once more: below the rule of the default policy.
func again(n int) escalate.Judgement {
	var in escalate.Input
	in.Features[escalate.Repeated] = escalate.Feature{Value: 1}
	d := escalate.Judge(in, escalate.Default())
	return escalate.Judgement{
		ID: "s:" + strconv.Itoa(n), Site: "demo", Session: "s", Seq: uint64(n), At: noon.Add(time.Duration(n) * time.Second),
		Decided: d, Done: d.Action,
	}
}

// flushed writes down what waits, as a stop does.
func flushed(t *testing.T, s *policy.Store) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestTheLastDecisionsAreJudgedAgainUnderADraft(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		s := open(t, target, escalate.Default())
		for n := range 3 {
			s.Judged(again(n))
			s.Judged(again(n)) // a turn that two nodes took
		}
		flushed(t, s)
		last, err := s.Decisions(t.Context(), []string{"demo", "other"}, true, 2)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]escalate.Judgement{again(2), again(1)}, last); diff != "" {
			t.Errorf("last (-want +got):\n%s", diff)
		}
		all, err := s.Preview(t.Context(), []string{"demo"}, stricter(), 50)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) != 3 || all[0].Decided.Action != escalate.Assist || all[0].Would.Action != escalate.Transfer || !all[0].Changed() {
			t.Errorf("preview %+v, want three times help that would have been a handoff", all)
		}
		if none, err := s.Decisions(t.Context(), []string{"other"}, false, 50); err != nil || len(none) != 0 {
			t.Errorf("of another site: %v, %v", none, err)
		}
		db, err := record.Open(t.Context(), target)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(db.Erase(t.Context(), "s"), db.Close()); err != nil {
			t.Fatal(err)
		}
		if none, err := s.Decisions(t.Context(), []string{"demo"}, false, 50); err != nil || len(none) != 0 {
			t.Errorf("after erasing the session: %v, %v", none, err)
		}
	})
}

func TestOldDecisionsLeaveTheWindow(t *testing.T) {
	t.Parallel()
	s := open(t, backends["sqlite"](t), escalate.Default())
	old := again(1)
	old.At = noon.AddDate(0, 0, -31)
	s.Judged(old)
	flushed(t, s)
	s.Judged(again(2))
	flushed(t, s)
	if all, err := s.Decisions(t.Context(), []string{"demo"}, false, 50); err != nil || len(all) != 1 {
		t.Errorf("got %d (%v), want one", len(all), err)
	}
}
