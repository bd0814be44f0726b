package check

import (
	"fmt"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// aiIsLabelled is invariant 11: everything a bot wrote came with the label, nothing a person wrote did,
// and nobody was told another author than the log has.
func aiIsLabelled(t *talk, found report) {
	for _, p := range t.parties {
		for _, e := range p.entries {
			if e.What != history.Event {
				continue
			}
			if e.AI != (e.From == session.FromBot) {
				found(fmt.Sprintf("%s received event %d from %s with ai=%t.", p.client, e.Seq, e.From, e.AI), e)
			}
			stored, ok := t.at[e.Seq]
			if ok && known(stored, e.ID) && stored.Kind == e.Kind && stored.From != e.From {
				found(fmt.Sprintf("%s received event %d from %s; it is from %s.", p.client, e.Seq, e.From, stored.From), e, stored)
			}
		}
	}
}
