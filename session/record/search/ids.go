package search

import (
	"errors"
	"hash/fnv"
	"time"

	"yijian/session"
)

// row is one message of the index.
type row struct {
	id      int64
	session session.ID
	seq     uint64
	tokens  []string
}

// An id is the time of the message, and bits of its event's id below: enough that two messages of one
// millisecond rarely meet, and up to the year 2248.
const bits = 20

// probes is how many places after its own a message may be found at.
const probes = 1 << 10

var errCrowded = errors.New("a thousand messages of one millisecond lie side by side in the index")

func idOf(e session.Event) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(e.ID))
	return firstID(e.At) + int64(h.Sum32()%(1<<bits-probes))
}

// firstID is the smallest id of a moment. Before 1970 there is none.
func firstID(at time.Time) int64 {
	return min(max(at.UnixMilli(), 0), 1<<(63-bits)-1) << bits
}

// siteToken is the token that every message of a site has besides its words. No word holds a colon.
func siteToken(site string) string { return "site:" + site }
