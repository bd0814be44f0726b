package session_test

import (
	"maps"
	"slices"
	"time"

	"yijian/session"
)

// model is what append.lua must do, said once more in Go and without Redis. It takes over what an
// event means from session.Fold, which is held against the live state elsewhere, and says by itself
// what is refused, what was stored before, and what is stored how.
type model struct {
	state session.State
	log   []session.Event
	seqs  map[string]uint64 // by event id
}

// answer is what one append comes to: a code if it was refused, else what was stored.
type answer struct {
	Code  string
	Epoch int64
	Owner session.Owner
	Seqs  []uint64
	Fresh []session.Event
}

func newModel(at session.State) *model { return &model{state: at, seqs: map[string]uint64{}} }

// append takes a batch whole or not at all.
func (m *model) append(a session.Append, now time.Time) answer {
	next := &model{state: m.state, log: slices.Clone(m.log), seqs: maps.Clone(m.seqs)}
	var got answer
	for _, d := range a.Drafts {
		seq, known := next.seqs[d.ID]
		code := ""
		switch {
		case known && d.Body.Text != "" && d.Body.Text != next.log[seq-1].Body.Text:
			code = "id_reused"
		case !known:
			code = next.refusal(m.state, a, d)
		}
		if code != "" {
			return answer{Code: code, Epoch: m.state.Epoch, Owner: m.state.Owner}
		}
		if !known {
			e := next.store(d, now)
			seq, got.Fresh = e.Seq, append(got.Fresh, e)
		}
		got.Seqs = append(got.Seqs, seq)
	}
	*m = *next
	return got
}

// refusal says why a new event may not be stored. Fences look at the session as it was before the
// batch; who answers is followed through it.
func (m *model) refusal(before session.State, a session.Append, d session.Draft) string {
	if a.Epoch != 0 && a.Epoch != before.Epoch {
		return "epoch"
	}
	if !a.Quiet.IsZero() && before.At.After(a.Quiet) {
		return "active"
	}
	if a.Drafts[0].Body.Epoch != 0 {
		return m.repairRefusal(a, d)
	}
	owner, agent := m.state.Owner, m.state.Agent
	said := d.Kind == session.KindMessage
	switch {
	case d.From == session.FromBot && owner != session.Bot:
		return "owner"
	case d.From == session.FromBot && (a.Epoch == 0 || a.Ask == "" || a.Ask != before.Ask):
		return "ask"
	case d.From == session.FromVisitor && said && owner == session.Closed:
		return "closed"
	case d.From == session.FromAgent && said && owner != session.Human:
		return "owner"
	case d.From == session.FromAgent && said && agent != d.By:
		return "agent"
	case d.Kind != session.KindMove:
		return ""
	case !session.CanMove(owner, d.Body.To, d.From):
		return "illegal"
	case d.From == session.FromAgent && owner == session.Human && agent != d.By:
		return "agent"
	case d.From == session.FromSystem && owner == session.Human && d.Body.To == session.Closed && a.Quiet.IsZero():
		return "illegal"
	case d.Body.To == session.Human && (d.Body.Agent == "" || a.Offer <= m.state.Void):
		return "void"
	}
	return ""
}

func (m *model) repairRefusal(a session.Append, d session.Draft) string {
	to := d.Body.To
	_, known := map[session.Owner]bool{session.Bot: true, session.Waiting: true, session.Human: true, session.Closed: true}[to]
	switch {
	case d.Kind != session.KindMove, d.From != session.FromSystem, len(a.Drafts) != 1, !known:
		return "illegal"
	case to == session.Human && d.Body.Agent == "":
		return "illegal"
	case d.Body.Epoch <= m.state.Epoch:
		return "epoch"
	}
	return ""
}

func (m *model) store(d session.Draft, now time.Time) session.Event {
	e := session.Event{
		Seq: m.state.Seq + 1, ID: d.ID, Prev: m.state.Tail, At: now,
		Kind: d.Kind, From: d.From, By: d.By, Body: d.Body,
	}
	if e.Kind == session.KindMove {
		switch {
		case e.Repairs(): // it says itself when the visitor arrived
		case e.Body.To == session.Waiting && m.state.Owner != session.Human:
			e.Body.Arrived = now.UnixMicro()
		case e.Body.To == session.Waiting, e.Body.To == session.Human:
			e.Body.Arrived = m.state.Arrived
		}
	}
	m.state = session.Fold(m.state, e)
	m.log = append(m.log, e)
	m.seqs[e.ID] = e.Seq
	return e
}

func (m *model) void(offer int64) { m.state.Void = max(m.state.Void, offer) }
