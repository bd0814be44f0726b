package queue

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

const (
	// WidenAfter is when a ticket that still waits may go to a seat of another queue or language, and
	// when a seat that gave it back may be asked again although others were not: better a person who
	// can hand it on than nobody. It is also when a heavy ticket stops lighter ones from taking the
	// room that it needs.
	WidenAfter = 60 * time.Second
	// AskAgainAfter is the breath that seats have before a ticket is offered anew that all of them have
	// given back: one agent alone would otherwise be asked again the moment of saying no.
	AskAgainAfter = 5 * time.Second
	// PreferFor is how long a ticket waits for the agent who knows the visitor, if that agent is on
	// duty and has not given it back.
	PreferFor = 15 * time.Second
)

// Strategy compares two seats that suit a ticket alike: negative if a should have it before b.
type Strategy func(t *Ticket, a, b *Seat) int

// Pair is one ticket for one seat.
type Pair struct {
	Ticket Ticket
	Seat   Seat
}

// Match decides which ticket goes to which seat. Tickets are served strictly by score; one that no
// free seat may take is passed over, not waited for. The order of the arguments does not matter.
func Match(tickets []Ticket, seats []Seat, now time.Time, strategy Strategy) []Pair {
	return newMatcher(seats, now, strategy).page(tickets)
}

// matcher matches a line page by page: what one page took is not there for the next.
type matcher struct {
	duty     []Seat
	free     int
	kept     map[string]bool // seats whose room a heavy ticket waits for
	now      time.Time
	strategy Strategy
}

func newMatcher(seats []Seat, now time.Time, strategy Strategy) *matcher {
	m := &matcher{duty: make([]Seat, 0, len(seats)), now: now, strategy: strategy}
	for i := range seats {
		if s := &seats[i]; s.OnDuty(now) {
			m.duty = append(m.duty, *s)
			m.free += s.Free()
		}
	}
	return m
}

func (m *matcher) page(tickets []Ticket) []Pair {
	if m.free == 0 {
		return nil
	}
	var pairs []Pair
	for _, t := range inOrder(tickets) {
		seat := m.pick(t)
		if seat == nil {
			continue
		}
		pairs = append(pairs, Pair{*t, *seat})
		room := t.room(seat)
		seat.Load += room
		seat.IdleSince = m.now
		if m.free -= room; m.free <= 0 {
			break
		}
	}
	return pairs
}

// inOrder returns the tickets that can be offered, first come first. Equal scores go by session id,
// which is how Redis orders them too.
func inOrder(tickets []Ticket) []*Ticket {
	out := make([]*Ticket, 0, len(tickets))
	for i := range tickets {
		if t := &tickets[i]; t.State == InLine && t.Aside == "" {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *Ticket) int {
		return cmp.Or(cmp.Compare(a.Score(), b.Score()), cmp.Compare(a.Session, b.Session))
	})
	return out
}

// pick finds the seat for a ticket: one that suits it before one that does not, then by strategy.
func (m *matcher) pick(t *Ticket) *Seat {
	wide := m.now.Sub(t.Arrived) >= WidenAfter
	rest := m.now.Sub(t.ExcludedAt)
	again := len(t.Excluded) > 0 && (rest >= WidenAfter || rest >= AskAgainAfter && m.allTried(t, wide))
	only := m.waitsFor(t)
	var best, crowded candidate
	for i := range m.duty {
		c := candidate{&m.duty[i], suits(t, &m.duty[i])}
		allowed := (c.suits || wide) && (again || !slices.Contains(t.Excluded, c.seat.Agent)) &&
			(only == "" || only == c.seat.Agent) && !m.kept[c.seat.Agent]
		switch {
		case !allowed:
		case c.seat.Free() < t.room(c.seat):
			if crowded.seat == nil || c.roomier(crowded) {
				crowded = c
			}
		case best.seat == nil || c.before(best, t, m.strategy):
			best = c
		}
	}
	if best.seat == nil && crowded.seat != nil && t.Weight > 1 && wide {
		m.keep(crowded.seat)
	}
	return best.seat
}

// keep leaves the rest of a seat's room to a heavy ticket, which would otherwise wait for ever while
// lighter ones take each place that becomes free.
func (m *matcher) keep(s *Seat) {
	if m.kept == nil {
		m.kept = map[string]bool{}
	}
	m.kept[s.Agent] = true
	m.free -= s.Free()
}

// waitsFor returns the agent that a ticket is kept for a little, or "".
func (m *matcher) waitsFor(t *Ticket) string {
	if t.Preferred == "" || m.now.Sub(t.Since) >= PreferFor || slices.Contains(t.Excluded, t.Preferred) {
		return ""
	}
	for i := range m.duty {
		if m.duty[i].Agent == t.Preferred {
			return t.Preferred
		}
	}
	return ""
}

// candidate is a seat that may take a ticket, and whether it suits it.
type candidate struct {
	seat  *Seat
	suits bool
}

func (c candidate) before(other candidate, t *Ticket, strategy Strategy) bool {
	if c.suits != other.suits {
		return c.suits
	}
	return cmp.Or(strategy(t, c.seat, other.seat), cmp.Compare(c.seat.Agent, other.seat.Agent)) < 0
}

func (c candidate) roomier(other candidate) bool {
	return cmp.Or(cmp.Compare(other.seat.Free(), c.seat.Free()), cmp.Compare(c.seat.Agent, other.seat.Agent)) < 0
}

// allTried reports whether every seat on duty that may take the ticket has had it in this cycle. A
// full seat counts as not yet tried.
func (m *matcher) allTried(t *Ticket, wide bool) bool {
	for i := range m.duty {
		s := &m.duty[i]
		if (wide || suits(t, s)) && !slices.Contains(t.Excluded, s.Agent) {
			return false
		}
	}
	return true
}

// suits reports whether the seat serves the ticket's queue and speaks its language.
func suits(t *Ticket, s *Seat) bool { return s.Serves(t.Queue) && speaks(s, t.Lang) }

// speaks compares languages by their first subtag: an agent who writes zh-CN can help in zh-TW.
func speaks(s *Seat, lang string) bool {
	if lang == "" || len(s.Langs) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Langs, func(own string) bool {
		return strings.EqualFold(base(own), base(lang))
	})
}

func base(lang string) string {
	if i := strings.IndexAny(lang, "-_"); i > 0 {
		return lang[:i]
	}
	return lang
}
