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
