package check

import (
	"fmt"
	"slices"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// offer is one offer as its agent saw it, over all connections.
type offer struct {
	history.Entry
	ends int64 // µs: answered, told that it is gone, or lapsed
}

// offersAreToOneSeat is invariant 7 as agents saw it: a ticket that one agent could still take was not
// offered to another. An agent hears of an offer late, and late or never that it ended, so only what
// nothing else explains is judged: the two stood together for half of the time the first still had,
// and neither a move of the session nor a failover came between.
func offersAreToOneSeat(v *view, found deskReport) {
	for id, offers := range v.offersBySession() {
		for i, a := range offers {
			for _, b := range offers[i+1:] {
				if b.Client == a.Client || b.At >= min(a.ends, a.At+a.LeftMS*1000/2) || v.explained(id, a, b) {
					continue
				}
				found(id, fmt.Sprintf("it was offered to %s and to %s at the same time.", a.Client, b.Client), a.Entry, b.Entry)
			}
		}
	}
}

// offersBySession has the offers of each session in the order they came.
func (v *view) offersBySession() map[session.ID][]offer {
	seen := map[string]*offer{}
	var order []*offer
	for _, e := range v.offers {
		o := seen[e.Offer]
		switch {
		case e.What == history.Offer && o == nil:
			o = &offer{e, e.At + e.LeftMS*1000}
			seen[e.Offer] = o
			order = append(order, o)
		case e.What == history.Offer || o == nil:
		default:
			o.ends = min(o.ends, e.At)
		}
	}
	all := map[session.ID][]offer{}
	for _, o := range order {
		all[o.Session] = append(all[o.Session], *o)
	}
	return all
}

// slack is how much later than it was made an agent may hear of an offer, in ms. A move that ended one
// offer came before the next was made, so there is none at that end but for the clocks.
const (
	slack  = 2000
	clocks = 50
)

// explained reports whether the first of two offers may have ended before the second was made.
func (v *view) explained(id session.ID, a, b offer) bool {
	if slices.ContainsFunc(v.Faults, func(f history.Fault) bool {
		return lost(f) && f.At < b.At+slack*1000 && f.At > a.At-15_000_000
	}) {
		return true
	}
	t := v.byID[id]
	if t == nil || v.Start.IsZero() {
		return true
	}
	from, to := v.Start.UnixMilli()+a.At/1000-slack, v.Start.UnixMilli()+b.At/1000+clocks
	for i, e := range t.log.Events {
		handoff := t.before[i].Owner != session.Human && e.To == session.Waiting
		if e.Kind == session.KindMove && !handoff && e.At > from && e.At < to {
			return true
		}
	}
	return false
}
