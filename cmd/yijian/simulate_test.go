package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const dayText = `from: "09:00"
for: 3h
streams:
  - { queue: general, lang: zh, profile: { 9: 30, 10: 60, 11: 20 }, handle: 6m, spread: 0.9, patience: 10m, bursts: ["10:15+20/5m"] }
  - { queue: appeals, reason: appeal, per_hour: 8, handle: 9m, head_start: 3m }
shifts:
  - { agents: 2, capacity: 2, hours: 08:30-12:30, langs: [zh] }
  - { agents: 1, capacity: 2, skills: [appeals] }
`

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestADayIsSimulatedAsFlagsAndFilesDescribeIt(t *testing.T) {
	t.Parallel()
	day := written(t, "day.yaml", dayText)
	arrivals := written(t, "arrivals.csv", "at,handle_s\n09:00,60\n09:00:30,60\n")
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"flags":     {[]string{"--spread", "0.8", "--burst", "10:00+40/5m", "--patience", "3m", "--leave"}, []string{"went away", "10:00"}},
		"day file":  {[]string{"--day", day, "--eta", "--days", "3"}, []string{"appeals, appeal", "FORECAST"}},
		"replay":    {[]string{"--arrivals", arrivals, "--agents", "1"}, []string{"2 visitors came, 2 reached a person", "30.0 s"}},
		"target":    {[]string{"--target", "80/60"}, []string{"80.0 %", "agents if the same number works all day", "09:00"}},
		"target at": {[]string{"--profile", "9=10,10=40", "--target", "80/60", "--at", "10:00", "--for", "2h"}, []string{"agents at 10:00"}},
	} {
		code, stdout, stderr := yijian(t, append([]string{"simulate"}, c.args...)...)
		for _, want := range c.says {
			if code != 0 || !strings.Contains(stdout, want) {
				t.Errorf("%s: code %d, no %q in\n%s%s", name, code, want, stdout, stderr)
			}
		}
	}
}

func TestASimulatedDayIsJSONOnRequest(t *testing.T) {
	t.Parallel()
	code, stdout, stderr := yijian(t, "simulate", "--json", "--eta")
	var got struct {
		Arrived int
		All     struct {
			P95 float64 `json:"p95_s"`
		}
		ETA struct{ Shown int }
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || code != 0 || got.Arrived == 0 || got.All.P95 <= 0 {
		t.Errorf("code %d, %v: %+v of\n%s%s", code, err, got, stdout, stderr)
	}
	code, stdout, _ = yijian(t, "simulate", "--json", "--target", "80/60")
	var plan struct{ Agents int }
	if err := json.Unmarshal([]byte(stdout), &plan); err != nil || code != 0 || plan.Agents == 0 {
		t.Errorf("code %d, %v: %+v", code, err, plan)
	}
}

func TestADayThatIsWrittenWrongSaysWhatToChange(t *testing.T) {
	t.Parallel()
	bad := func(old, changed string) []string {
		return []string{"--day", written(t, "day.yaml", strings.Replace(dayText, old, changed, 1))}
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no agents":         {[]string{"--agents", "0"}, "at least 1"},
		"no capacity":       {[]string{"--capacity", "0"}, "at least 1"},
		"negative rate":     {[]string{"--per-hour=-3"}, "0 or more"},
		"negative length":   {[]string{"--handle=-3m"}, "more than 0"},
		"no time of day":    {[]string{"--from", "nine"}, "write it as 10:00"},
		"no burst":          {[]string{"--burst", "10:00"}, "10:00+80/5m"},
		"no profile":        {[]string{"--profile", "24=1"}, "9=40"},
		"no target":         {[]string{"--target", "80"}, "80/60"},
		"all of them":       {[]string{"--target", "100/60"}, "80/60"},
		"an hour alone":     {[]string{"--at", "10:00"}, "give both"},
		"a quiet hour":      {[]string{"--target", "80/60", "--at", "03:00"}, "nobody comes"},
		"no file":           {[]string{"--arrivals", "nowhere.csv"}, "nowhere.csv"},
		"a bad file":        {[]string{"--arrivals", written(t, "a.csv", "at\nnoon\n")}, "line 2"},
		"a bad day":         {bad("streams", "steams"), "steams"},
		"unknown queue":     {bad("[appeals]", "[sales]"), `unknown queue "sales"`},
		"never opens":       {bad("08:30-12:30", "08:30-08:30"), "never opens"},
		"no hours":          {bad("08:30-12:30", "morning"), "09:00-17:30"},
		"no length":         {bad("handle: 6m", "handle: six"), "8m"},
		"capacity of none":  {bad("capacity: 2", "capacity: 0"), "at least 1"},
		"a profile too far": {bad("9: 30", "31: 30"), "hour 31"},
	} {
		code, stdout, stderr := yijian(t, append([]string{"simulate"}, c.args...)...)
		if code != 1 || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: code %d, no %q in %q%s", name, code, c.says, stderr, stdout)
		}
	}
}
