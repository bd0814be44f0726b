package redisproc

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Ctrl-C in a terminal reaches the watchdog as well as this process.
func TestStopEndsAChildWhoseWatchdogWasInterrupted(t *testing.T) {
	t.Parallel()
	for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGHUP, syscall.SIGTERM} {
		c, err := StartChild(filepath.Join(t.TempDir(), "log"), "sleep", "1000")
		if err != nil {
			t.Fatal(err)
		}
		if err := c.watchdog.Process.Signal(sig); err != nil {
			t.Errorf("%s to the watchdog: %v", sig, err)
		}
		c.Stop()
		if err := c.Signal("0"); err == nil {
			t.Errorf("after %s to its watchdog and Stop, process %d still runs", sig, c.pid)
			_ = c.Signal("KILL")
		}
	}
}
