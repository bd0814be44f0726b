package rdb

import (
	"strings"
	"time"
)

// markFor is how long a mark stays when nothing is written any more.
const markFor = time.Minute

// markKey names the small write at the end of a safe batch. It has the tag of a key of the batch, and
// so the same master.
func markKey(key string) string {
	_, rest, _ := strings.Cut(key, "{")
	tag, _, _ := strings.Cut(rest, "}")
	return "yj:{" + tag + "}:safe"
}
