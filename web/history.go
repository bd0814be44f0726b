package web

import (
	"context"

	"yijian/session"
	"yijian/web/wire"
)

// maxSeq is the largest number that every JSON reader keeps exact.
const maxSeq = 1<<53 - 1

// history answers with the events before a seq that the visitor may see. A session that lived long
// has more of them than welcome brings, and a client asks for a page when somebody scrolls back.
func (v *visitor) history(ctx context.Context, in wire.In) error {
	if in.ID != "" {
		if err := wire.CheckID(in.ID); err != nil {
			return err
		}
	}
	if in.Before == 0 || in.Before > maxSeq {
		return &wire.Problem{Code: wire.BadValue, Detail: "history needs before, the first seq held"}
	}
	page, err := v.srv.node.Before(ctx, v.id, in.Before, session.Event.ForVisitor)
	if err != nil {
		return err
	}
	out := wire.History{T: "history", Before: in.Before, Events: make([]wire.Event, len(page.Events)), More: page.Next > 0, Next: page.Next}
	for i, e := range page.Events {
		out.Events[i] = forVisitor(v.id, e)
	}
	v.send(out)
	return nil
}
