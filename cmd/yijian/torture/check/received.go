package check

import (
	"fmt"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// clientsHoldTheLog is the other half of invariant 1: what clients received is the log, once, in order
// and without a gap, and a client that was resumed at the end holds all of it.
func clientsHoldTheLog(t *talk, found report) {
	for _, p := range t.parties {
		h := held{talk: t, party: p, found: found, streams: map[int]*stream{}}
		for _, e := range p.entries {
			h.take(e)
		}
		h.atTheEnd()
	}
}

// stream is what came over one connection since it was told where the session stands.
type stream struct {
	last uint64 // what the next event must follow; 0 takes the next as the beginning of a window
	// opened is where the log stood when it was opened for this connection, or opened anew.
	opened uint64
}

// held is what one client holds of one session as it goes along, over all its connections.
type held struct {
	*talk
	party   *party
	found   report
	streams map[int]*stream
	// events are what it holds by seq; a reset drops them.
	events map[uint64]history.Entry
}

func (h *held) take(e history.Entry) {
	switch e.What {
	case history.Hello:
		h.streams[e.Conn] = &stream{last: e.Seq}
	case history.Welcome:
		h.begin(e)
	case history.Session:
		// A console is always given a session from the beginning of its window.
		h.streams[e.Conn] = &stream{opened: e.Seq}
		h.events = nil
	case history.Event:
		h.event(e)
	case history.Closed:
		delete(h.streams, e.Conn)
	}
}

func (h *held) begin(e history.Entry) {
	if e.Reset {
		h.streams[e.Conn] = &stream{opened: e.Seq}
		h.events = nil
		return
	}
	if h.streams[e.Conn] == nil {
		h.streams[e.Conn] = &stream{}
	}
	h.streams[e.Conn].opened = e.Seq
}

// event judges one event against the log and against what came before it on its connection. Where
// Redis may forget, only what is held at the end is judged: what came before may be of a log that is
// no more.
func (h *held) event(e history.Entry) {
	if h.events == nil {
		h.events = map[uint64]history.Entry{}
	}
	h.events[e.Seq] = e
	s := h.streams[e.Conn]
	if s == nil {
		s = &stream{}
		h.streams[e.Conn] = s
	}
	last := s.last
	s.last = e.Seq
	if last >= e.Seq {
		h.found(fmt.Sprintf("%s received %d after %d.", h.party.client, e.Seq, last), e)
		return
	}
	if h.forgets {
		return
	}
	if !h.party.takenBack(h.talk, e, s.opened) {
		h.matches(e)
	}
	if last > 0 {
		h.gap(last+1, e.Seq, nil, e)
	}
}

// matches reports an event that is not the log's.
func (h *held) matches(e history.Entry) {
	stored, ok := h.at[e.Seq]
	switch {
	case !ok:
		h.found(fmt.Sprintf("%s received event %d, and the log ends at %d.", h.party.client, e.Seq, len(h.log.Events)), e)
	case !known(stored, e.ID):
		h.found(fmt.Sprintf("%s received %s as event %d, where the log has %s.", h.party.client, e.ID, e.Seq, stored.ID), e, stored)
	case e.Hash != 0 && stored.Hash != 0 && e.Hash != stored.Hash:
		h.found(fmt.Sprintf("%s received event %d with another text than the log has.", h.party.client, e.Seq), e, stored)
	case e.Owner != "" && e.Owner != stored.To:
		h.found(fmt.Sprintf("%s was told by event %d that %s answers; the log says %s.", h.party.client, e.Seq, e.Owner, stored.To), e, stored)
	}
}

// gap reports the first event from one seq to before another that the client should have seen and that
// is not among those it has.
func (h *held) gap(from, to uint64, has map[uint64]history.Entry, shown any) {
	for seq := from; seq < to; seq++ {
		stored, ok := h.at[seq]
		if _, had := has[seq]; ok && !had && h.party.shows(stored) {
			h.found(fmt.Sprintf("%s did not receive event %d.", h.party.client, seq), stored, shown)
			return
		}
	}
}

// atTheEnd compares what a client holds when the run is over with the log.
func (h *held) atTheEnd() {
	r := h.party.resume
	if r == nil || !r.OK {
		h.agentAtTheEnd()
		return
	}
	lowest, chance := r.Seq+1, h.agreesByChance()
	for seq, e := range h.events {
		if h.inAnotherTab(e, r) {
			continue
		}
		lowest = min(lowest, seq)
		if h.forgets && !chance {
			h.matches(e)
		}
	}
	if chance {
		return
	}
	if lowest == r.Seq+1 {
		lowest = 1 // it holds nothing, so everything is missing
	}
	h.gap(lowest, r.Seq+1, h.events, *r)
}

// agentAtTheEnd does the same for an agent who answers the session at the end, on a connection that
// was never closed. Without a failover every event was judged when it came.
func (h *held) agentAtTheEnd() {
	end := h.end()
	if !h.forgets || end.Owner != session.Human || end.Agent != h.party.client || len(h.streams) == 0 {
		return
	}
	for _, e := range h.events {
		h.matches(e)
	}
}

// agreesByChance reports whether Redis lost its memory, everybody said everything again, and the last
// event that the client holds is the log's under the same number. That is all that a hello can tell, so
// what came before may stand in another order (docs/TORTURE.md).
func (h *held) agreesByChance() bool {
	var last history.Entry
	for _, e := range h.events {
		if e.Seq >= last.Seq {
			last = e
		}
	}
	stored, ok := h.at[last.Seq]
	return h.Forgets() > 0 && ok && known(stored, last.ID)
}
