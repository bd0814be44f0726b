package router

import (
	"sync"

	"yijian/session"
)

// Place is a waiting visitor's place in line.
type Place struct {
	Position int   // from 1
	ETA      []int // seconds from, to; nil when honestly unknown
	Open     bool
	Hours    string
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

// tell hands a place on if it differs from the one told last, or always if again is set.
func (p *places) tell(site string, id session.ID, at Place, again bool) {
	p.mu.Lock()
	x := p.site[site][id]
	if x == nil || (x.known && same(x.told, at) && !again) {
		p.mu.Unlock()
		return
	}
	x.told, x.known = at, true
	waiters := make([]Waiter, 0, len(x.waiters))
	for w := range x.waiters {
		waiters = append(waiters, w)
	}
	p.mu.Unlock()
	for _, w := range waiters {
		w.Place(id, at)
	}
}

func same(a, b Place) bool {
	if a.Position != b.Position || a.Open != b.Open || a.Hours != b.Hours || len(a.ETA) != len(b.ETA) {
		return false
	}
	for i := range a.ETA {
		if a.ETA[i] != b.ETA[i] {
			return false
		}
	}
	return true
}
