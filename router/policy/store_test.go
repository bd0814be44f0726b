package policy_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/session/record"
	"yijian/session/record/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

var backends = pgtest.Engines()

var (
	noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	meng = policy.Author{ID: "ag_meng", Name: "Meng"}
)

func onEach(t *testing.T, test func(t *testing.T, target string)) {
	t.Helper()
	for name, target := range backends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, target(t))
		})
	}
}

func open(t *testing.T, target string, first escalate.Policy) *policy.Store {
	t.Helper()
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := policy.Open(t.Context(), db, first, policy.Options{Log: zerolog.Nop(), Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stricter is a draft that hands over after one repetition.
func stricter() escalate.Policy {
	p := escalate.Default()
	p.SameQuestion = 1
	return p
}

func (f published) must(t *testing.T) policy.Version {
	t.Helper()
	if f.err != nil {
		t.Fatal(f.err)
	}
	return f.version
}

type published struct {
	version policy.Version
	err     error
}

func publish(s *policy.Store, base int, p escalate.Policy, reason string) published {
	v, err := s.Publish(context.Background(), base, p, meng, reason)
	return published{v, err}
}

func TestO2APublishedVersionIsHashedKeptAndRestoredWithTheSameHash(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		s := open(t, target, escalate.Default())
		first := s.Newest()
		second := publish(s, 1, stricter(), "  People ask twice and leave.  ").must(t)
		want := stricter()
		want.Version = 2
		if diff := cmp.Diff(want, s.Current()); diff != "" || second.Hash == first.Hash {
			t.Errorf("current (-want +got):\n%s", diff)
		}
		third, err := s.Restore(t.Context(), 2, 1, meng, "Too many handoffs.")
		if err != nil {
			t.Fatal(err)
		}
		if third.Hash != first.Hash || third.Version != 3 || third.Restores != 1 {
			t.Errorf("restored as %+v, want version 3 with the hash %s", third, first.Hash)
		}
		all, err := s.Versions(t.Context(), 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]policy.Version{third, second, {
			Policy: escalate.Default(), Hash: first.Hash, At: noon, By: "system", Name: "Yijian", Reason: "The settings at the first start.",
		}}, all); diff != "" {
			t.Errorf("versions (-want +got):\n%s", diff)
		}
		if second.Reason != "People ask twice and leave." || second.By != meng.ID {
			t.Errorf("audit: %+v", second)
		}
	})
}

func TestO2EveryNodeDecidesByANewVersionWithinFiveSeconds(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		here, there := open(t, target, escalate.Default()), open(t, target, escalate.Default())
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() { _ = there.Run(ctx) })
		t.Cleanup(func() { stop(); wg.Wait() })
		publish(here, 1, stricter(), "earlier").must(t)
		began, deadline := time.Now(), time.After(5*time.Second)
		for tick := time.NewTicker(10 * time.Millisecond); there.Current().Version != 2; {
			select {
			case <-tick.C:
			case <-deadline:
				t.Fatal("the other node does not know the new version after 5 s")
			}
		}
		t.Logf("live on the other node after %s", time.Since(began))
	})
}

func TestO2AStaleEditIsRefusedAlsoAtTheSameMoment(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, target string) {
		here, there := open(t, target, escalate.Default()), open(t, target, escalate.Default())
		publish(here, 1, stricter(), "earlier").must(t)
		if got := publish(there, 1, escalate.Default(), "another"); !errors.Is(got.err, policy.ErrStale) {
			t.Errorf("got %v, want ErrStale", got.err)
		}
		var wg sync.WaitGroup
		results := make(chan published, 8)
		for i := range 8 {
			s := []*policy.Store{here, there}[i%2]
			wg.Go(func() { results <- publish(s, 2, stricter(), "a race") })
		}
		wg.Wait()
		close(results)
		won := 0
		for r := range results {
			if r.err == nil {
				won++
			} else if !errors.Is(r.err, policy.ErrStale) {
				t.Errorf("got %v, want ErrStale", r.err)
			}
		}
		if won != 1 {
			t.Errorf("%d of 8 published version 3, want one", won)
		}
	})
}

func TestO1NothingIsPublishedWithoutAReason(t *testing.T) {
	t.Parallel()
	s := open(t, backends["sqlite"](t), escalate.Default())
	for _, reason := range []string{"", "  ", "ab", strings.Repeat("长", 501)} {
		if got := publish(s, 1, stricter(), reason); !errors.Is(got.err, policy.ErrNoReason) {
			t.Errorf("%.10q: got %v, want ErrNoReason", reason, got.err)
		}
	}
	if got := s.Current().Version; got != 1 {
		t.Errorf("version %d", got)
	}
	publish(s, 1, stricter(), "字太多").must(t)
}

func TestO3APolicyThatLowersFloorsIsRefusedWithAllOfThem(t *testing.T) {
	t.Parallel()
	s := open(t, backends["sqlite"](t), escalate.Default())
	p := escalate.Default()
	p.FailedTurns, p.BotSilentOffer, p.BotSilentTransfer, p.Always.Words = 4, time.Minute, 181*time.Second, false
	p.AssistAt, p.OfferAt = 90, 20
	_, err := s.Publish(t.Context(), 1, p, meng, "fewer handoffs")
	var bad *policy.Invalid
	if !errors.As(err, &bad) {
		t.Fatalf("got %v, want an *Invalid", err)
	}
	for _, want := range []string{"failed_turns is 4", "bot_silent_offer is 1m0s", "bot_silent_transfer is 3m1s", "always.words is off", "must rise"} {
		if !strings.Contains(strings.Join(bad.Problems, "\n"), want) {
			t.Errorf("the problems do not say %q:\n%v", want, bad.Problems)
		}
	}
	if got := s.Current(); got != escalate.Default() {
		t.Errorf("the current policy is %+v", got)
	}
}

func TestAServerDoesNotStartWithSettingsThatBreakAFloor(t *testing.T) {
	t.Parallel()
	db, err := record.Open(t.Context(), backends["sqlite"](t))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p := escalate.Default()
	p.FailedTurns = 4
	_, err = policy.Open(t.Context(), db, p, policy.Options{Log: zerolog.Nop(), Now: time.Now})
	if err == nil || !strings.Contains(err.Error(), "failed_turns is 4") {
		t.Errorf("got %v, want the floor named", err)
	}
	if _, err := policy.Fix(p); err == nil {
		t.Error("a fixed policy that breaks a floor was taken")
	}
}

func TestTheSettingsCountOnlyUntilSomethingWasPublished(t *testing.T) {
	t.Parallel()
	target := backends["sqlite"](t)
	publish(open(t, target, escalate.Default()), 1, stricter(), "earlier").must(t)
	other := escalate.Default()
	other.FailedTurns = 1
	if got := open(t, target, other).Current(); got.SameQuestion != 1 || got.FailedTurns != 2 || got.Version != 2 {
		t.Errorf("got %+v, want what was published", got)
	}
}

// TestO3AVersionThatWasTamperedWithIsNotTaken writes into the table as nobody may.
func TestO3AVersionThatWasTamperedWithIsNotTaken(t *testing.T) {
	t.Parallel()
	target := backends["sqlite"](t)
	s := open(t, target, escalate.Default())
	db, err := record.Open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec(t.Context(), `INSERT INTO policies (version, hash, body, at, by_id, by_name, reason, restores)
		SELECT 2, hash, REPLACE(body, '"failed_turns":2', '"failed_turns":9'), at, by_id, by_name, reason, 0 FROM policies`)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 2500*time.Millisecond)
	defer stop()
	_ = s.Run(ctx)
	if got := s.Current(); got != escalate.Default() {
		t.Errorf("took over %+v", got)
	}
}
