//go:build !planted

package plant_test

import (
	"testing"

	"yijian/session/plant"
)

func TestWithoutTheTagNothingIsPlanted(t *testing.T) {
	t.Parallel()
	const source = "local at = redis.call('ZSCORE', KEYS[3], ARGV[i])"
	if got := plant.Script("lua/append.lua", source); got != source {
		t.Errorf("the script became %q", got)
	}
	// Constants, so that the compiler can remove what they guard.
	const planted = plant.Inbox || plant.Wait || plant.Capacity != 0
	if planted {
		t.Error("something is planted")
	}
}
