package torture

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"yijian/cmd/yijian/torture/history"
	"yijian/session/rdb/redisproc"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// yijian builds the real binary.
func yijian(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "yijian")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", bin, "yijian/cmd/yijian")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the servers: %v\n%s", err, out)
	}
	return bin
}

// The short form of make torture: invariants 1–7, 11 and 12 hold on real processes while nodes are
// killed and the network breaks.
func TestTortureInvariants1To7And11And12HoldWhileThingsBreak(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	if err := redisproc.Installed(); err != nil {
		t.Skip(err)
	}
	seed := uint64(time.Now().UnixNano()) % 1_000_000
	keep := filepath.Join(t.TempDir(), "kept")
	report := tortured(t, Config{
		Duration: 25 * time.Second, Sessions: 250, Seed: seed, Bin: yijian(t), KillEvery: 5 * time.Second, Keep: keep,
	})
	if report.Faults[nodeKilled] == 0 || report.Sessions < 200 || report.Reconnects == 0 {
		t.Errorf("too little happened: %+v", report)
	}
	kept, err := history.Load(keep)
	if err != nil || len(kept.Logs) != report.Sessions {
		t.Errorf("%d logs were kept: %v", len(kept.Logs), err)
	}
}

// Redis loses all it has in the middle: what the record had by then is there in the end, and the line has
// its order.
func TestTortureInvariants1And6And12HoldWhenRedisForgetsEverything(t *testing.T) {
	t.Parallel()
	if os.Getenv("YIJIAN_LONG") == "" {
		t.Skip("not clean on every run yet (docs/TORTURE.md); make long-tests plays it")
	}
	if err := redisproc.Installed(); err != nil {
		t.Skip(err)
	}
	report := tortured(t, Config{
		Duration: 9 * time.Second, Sessions: 90, Seed: uint64(time.Now().UnixNano()) % 1_000_000, Bin: yijian(t),
		ForgetEvery: 5 * time.Second, Agents: 2, Capacity: 5,
	})
	if report.Faults[history.RedisForgot] == 0 {
		t.Errorf("redis forgot nothing: %+v", report)
	}
}

// tortured tortures, and fails the test if a promise was broken.
func tortured(t *testing.T, cfg Config) Report {
	t.Helper()
	var said bytes.Buffer
	report, err := Run(t.Context(), cfg, &said)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", cfg.Seed, err, &said)
	}
	if report.Failed() {
		t.Errorf("broken with seed %d (%s):\n%s", cfg.Seed, report.Repeat, strings.Join(report.Findings, "\n"))
	}
	return report
}
