//go:build planted

package plant

import (
	"os"
	"path/filepath"
	"testing"
)

func TestEveryBugStillFindsItsPlace(t *testing.T) {
	t.Parallel()
	for bug, cuts := range lua {
		for _, c := range cuts {
			source := read(t, c.script)
			if rot(bug, c.script, source) == source {
				t.Errorf("%s changes nothing in %s", bug, c.script)
			}
		}
	}
}

func TestAScriptThatLostThePlaceOfABugIsNotStarted(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("it was")
		}
	}()
	rot("dedupe", "lua/append.lua", "return 1")
}

// read finds a script in the one folder that has it.
func read(t *testing.T, path string) string {
	t.Helper()
	for _, folder := range []string{"..", "../../router/queue"} {
		if b, err := os.ReadFile(filepath.Join(folder, path)); err == nil {
			return string(b)
		}
	}
	t.Fatalf("there is no %s", path)
	return ""
}
