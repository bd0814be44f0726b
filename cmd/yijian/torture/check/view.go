package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// view is a history in the order that the rules read it.
type view struct {
	history.History
	// forgets says that a failover, or a Redis that lost its memory, may have taken back what was
	// acknowledged and delivered. Then everybody who held it must have been told by reset.
	forgets bool
	talks   []*talk
	byID    map[session.ID]*talk
	// looks are all samples of the desks, the final ones last.
	looks []history.DeskSample
	// offers are what agents' journals say about offers, in order.
	offers []history.Entry
	// welcomed are the sessions that somebody was welcomed to, with the entry that says so.
	welcomed map[session.ID]history.Entry
	// archives are what the record had of each session whenever Redis forgot.
	archives map[session.ID][]history.Archive
	// hellos are where clients stood when they began a connection, and ends are when it ended.
	hellos map[socket]uint64
	ends   map[socket]int64
	// unknown is when clients were told that there is no such session as a frame of theirs is about.
	unknown map[frame]int64
}

const noSession = "no_session"

// frame is what a client sent under an id of its own.
type frame struct{ client, id string }

// socket is one connection of a client.
type socket struct {
	client string
	conn   int
}

// lost reports whether a fault may have taken events back.
func lost(f history.Fault) bool {
	return f.What == history.RedisFailover || f.What == history.RedisForgot
}

// talk is one session: its log, what it folds into event by event, and who took part.
type talk struct {
	*view
	id  session.ID
	log history.Log
	// at finds an event by its seq; ids by its id, the first of them.
	at  map[uint64]history.Stored
	ids map[string]history.Stored
	// before[i] is the state before the i-th event, so the last one is the state at the end.
	before  []session.State
	parties []*party
}

// party is one client in one session.
type party struct {
	client  string
	role    session.Role
	entries []history.Entry
	resume  *history.Resume
}

func newView(h history.History) *view {
	v := &view{
		History: h, forgets: h.Durability == history.Fast && h.Failovers() > 0 || h.Forgets() > 0,
		looks: slices.Concat(h.Samples, h.Final),
		byID:  map[session.ID]*talk{}, welcomed: map[session.ID]history.Entry{}, archives: map[session.ID][]history.Archive{},
		hellos: map[socket]uint64{}, ends: map[socket]int64{}, unknown: map[frame]int64{},
	}
	for _, a := range h.Archives {
		v.archives[a.Session] = append(v.archives[a.Session], a)
	}
	for _, id := range slices.Sorted(maps.Keys(h.Logs)) {
		t := v.newTalk(id, h.Logs[id])
		v.talks = append(v.talks, t)
		v.byID[id] = t
	}
	if h.Journal != nil {
		v.deal()
	}
	for _, r := range h.Resumes {
		if t := v.byID[r.Session]; t != nil {
			t.party(r.Client, session.FromVisitor).resume = &r
		}
	}
	return v
}

func (v *view) newTalk(id session.ID, log history.Log) *talk {
	t := &talk{
		view: v, id: id, log: log,
		at: make(map[uint64]history.Stored, len(log.Events)), ids: make(map[string]history.Stored, len(log.Events)),
	}
	s := session.State{Epoch: 1, Owner: session.Bot}
	for _, e := range log.Events {
		t.before = append(t.before, s)
		s = session.Fold(s, e.Event())
		t.at[e.Seq] = e
		if _, twice := t.ids[e.ID]; !twice {
			t.ids[e.ID] = e
		}
	}
	t.before = append(t.before, s)
	return t
}

// deal gives every entry of the journal to the session it is about.
func (v *view) deal() {
	open := map[socket]session.ID{}
	for e := range v.Journal.Entries() {
		s := socket{e.Client, e.Conn}
		switch {
		case e.What == history.Hello:
			v.hellos[s] = e.Seq
		case e.What == history.Closed:
			v.ends[s] = e.At
		case e.What == history.Error && e.Code == noSession:
			v.unknown[frame{e.Client, e.ID}] = e.At
		}
		if e.What == history.Welcome {
			open[s] = e.Session
			if _, seen := v.welcomed[e.Session]; !seen {
				v.welcomed[e.Session] = e
			}
		}
		if e.Role == session.FromAgent && isAboutOffers(e.What) {
			v.offers = append(v.offers, e)
		}
		if t := v.byID[cmp.Or(e.Session, open[s])]; t != nil {
			p := t.party(e.Client, e.Role)
			p.entries = append(p.entries, e)
		}
	}
}

func isAboutOffers(w history.What) bool {
	return w == history.Offer || w == history.OfferGone || w == history.Accept || w == history.Decline
}

func (t *talk) party(client string, role session.Role) *party {
	for _, p := range t.parties {
		if p.client == client {
			return p
		}
	}
	p := &party{client: client, role: role}
	t.parties = append(t.parties, p)
	return p
}

// end is the state that the log folds into.
func (t *talk) end() session.State { return t.before[len(t.before)-1] }

// shows reports whether a party may see an event.
func (p *party) shows(e history.Stored) bool {
	return p.role == session.FromAgent || e.Event().ForVisitor()
}

// known reports whether what a client calls an event is this one: senders know their own messages
// by their own ids, which the ids in the log end in.
func known(e history.Stored, id string) bool {
	return e.ID == id || strings.HasSuffix(e.ID, ":"+id)
}

// toldAfter reports whether a party was told by reset, after a moment, that what it held is void.
func (p *party) toldAfter(us int64) bool {
	return slices.ContainsFunc(p.entries, func(e history.Entry) bool { return e.Reset && e.At >= us })
}

// shownAfter is toldAfter, or that all of the session came anew: a console that is given one is always
// given all of it.
func (p *party) shownAfter(us int64) bool {
	return slices.ContainsFunc(p.entries, func(e history.Entry) bool {
		return e.At >= us && (e.Reset || e.What == history.Session)
	})
}
