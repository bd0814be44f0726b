package check

import (
	"fmt"

	"yijian/session"
)

// archivesAreKept is what invariant 1 says of a Redis that loses its memory: whatever the record had by
// then is in the log again, each event under its number. Where failovers came too, logs and archives may
// have gone on differently before, and then the log's numbers win.
func archivesAreKept(t *talk, found report) {
	for _, a := range t.archives[t.id] {
		for i, id := range a.IDs {
			seq := uint64(i + 1)
			e, ok := t.ids[id]
			if ok && (e.Seq == seq || t.Failovers() > 0) {
				continue
			}
			if !ok {
				found(fmt.Sprintf("the record had event %d, %s, when redis forgot, and the log does not have it.", seq, id), e)
			} else {
				found(fmt.Sprintf("the record had %s as event %d when redis forgot; the log has it as %d.", id, seq, e.Seq), e)
			}
			return
		}
	}
}

// archivesKeepTheirPlace is invariant 6 over a loss of memory: who was in line in the record has the same
// arrival afterwards.
func archivesKeepTheirPlace(t *talk, found report) {
	for _, a := range t.archives[t.id] {
		if a.Owner != session.Waiting {
			continue
		}
		if got, ok := t.arrivedAt(a.Epoch); ok && got != a.Arrived {
			found(fmt.Sprintf("the record had the arrival %d when redis forgot, the log has %d.", a.Arrived, got))
		}
	}
}
