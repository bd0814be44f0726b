package session

import (
	"strings"

	"yijian/session/rdb"
)

// keys names everything one session owns in Redis. All carry the tag of the session's partition, so
// one script touches the session and the partition's timers on a cluster as well.
type keys struct {
	state  string // hash    the live state
	log    string // stream  entry id <seq>-0
	ids    string // zset    event id → seq, the newest keepIDs
	nodes  string // zset    nodes that have the session open, by lease expiry; as text in the state too
	timers string // zset    "<what>:<sid>" by deadline, shared by the partition
	tries  string // hash    how often in a row each of them failed, shared by the partition
	dirty  string // zset    sid by when what is not archived of it is to be, shared by the partition
}

func keysOf(id ID) keys {
	tag := rdb.Tag(rdb.PartitionOf(string(id)))
	return keys{
		state:  "yj:" + tag + ":s:" + string(id),
		log:    "yj:" + tag + ":l:" + string(id),
		ids:    "yj:" + tag + ":c:" + string(id),
		nodes:  "yj:" + tag + ":n:" + string(id),
		timers: timersKey(tag),
		tries:  triesKey(tag),
		dirty:  dirtyKey(tag),
	}
}

func timersKey(tag string) string { return "yj:" + tag + ":due" }

// triesKey names the hash of how often in a row a partition's timers have failed, by timer.
func triesKey(tag string) string { return "yj:" + tag + ":tries" }

// dirtyKey names the sessions of a partition with events that the record does not have yet.
func dirtyKey(tag string) string { return "yj:" + tag + ":dirty" }

// markTimer is the first member of a partition's timers, at markScore, and never due. It goes when Redis
// loses its memory, and who looks for timers sees whether it is there.
const (
	markTimer = "gen"
	markScore = -1
)

// reviveKey names the lease on bringing a partition back.
func reviveKey(tag string) string { return "yj:" + tag + ":revive" }

// inboxKey names the stream that other nodes leave hints in for the node of one boot.
func inboxKey(node string) string { return "yj:{node:" + node + "}:in" }

// splitTimer takes apart a member of the timers: what is to be done, and the session it is to be
// done to.
func splitTimer(member string) (what string, id ID) {
	what, sid, _ := strings.Cut(member, ":")
	return what, ID(sid)
}
