package check

import (
	"fmt"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// Human is how a journal names the frame of the one click.
const Human session.Kind = "human"

// unavailable is the only answer that is not a refusal: the store was away for a moment, and the
// client asks again.
const unavailable = "unavailable"

// humanIsNeverRefused is invariant 4: the one click is never answered with no, and once a frame that
// was sent after it on the same socket is acknowledged, the session has been in line or with a person.
func humanIsNeverRefused(t *talk, found report) {
	for _, p := range t.parties {
		for i, e := range p.entries {
			if e.What == history.Sent && e.Kind == Human {
				t.judgeHuman(p, i, found)
			}
		}
	}
}

func (t *talk) judgeHuman(p *party, i int, found report) {
	tap := p.entries[i]
	from := knownBefore(p.entries[:i])
	fresh := map[string]bool{}
	for _, e := range p.entries[i+1:] {
		if e.Conn != tap.Conn {
			continue
		}
		switch {
		case e.What == history.Closed:
			return // it may never have arrived
		case e.What == history.Welcome && e.Reset:
			return // a failover took it back, and the client was told
		case e.What == history.Error && tap.ID != "" && e.ID == tap.ID && e.Code != unavailable:
			found(fmt.Sprintf("%s asked for a person and was refused: %s.", p.client, e.Code), tap, e)
			return
		case e.What == history.Error && (e.ID == "" || e.ID == tap.ID):
			return
		case e.What == history.Sent:
			fresh[e.ID] = true
		case e.What == history.Acked && fresh[e.ID] && e.Seq > from:
			if !t.forgets && !t.wasWithPeople(from, e.Seq) {
				found(fmt.Sprintf("%s asked for a person before it sent %s, and neither was in line by then nor with a person.",
					p.client, e.ID), tap, e)
			}
			return
		}
	}
}

// knownBefore is the highest seq that a client had seen.
func knownBefore(entries []history.Entry) uint64 {
	var seq uint64
	for _, e := range entries {
		if e.What == history.Acked || e.What == history.Event {
			seq = max(seq, e.Seq)
		}
	}
	return seq
}

// wasWithPeople reports whether, from just after one seq to just before another, the session was in
// line or with a person at some time.
func (t *talk) wasWithPeople(from, to uint64) bool {
	for seq := from; seq < to && seq < uint64(len(t.before)); seq++ {
		if o := t.before[seq].Owner; o == session.Waiting || o == session.Human {
			return true
		}
	}
	return false
}
