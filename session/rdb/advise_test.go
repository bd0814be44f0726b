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
		advice := strings.Join(adviceOn("redis_version:"+version+"\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n", Wants{}), " ")
		if got := strings.Contains(advice, "upgrade"); got != want {
			t.Errorf("version %q: got %q, want advice %v", version, advice, want)
		}
	}
}

func TestAMasterWithoutAReplicaIsToldWhereDurabilityIsSafe(t *testing.T) {
	t.Parallel()
	const info = "redis_version:7.0.15\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\nconnected_slaves:"
	for _, c := range []struct {
		replicas string
		wants    Wants
		told     bool
	}{{"0", Wants{Replica: true}, true}, {"1", Wants{Replica: true}, false}, {"0", Wants{}, false}} {
		advice := strings.Join(adviceOn(info+c.replicas+"\r\n", c.wants), " ")
		if told := strings.Contains(advice, "connect a replica"); told != c.told {
			t.Errorf("%s replicas, %+v: got %q, want advice %v", c.replicas, c.wants, advice, c.told)
		}
	}
}
