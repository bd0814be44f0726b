package torture

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijian/cmd/yijian/torture/check"
	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

func TestAReportSaysWhoWasLetInWhoResumedAndHowToSeeItAgain(t *testing.T) {
	t.Parallel()
	cfg, err := Config{Sessions: 4, Seed: 7, KillEvery: 3 * time.Second}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	h := history.History{
		Journal: history.NewJournal(time.Now()),
		// One visitor was never let in, and one session was begun for a connection that broke.
		Logs:    map[session.ID]history.Log{"a": {}, "b": {}, "c": {}, "d": {}},
		Resumes: []history.Resume{{OK: true}, {OK: true}, {Problem: "nobody answered"}},
	}
	r := newReport(cfg, h, map[string]int{"fault node_killed": 3, "reset": 1, "error unavailable": 2},
		[]check.Violation{{Invariant: 5, Session: "a", What: "it is gone.", Evidence: []string{"a ticket"}}})
	if r.Sessions != 4 || r.NotLetIn != 1 || r.Resumed != 2 || r.Unresumed != 1 || !r.Failed() {
		t.Errorf("the report counts %+v", r)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"node killed                3\n", "unavailable                2\n", "visitors not let in        1\n",
		"· invariant 5, session a: it is gone.\n      a ticket\n",
		"Failed: violations: 1, sessions unable to resume: 1, crashes of servers: 0.\n", "--kill-every 3s --failover-every 1m0s --forget-every 0s --at-desk 0 --seed 7\n",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in the report:\n%s", want, &text)
		}
	}
}

func TestACrashOfAServerFailsTheRun(t *testing.T) {
	t.Parallel()
	n := &node{name: "node1", log: filepath.Join(t.TempDir(), "log")}
	said := `{"level":"error","message":"panic: said, not done"}` + "\npanic: runtime error: index out of range\n\tgoroutine 1\n"
	if err := os.WriteFile(n.log, []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	crashes, err := (&world{nodes: []*node{n}}).crashes()
	if err != nil || len(crashes) != 1 || crashes[0] != "node1: panic: runtime error: index out of range" {
		t.Errorf("the log has the crashes %q, %v", crashes, err)
	}
	if r := (Report{Crashes: crashes}); !r.Failed() {
		t.Error("a run with a crash passed")
	}
}
