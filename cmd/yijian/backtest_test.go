package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestADayIsSimulatedAlikeForOneSeed(t *testing.T) {
	t.Parallel()
	args := []string{"simulate", "--agents", "5", "--per-hour", "30", "--handle", "8m", "--seed", "7"}
	code, first, stderr := yijian(t, args...)
	if code != 0 || !strings.Contains(first, "p95") {
		t.Fatalf("code %d: %s%s", code, first, stderr)
	}
	if _, second, _ := yijian(t, args...); second != first {
		t.Errorf("the same seed gave\n%s\nand\n%s", first, second)
	}
	if code, _, stderr := yijian(t, "simulate", "--agents", "0"); code != 1 || len(stderr) < 20 {
		t.Errorf("no agents: code %d, said %q", code, stderr)
	}
}

func TestPastConversationsAreHeldAgainstThePolicyInForce(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "past.jsonl")
	past := `{"id":"1","turns":[{"from":"visitor","text":"转人工"}]}
{"id":"2","turns":[{"from":"visitor","text":"what are your opening hours?"},{"from":"bot","text":"9 to 5","intent":"hours"}]}
`
	if err := os.WriteFile(file, []byte(past), 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := yijian(t, "backtest", "--file", file)
	if code != 0 || !strings.Contains(stdout, "words") {
		t.Fatalf("code %d: %s%s", code, stdout, stderr)
	}
	if err := os.WriteFile(file, []byte("not json\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := yijian(t, "backtest", "--file", file); code != 1 || !strings.Contains(stderr, "1") {
		t.Errorf("a broken file: code %d, said %q", code, stderr)
	}
}

// Day one: what was said elsewhere is imported, and the policy is held against it at once.
func TestWhatWasImportedIsBacktestedFromTheRecordAndFromItsExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, db, out := filepath.Join(dir, "past.csv"), filepath.Join(dir, "x.db"), filepath.Join(dir, "out.jsonl")
	text := `conversation,at,from,text,rating
1,2026-03-01 09:00,visitor,运费多少,5
1,2026-03-01 09:01,bot,满三十元免运费,5
2,2026-03-02 09:00,visitor,我的快递到哪了,1
2,2026-03-02 09:01,bot,三天内到,1
2,2026-03-02 09:02,visitor,转人工,1
2,2026-03-02 09:05,agent,您好我是小林,1
2,2026-03-02 09:06,visitor,转人工转人工,1
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	must := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := yijian(t, append(args, "--db", db)...)
		if code != 0 {
			t.Fatalf("%v: code %d: %s%s", args, code, stdout, stderr)
		}
		return stdout
	}
	must("import", file, "--site", "demo")
	report := must("backtest")
	for _, want := range []string{"conversations           2", "transfer                1  50.0 %", "words                 1"} {
		if !strings.Contains(report, want) {
			t.Errorf("%q is missing in\n%s", want, report)
		}
	}
	must("export", "--out", out)
	if same := must("backtest", "--file", out); same != report {
		t.Errorf("the export is judged otherwise:\n%s\nthan the record:\n%s", same, report)
	}
	if one := must("backtest", "--from", "2026-03-02", "--site", "demo"); !strings.Contains(one, "conversations           1") {
		t.Errorf("from the second day on:\n%s", one)
	}
	for says, args := range map[string][]string{
		"no such conversations": {"backtest", "--site", "nowhere", "--db", db},
		"tested whole":          {"backtest", "--site", "demo", "--file", out, "--db", db},
		"yijian import":         {"backtest", "--db", filepath.Join(dir, "empty.db")},
	} {
		if code, stdout, stderr := yijian(t, args...); code != 1 || !strings.Contains(stderr, says) {
			t.Errorf("%v: code %d, said %q %q", args, code, stdout, stderr)
		}
	}
}
