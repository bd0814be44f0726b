package rdb

import (
	"strings"
	"testing"
)

func TestOldVersionsAreTold(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{
		"5.0.7": true, "6.0.16": true, "6.2.0": false, "7.0.15": false, "10.0": false, "": false, "unstable": false,
	} {
		advice := strings.Join(adviceOn("redis_version:"+version+"\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n"), " ")
		if got := strings.Contains(advice, "upgrade"); got != want {
			t.Errorf("version %q: got %q, want advice %v", version, advice, want)
		}
	}
}
