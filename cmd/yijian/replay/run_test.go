package replay

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"yijian/cmd/yijian/client"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// against returns settings for a run against a fake server, short enough for a test.
func against(t *testing.T, f *fake) Config {
	t.Helper()
	file := filepath.Join(t.TempDir(), "questions.csv")
	if err := os.WriteFile(file, []byte("text,category\none,c1\ntwo,c2\nthree,c1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return Config{
		CSV: file, Sessions: 20, Parallel: 20, Press: 0.4, Ask: 0.3, Agents: 3, Server: f.URL, Key: "yjk_admin", Seed: 11,
		Answer: 5 * time.Second, Person: 5 * time.Second, Away: 5 * time.Second,
	}
}

func run(t *testing.T, cfg Config) Report {
	t.Helper()
	report, err := Run(t.Context(), cfg, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func (f *fake) staffIsGone(t *testing.T) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, a := range f.accounts {
		if !a.Disabled || !strings.HasPrefix(a.Login, "replay-") {
			t.Errorf("account %s is left behind", a.Login)
		}
	}
}

func TestReplayPassesOnAServerThatKeepsItsPromises(t *testing.T) {
	t.Parallel()
	f := newFake(t, plantedFaults{})
	cfg := against(t, f)
	report := run(t, cfg)
	if report.Failed() || report.Completed != cfg.Sessions || report.Reconnects != 0 || len(report.Errors) != 0 {
		t.Errorf("got %+v", report)
	}
	if n := report.Pressed + report.Asked + report.Left; n != cfg.Sessions || report.Pressed == 0 || report.Asked == 0 || report.Left == 0 {
		t.Errorf("got %d pressed, %d asked, %d left of %d", report.Pressed, report.Asked, report.Left, cfg.Sessions)
	}
	if n := report.Pressed + report.Asked; report.AskedToLine.Count != n || report.AskedToAgent.Count != n {
		t.Errorf("got %d and %d times, want %d", report.AskedToLine.Count, report.AskedToAgent.Count, n)
	}
	if report.BotAnswered != 1 || report.IntentAccuracy == nil || *report.IntentAccuracy < 0.6 || *report.IntentAccuracy > 0.75 {
		t.Errorf("got answered %v, accuracy %v; want 1 and two of three", report.BotAnswered, report.IntentAccuracy)
	}
	f.staffIsGone(t)
}

func TestReplaySurvivesCutConnections(t *testing.T) {
	t.Parallel()
	for name, faults := range map[string]plantedFaults{
		"resuming":  {cutEvery: 7},
		"resetting": {cutEvery: 9, reset: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, faults)
			report := run(t, against(t, f))
			if report.Failed() {
				t.Errorf("got %+v", report)
			}
			if report.Reconnects < 10 || faults.reset != (report.Resets > 0) {
				t.Errorf("got %d reconnects and %d resets; the test tests nothing", report.Reconnects, report.Resets)
			}
			f.staffIsGone(t)
		})
	}
}

func TestReplayFindsAServerThatBreaksAPromise(t *testing.T) {
	t.Parallel()
	lost := func(r Report) int { return r.Lost }
	dropped := func(r Report) int { return r.Dropped }
	tests := map[string]struct {
		faults plantedFaults
		count  func(Report) int
	}{
		"it acknowledges what it does not store": {plantedFaults{forget: true}, lost},
		"it stores a message twice":              {plantedFaults{storeMany: true}, func(r Report) int { return r.Doubled }},
		"it does not show what it has stored":    {plantedFaults{swallow: true}, lost},
		"it shows an event twice":                {plantedFaults{repeat: true}, func(r Report) int { return r.Doubled }},
		"its bot goes on after the handoff":      {plantedFaults{chatty: true}, func(r Report) int { return r.BotAfterHandoff }},
		"it clears the line":                     {plantedFaults{kick: true}, dropped},
		"it offers nothing to anybody":           {plantedFaults{noAgent: true}, dropped},
		"it does not give sessions back":         {plantedFaults{cutEvery: 7, amnesia: true}, dropped},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, tc.faults)
			cfg := against(t, f)
			cfg.Sessions, cfg.Parallel = 10, 10
			cfg.Answer, cfg.Person = 400*time.Millisecond, time.Second
			report := run(t, cfg)
			if tc.count(report) == 0 || !report.Failed() || len(report.Findings) == 0 {
				t.Errorf("the fault was not found: %+v", report)
			}
			f.staffIsGone(t)
		})
	}
}

func TestReplayPressesWhenWordsAreNotHeard(t *testing.T) {
	t.Parallel()
	f := newFake(t, plantedFaults{deaf: true})
	cfg := against(t, f)
	cfg.Sessions, cfg.Press, cfg.Ask = 4, 0, 1
	report := run(t, cfg)
	if report.Failed() || report.WordsMissed != 4 {
		t.Errorf("got %+v, want 4 who had to press", report)
	}
}

func TestReplaySaysWhyNobodyIsLetIn(t *testing.T) {
	t.Parallel()
	f := newFake(t, plantedFaults{})
	cfg := against(t, f)
	cfg.Site = "elsewhere"
	_, err := Run(t.Context(), cfg, io.Discard)
	if !errors.Is(err, client.ErrRefused) || !strings.Contains(err.Error(), "no_session") {
		t.Errorf("got %v, want the server's refusal", err)
	}
	f.staffIsGone(t)
}

func TestReplayTidiesUpWhenItIsStopped(t *testing.T) {
	t.Parallel()
	f := newFake(t, plantedFaults{noAgent: true})
	cfg := against(t, f)
	cfg.Press, cfg.Ask, cfg.Person = 1, 0, time.Minute
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	f.waits = stop
	if _, err := Run(ctx, cfg, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was stopped", err)
	}
	f.staffIsGone(t)
}

func TestReplayReadsNothingItCannotPlay(t *testing.T) {
	t.Parallel()
	f := newFake(t, plantedFaults{})
	cfg := against(t, f)
	cfg.CSV = filepath.Join(t.TempDir(), "none.csv")
	if _, err := Run(t.Context(), cfg, io.Discard); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want that there is no such file", err)
	}
	if _, err := Run(t.Context(), Config{}, io.Discard); err == nil {
		t.Error("empty settings were taken")
	}
}
