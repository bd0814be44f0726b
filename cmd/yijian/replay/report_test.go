package replay

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func sample() Report {
	accuracy := 0.9123
	return Report{
		Sessions: 500, Completed: 499, Seconds: 83.44, Pressed: 98, Asked: 51, Escalated: 12, Left: 339,
		Handoffs: map[string]int{"button": 98, "words": 51, "failed_turns": 12}, WordsMissed: 1, Questions: 1240, BotAnswered: 0.8765, BotSilent: 2, Graded: 1235, IntentAccuracy: &accuracy,
		AskedToLine:  Quantiles{Count: 149, P50MS: 2.1, P99MS: 18.4},
		AskedToAgent: Quantiles{Count: 149, P50MS: 12.7, P99MS: 340.2},
		Reconnects:   70, Resets: 1, Errors: map[string]int{"network": 12, "close_3000": 70}, Lost: 1,
		Findings: []string{"lost: visitor 7, session S: event 7 never reached the visitor"},
	}
}

func TestReportReadsWellAsTextAndAsJSON(t *testing.T) {
	t.Parallel()
	var text bytes.Buffer
	if err := sample().WriteText(&text); err != nil {
		t.Fatal(err)
	}
	golden(t, "report.txt", text.Bytes())
	object, err := json.Marshal(sample())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "report.json", append(object, '\n'))
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestReportFailsWhenAPromiseWasBroken(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		report Report
		want   bool
	}{
		"all is well":     {Report{Sessions: 2, Completed: 2, Reconnects: 9, Errors: map[string]int{"network": 9}}, false},
		"lost":            {Report{Sessions: 2, Completed: 2, Lost: 1}, true},
		"doubled":         {Report{Sessions: 2, Completed: 2, Doubled: 1}, true},
		"the bot spoke":   {Report{Sessions: 2, Completed: 2, BotAfterHandoff: 1}, true},
		"dropped":         {Report{Sessions: 2, Completed: 2, Dropped: 1}, true},
		"not all of them": {Report{Sessions: 2, Completed: 1}, true},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tc.report.Failed(); got != tc.want {
				t.Errorf("got failed %v, want %v", got, tc.want)
			}
		})
	}
}
