package session

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Appended is what an Append stored.
type Appended struct {
	// Fresh are the events stored now, complete; those that were there before are left out.
	Fresh []Event
	// Seqs has one number for each draft, stored now or before.
	Seqs []uint64
	// Now is how the session stands after the write.
	Now Standing
	// nodes have the session open.
	nodes []string
}

// Standing is the part of a State that whoever wrote goes on with. An append answers no more, because
// what a script answers is a good part of what it costs.
type Standing struct {
	Seq   uint64
	Owner Owner
	Ask   string
	Site  string
	// WarnedAt is when the end of the conversation was announced; zero if it is not.
	WarnedAt time.Time
}

// Standing is the part of the state that an Append answers.
func (s State) Standing() Standing {
	return Standing{Seq: s.Seq, Owner: s.Owner, Ask: s.Ask, Site: s.Site, WarnedAt: s.Quiet.WarnedAt}
}

// appended reads the script's answer: {"ok", at_ms, leases, five of the standing, then seq, dup, prev,
// arrived per draft}.
func appended(a Append, res []any) (Appended, error) {
	const head, each = 8, 4
	if len(res) != head+each*len(a.Drafts) {
		return Appended{}, fmt.Errorf("append answered %d values for %d events", len(res), len(a.Drafts))
	}
	out := Appended{Seqs: make([]uint64, len(a.Drafts)), Now: standingOf(res[3:head])}
	at := time.UnixMilli(res[1].(int64)).UTC()
	out.nodes = leased(res[2].(string), res[1].(int64))
	for i, d := range a.Drafts {
		v := res[head+each*i:]
		out.Seqs[i] = uint64(v[0].(int64))
		if v[1].(int64) == 1 {
			continue
		}
		e := Event{Seq: out.Seqs[i], ID: d.ID, Prev: v[2].(string), At: at, Kind: d.Kind, From: d.From, By: d.By, Body: d.Body}
		if e.Kind == KindMove && (e.Body.To == Waiting || e.Body.To == Human) {
			e.Body.Arrived, _ = strconv.ParseInt(v[3].(string), 10, 64)
		}
		out.Fresh = append(out.Fresh, e)
	}
	return out, nil
}

// leased reads which nodes have a session open at a time, from the text of their leases: node and
// expiry in turns.
func leased(text string, ms int64) (nodes []string) {
	for text != "" {
		var node, until string
		node, text, _ = strings.Cut(text, " ")
		until, text, _ = strings.Cut(text, " ")
		if n, _ := strconv.ParseInt(until, 10, 64); n >= ms {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

func standingOf(v []any) Standing {
	s := Standing{
		Seq: uint64(v[0].(int64)), Owner: Owner(v[1].(string)), Ask: v[2].(string), Site: v[3].(string),
	}
	if ms, _ := strconv.ParseInt(v[4].(string), 10, 64); ms > 0 {
		s.WarnedAt = time.UnixMilli(ms).UTC()
	}
	return s
}
