package check

import (
	"fmt"

	"yijian/cmd/yijian/torture/history"
)

// numberedWithoutGaps is invariant 1 of the log by itself: seq counts from 1, every event names the
// one before it, and no id is stored twice.
func numberedWithoutGaps(t *talk, found report) {
	var before history.Stored
	seen := make(map[string]history.Stored, len(t.log.Events))
	for _, e := range t.log.Events {
		if e.Seq != before.Seq+1 {
			found(fmt.Sprintf("seq goes from %d to %d.", before.Seq, e.Seq), before, e)
		}
		if e.Prev != before.ID {
			found(fmt.Sprintf("event %d does not follow the event before it.", e.Seq), before, e)
		}
		if first, twice := seen[e.ID]; twice {
			found(fmt.Sprintf("the event %s is stored twice, at %d and %d.", e.ID, first.Seq, e.Seq), first, e)
		} else {
			seen[e.ID] = e
		}
		before = e
	}
	if t.log.State.Seq != before.Seq || t.log.State.Tail != before.ID {
		found(fmt.Sprintf("the state stands at %d %q, the log ends with %d %q.",
			t.log.State.Seq, t.log.State.Tail, before.Seq, before.ID))
	}
}
