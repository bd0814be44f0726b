package router

import (
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
)

// These are the situations that the deadlines begin in.

// due names the timers of a session's partition.
func (h *house) due(id session.ID) string {
	return "yj:" + rdb.Tag(rdb.PartitionOf(string(id))) + ":due"
}

// accepting is a session whose accept stopped halfway: at the desk, or in the log.
func (h *house) accepting(inLog bool) session.ID {
	h.Helper()
	taken, err := h.desk.Accept(h.Context(), "demo", "ann", h.offered().ID)
	h.must(err)
	if inLog {
		h.append(taken.Session, session.Append{
			Drafts: []session.Draft{accepted(ann, int64(taken.Number))}, Epoch: int64(taken.Epoch), Offer: int64(taken.Number),
		})
	}
	return taken.Session
}

// held is a session that ann answers.
func (h *house) held() session.ID {
	h.Helper()
	id, err := h.router.Accept(h.Context(), ann, h.offered().ID)
	h.must(err)
	return id
}

// ahead is a session whose log lost the move into the line that the desk has.
func (h *house) ahead() session.ID {
	h.Helper()
	id := h.begin()
	s, now, err := h.node.Look(h.Context(), id)
	h.must(err)
	_, err = h.desk.Settle(h.Context(), "demo", queue.Projection{
		Session: id, Epoch: uint64(s.Epoch) + 1, Owner: session.Waiting, Queue: GeneralQueue,
		Arrived: now.UnixMicro(), Reason: ReasonButton,
	})
	h.must(err)
	return id
}

// expiring is a session that ended long ago.
func (h *house) expiring(archived bool) session.ID {
	h.Helper()
	id := h.begin()
	h.must(h.router.End(h.Context(), id, "bye"))
	s, err := h.node.State(h.Context(), id)
	h.must(err)
	if archived {
		state := "yj:" + rdb.Tag(rdb.PartitionOf(string(id))) + ":s:" + string(id)
		h.must(h.db.Client.HSet(h.Context(), state, "archived", s.Seq).Err())
	}
	h.ms.Add(expireAfter.Milliseconds())
	return id
}
