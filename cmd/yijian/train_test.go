package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yijian/router/escalate"
)

// labelled writes conversations in which the bot's saying the same again is labelled.
func labelled(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"turns":[{"role":"visitor","words":[1,2],"handoff":0},{"role":"bot","words":[7,8,%d],"handoff":0},`+
			`{"role":"visitor","words":[%d],"handoff":0},{"role":"bot","words":[7,8,%d],"handoff":1}]}`+"\n", 100+i, i%10, 100+i)
	}
	name := filepath.Join(t.TempDir(), "labelled.jsonl")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestTrainingWritesADraftAndNeverOverAFile(t *testing.T) {
	t.Parallel()
	data, out := labelled(t, 20), filepath.Join(t.TempDir(), "draft.json")
	code, stdout, stderr := yijian(t, "train", "--data", data, "--out", out)
	if code != 0 || !strings.Contains(stdout, "cross-validation") || !strings.Contains(stderr, "steps of learning") {
		t.Fatalf("code %d, said %q and %q", code, stdout, stderr)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var draft escalate.Policy
	if err := json.Unmarshal(b, &draft); err != nil {
		t.Fatal(err)
	}
	if err := draft.Validate(); err != nil || draft.Points[escalate.BotRepeated][1] == 0 {
		t.Errorf("got a draft with %v for the bot's repetitions and %v, want points and no problem", draft.Points[escalate.BotRepeated], err)
	}
	if code, _, stderr := yijian(t, "train", "--data", data, "--out", out); code != 1 || !strings.Contains(stderr, "is there already") {
		t.Errorf("over the draft: code %d, said %q", code, stderr)
	}
}

func TestTrainingSaysWhatIsWrongWithItsFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	policy := filepath.Join(dir, "policy.json")
	if err := os.WriteFile(policy, []byte(`{"offer_at": 5}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"no data":     {[]string{"--data", filepath.Join(dir, "none")}, "none"},
		"too few":     {[]string{"--data", labelled(t, 3)}, "too few"},
		"bad policy":  {[]string{"--data", labelled(t, 20), "--base", policy}, "assist_at"},
		"odd model":   {[]string{"--data", labelled(t, 20), "--model", "oracle"}, "scorecard"},
		"nowhere out": {[]string{"--data", labelled(t, 20), "--out", filepath.Join(dir, "no", "draft.json")}, "writing the draft"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"train", "--out", filepath.Join(dir, "draft-"+name[:3])}, c.args...)
			if code, _, stderr := yijian(t, args...); code == 0 || !strings.Contains(stderr, c.says) {
				t.Errorf("code %d, said %q; want it to say %q", code, stderr, c.says)
			}
		})
	}
}
