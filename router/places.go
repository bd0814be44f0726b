package router

import (
	"slices"
	"sync"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// Place is a waiting visitor's place in line.
type Place struct {
	Position int   // from 1
	ETA      []int // seconds from, to; nil when honestly unknown
	// Why is the reason when the turn comes later than was said before: it never does without one.
	Why queue.Why
	// Near says that the turn may come any moment.
	Near bool
	// Full says that so many are in front that a call may be the better wait.
	Full bool
	Duty
}

// nearWithin is when a turn that may come is near: in a quarter of all cases it comes sooner.
const nearWithin = time.Minute

// standing is what a desk adds to a place in its line.
type standing struct {
	Duty
	full bool
}

// placeOf says a place to a visitor who heard last.
func placeOf(p queue.Place, at standing, last queue.Told) (Place, queue.Told) {
	told := queue.Tell(last, queue.Told{Range: p.ETA, Position: p.Position, Servers: p.Servers})
	out := Place{Position: p.Position, Duty: at.Duty, Full: at.full, Why: told.Why, Near: p.Position == 1 && p.Servers > 0}
	if told.Known {
		out.ETA = []int{int(told.From.Seconds()), int(told.To.Seconds())}
		out.Near = told.From <= nearWithin
	}
	return out, told
}

// Waiter hears its place in line. Like a session.Listener it may only take note.
type Waiter interface {
	Place(id session.ID, p Place)
}

// places knows who on this node waits to hear a place in line, and what each heard last.
type places struct {
	mu   sync.Mutex
	site map[string]map[session.ID]*waiting
}

type waiting struct {
	waiters map[Waiter]bool
	told    Place
	heard   queue.Told // what told was based on
	known   bool
}

func newPlaces() *places { return &places{site: map[string]map[session.ID]*waiting{}} }

// Watch lets a waiter hear the place of a session from now on, and Unwatch ends it.
func (r *Router) Watch(site string, id session.ID, w Waiter) {
	r.places.add(site, id, w)
	r.kick(site)
}

// Unwatch ends Watch. It is harmless without one.
func (r *Router) Unwatch(site string, id session.ID, w Waiter) { r.places.remove(site, id, w) }

func (p *places) add(site string, id session.ID, w Waiter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.site[site] == nil {
		p.site[site] = map[session.ID]*waiting{}
	}
	if p.site[site][id] == nil {
		p.site[site][id] = &waiting{waiters: map[Waiter]bool{}}
	}
	p.site[site][id].waiters[w] = true
	p.site[site][id].known = false
}

func (p *places) remove(site string, id session.ID, w Waiter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	x := p.site[site][id]
	if x == nil {
		return
	}
	delete(x.waiters, w)
	if len(x.waiters) == 0 {
		delete(p.site[site], id)
	}
}

// of returns the sessions of a site that somebody here waits with: all, or those that have heard no
// place yet.
func (p *places) of(site string, all bool) []session.ID {
	p.mu.Lock()
	defer p.mu.Unlock()
	ids := make([]session.ID, 0, len(p.site[site]))
	for id, w := range p.site[site] {
		if all || !w.known {
			ids = append(ids, id)
		}
	}
	return ids
}

// tell hands a place on if it differs from the one told last, or always if again is set. It reports
// whether the turn is near now and was not before.
func (p *places) tell(site string, now queue.Place, s standing, again bool) (near bool) {
	p.mu.Lock()
	id := now.Session
	x := p.site[site][id]
	if x == nil {
		p.mu.Unlock()
		return false
	}
	at, heard := placeOf(now, s, x.heard)
	if x.known && same(x.told, at) && !again {
		p.mu.Unlock()
		return false
	}
	near = at.Near && !x.told.Near
	x.told, x.heard, x.known = at, heard, true
	waiters := make([]Waiter, 0, len(x.waiters))
	for w := range x.waiters {
		waiters = append(waiters, w)
	}
	p.mu.Unlock()
	for _, w := range waiters {
		w.Place(id, at)
	}
	return near
}

func same(a, b Place) bool {
	return slices.Equal(a.ETA, b.ETA) && a.Position == b.Position && a.Near == b.Near && a.Full == b.Full &&
		a.Open == b.Open && a.Unstaffed == b.Unstaffed && a.OpensAt.Equal(b.OpensAt)
}
