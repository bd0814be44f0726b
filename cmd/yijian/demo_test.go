package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestTheDemoFillsANewRecordAndSaysWhatToOpen(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "demo.db")
	code, out, errs := yijian(t, "demo", "--visitors", "10", "--db", db)
	if code != 0 {
		t.Fatalf("code %d, said %s%s", code, out, errs)
	}
	for _, want := range []string{"10 visitors", "/console#sign-in=", "/console/records", "/ops", "yijian serve --db " + db} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if _, found, _ := yijian(t, "export", "--text", "退款", "--db", db); !strings.Contains(found, "退款") {
		t.Error("nothing is found")
	}
	if _, report, _ := yijian(t, "backtest", "--db", db); !strings.Contains(report, "conversations           10") {
		t.Errorf("backtest printed\n%s", report)
	}
	for says, args := range map[string][]string{
		"not empty":  {"demo", "--db", db},
		"1 to 10000": {"demo", "--visitors", "0", "--db", db},
	} {
		if code, _, errs := yijian(t, args...); code != 1 || !strings.Contains(errs, says) {
			t.Errorf("%v: code %d, said %q", args, code, errs)
		}
	}
}
