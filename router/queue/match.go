package queue

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// WidenAfter is when a ticket that still waits may go to a seat of another queue or language, and
// when a seat that gave it back may be asked again although others were not: better a person who can
// hand it on than nobody.
const WidenAfter = 60 * time.Second

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
	duty, free := onDuty(seats, now)
	if free == 0 {
		return nil
	}
	var pairs []Pair
	for _, t := range inOrder(tickets) {
		seat := pick(t, duty, now, strategy)
		if seat == nil {
			continue
		}
		pairs = append(pairs, Pair{*t, *seat})
		seat.Load++
		seat.IdleSince = now
		if free--; free == 0 {
			break
		}
	}
	return pairs
}

// onDuty copies the seats that may be offered something, and counts their room.
func onDuty(seats []Seat, now time.Time) (duty []Seat, free int) {
	duty = make([]Seat, 0, len(seats))
	for i := range seats {
		if s := &seats[i]; s.OnDuty(now) {
			duty = append(duty, *s)
			free += s.Free()
		}
	}
	return duty, free
}

// inOrder returns the tickets that can be offered, first come first. Equal scores go by session id,
// which is how Redis orders them too.
func inOrder(tickets []Ticket) []*Ticket {
	out := make([]*Ticket, 0, len(tickets))
	for i := range tickets {
		if t := &tickets[i]; t.State == InLine && !t.Away {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *Ticket) int {
		return cmp.Or(cmp.Compare(a.Score(), b.Score()), cmp.Compare(a.Session, b.Session))
	})
	return out
}

// pick finds the seat for a ticket: one that suits it before one that does not, then by strategy.
func pick(t *Ticket, duty []Seat, now time.Time, strategy Strategy) *Seat {
	wide := now.Sub(t.Arrived) >= WidenAfter
	again := len(t.Excluded) > 0 && (now.Sub(t.ExcludedAt) >= WidenAfter || allTried(t, duty, wide))
	var best candidate
	for i := range duty {
		c := candidate{&duty[i], suits(t, &duty[i])}
		allowed := (c.suits || wide) && (again || !slices.Contains(t.Excluded, c.seat.Agent))
		if allowed && c.seat.Free() > 0 && (best.seat == nil || c.before(best, t, strategy)) {
			best = c
		}
	}
	return best.seat
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

// allTried reports whether every seat on duty that may take the ticket has had it in this cycle. A
// full seat counts as not yet tried.
func allTried(t *Ticket, duty []Seat, wide bool) bool {
	for i := range duty {
		s := &duty[i]
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
