package queue_test

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// model is the desk as one plain value: what the scripts must do, without Redis.
type model struct {
	now     time.Time
	tickets map[session.ID]*queue.Ticket
	heldAt  map[session.ID]time.Time
	shown   map[session.ID]bool
	room    map[session.ID]int // what a ticket that somebody has takes of the seat
	seats   map[string]*queue.Seat
	missed  map[string]int
	handles map[string][]time.Duration
}

func newModel() *model {
	return &model{
		now: start, tickets: map[session.ID]*queue.Ticket{}, heldAt: map[session.ID]time.Time{},
		shown: map[session.ID]bool{}, room: map[session.ID]int{}, seats: map[string]*queue.Seat{}, missed: map[string]int{},
		handles: map[string][]time.Duration{},
	}
}

// ticket returns the ticket of a session, Gone if it has none.
func (m *model) ticket(id session.ID) *queue.Ticket {
	if m.tickets[id] == nil {
		m.tickets[id] = &queue.Ticket{Session: id, State: queue.Gone}
	}
	return m.tickets[id]
}

func (m *model) load(agent string) int {
	n := 0
	for _, id := range m.of(agent) {
		n += m.room[id]
	}
	return n
}

// of lists the tickets that an agent has.
func (m *model) of(agent string) []session.ID {
	var out []session.ID
	for id, t := range m.tickets {
		if t.Agent == agent {
			out = append(out, id)
		}
	}
	return out
}

// fits is what a ticket takes of a seat: all of one that is too small for it.
func (m *model) fits(t *queue.Ticket, agent string) int {
	if s := m.seats[agent]; s != nil {
		return min(t.Weight, s.Capacity)
	}
	return t.Weight
}

// line is a queue in its order: everything that nobody holds yet.
func (m *model) line(name string) []session.ID {
	var in []*queue.Ticket
	for _, t := range m.tickets {
		if t.Queue == name && t.State != queue.Held && t.State != queue.Gone && t.Aside == "" {
			in = append(in, t)
		}
	}
	slices.SortFunc(in, func(a, b *queue.Ticket) int {
		return cmp.Or(cmp.Compare(a.Score(), b.Score()), cmp.Compare(a.Session, b.Session))
	})
	out := []session.ID{}
	for _, t := range in {
		out = append(out, t.Session)
	}
	return out
}

// settle returns the outcome, the agent freed, and the offer that died.
func (m *model) settle(p queue.Projection) (outcome queue.Outcome, freed, dead string) {
	t := m.ticket(p.Session)
	if p.Epoch < t.Epoch {
		return queue.Older, "", ""
	}
	before := *t
	switch p.Owner {
	case session.Waiting:
		return m.settleWaiting(t, p)
	case session.Human:
		if t.State == queue.Held && t.Agent == p.Agent {
			m.describe(t, p)
			return queue.Unchanged, "", ""
		}
		freed, dead = m.endHold(t)
		if before.State == queue.Accepting && before.Agent == p.Agent {
			dead = ""
		}
		m.describe(t, p)
		if before.Agent != p.Agent {
			m.room[p.Session] = m.fits(t, p.Agent)
		}
		t.State, t.Agent, t.Excluded, t.ExcludedAt = queue.Held, p.Agent, nil, time.Time{}
		t.Aside = ""
		m.heldAt[p.Session] = m.now
		return queue.TookHold, freed, dead
	}
	if t.State == queue.Gone {
		if p.Epoch > t.Epoch {
			t.Since = m.now
		}
		t.Epoch, t.Left = p.Epoch, p.Owner
		return queue.Unchanged, "", ""
	}
	if t.State == queue.Held {
		took := []time.Duration{m.now.Sub(m.heldAt[p.Session])}
		m.handles[t.Queue] = slices.Concat(took, m.handles[t.Queue])
		m.handles[t.Queue] = m.handles[t.Queue][:min(50, len(m.handles[t.Queue]))]
	}
	freed, dead = m.endHold(t)
	since := t.Since
	if p.Epoch > t.Epoch {
		since = m.now
	}
	*t = queue.Ticket{Session: p.Session, State: queue.Gone, Epoch: p.Epoch, Since: since, Left: p.Owner}
	return queue.Left, freed, dead
}

func (m *model) settleWaiting(t *queue.Ticket, p queue.Projection) (outcome queue.Outcome, freed, dead string) {
	before := *t
	stale := t.State == queue.Accepting && p.Epoch > t.Epoch
	side := m.beside(t, p)
	if t.State == queue.Held || stale || t.State == queue.Offered && side != "" {
		freed, dead = m.endHold(t)
	}
	m.describe(t, p)
	if before.State == queue.Held {
		m.exclude(t, before.Agent)
	}
	if before.State == queue.Gone {
		t.State = queue.InLine
	}
	t.Aside = side
	if t.State == queue.Accepting {
		t.Aside = ""
	}
	switch {
	case before.State == queue.Gone, before.State == queue.Held:
		outcome = queue.Joined
	case stale, before.Queue != t.Queue, before.Lang != t.Lang,
		before.Aside != t.Aside, before.Callback != t.Callback, t.Aside == "" && before.Score() != t.Score():
		outcome = queue.Moved
	default:
		outcome = queue.Unchanged
	}
	return outcome, freed, dead
}

// beside says whether a ticket waits beside the line from this settle on.
func (m *model) beside(t *queue.Ticket, p queue.Projection) queue.Aside {
	switch {
	case p.Callback && p.NotBefore > m.now.UnixMilli():
		return queue.AsideLater
	case !p.Callback && t.Aside == queue.AsideAway:
		return queue.AsideAway
	}
	return ""
}

// here notes that a page is open.
func (m *model) here(id session.ID) {
	t := m.ticket(id)
	if t.State == queue.Gone || t.State == queue.Held {
		return
	}
	t.Seen = m.now
	if t.Aside == queue.AsideAway {
		t.Aside = ""
	}
}

// stepAside answers the timer of who may be away, and reports whether the ticket is missed.
func (m *model) stepAside(id session.ID) bool {
	t := m.ticket(id)
	if t.State != queue.InLine {
		return false
	}
	if t.Callback {
		t.Aside = ""
		if t.NotBefore.After(m.now) {
			t.Aside = queue.AsideLater
		}
		return false
	}
	seen := m.latest(t)
	if seen.Add(awayAfter).After(m.now) {
		return false
	}
	was := t.Aside
	t.Aside = queue.AsideAway
	return was == queue.AsideAway && !t.Missed && !seen.Add(queue.MissedAfter).After(m.now)
}

// latest is when somebody was there last, in whole milliseconds as timers have it.
func (m *model) latest(t *queue.Ticket) time.Time {
	if t.Seen.After(t.Since) {
		return t.Seen.Truncate(time.Millisecond)
	}
	return t.Since.Truncate(time.Millisecond)
}

// take reports whether an agent gets the ticket that it asks for.
func (m *model) take(agent string, id session.ID) bool {
	t, s := m.ticket(id), m.seats[agent]
	return t.State == queue.InLine && s != nil && s.Lease.After(m.now) && m.load(agent)+m.fits(t, agent) <= s.Capacity
}

func (m *model) describe(t *queue.Ticket, p queue.Projection) {
	arrived := time.UnixMicro(p.Arrived).UTC()
	same := t.State != queue.Gone && (arrived.Equal(t.Arrived) || p.Epoch == t.Epoch)
	if same {
		t.HeadStart = max(t.HeadStart, p.HeadStart)
	} else {
		t.Arrived, t.HeadStart, t.Excluded, t.ExcludedAt = arrived, p.HeadStart, nil, time.Time{}
	}
	t.Left = ""
	if p.Epoch > t.Epoch {
		t.Since = m.now
	}
	t.Epoch, t.Queue, t.Lang, t.Reason = p.Epoch, p.Queue, p.Lang, p.Reason
	t.Weight, t.Preferred = max(1, p.Weight), p.Preferred
	t.Callback, t.Missed, t.NotBefore = p.Callback, p.Missed, time.Time{}
	if p.NotBefore > 0 {
		t.NotBefore = time.UnixMilli(p.NotBefore).UTC()
	}
}

func (m *model) endHold(t *queue.Ticket) (freed, dead string) {
	switch t.State {
	case queue.Held:
		freed = t.Agent
		m.idle(t.Agent)
	case queue.Offered, queue.Accepting:
		dead = t.Offer
	}
	m.putBack(t)
	return freed, dead
}

func (m *model) idle(agent string) {
	if s := m.seats[agent]; s != nil {
		s.IdleSince = m.now
	}
}

func (m *model) putBack(t *queue.Ticket) {
	if t.State != queue.Gone {
		t.State = queue.InLine
	}
	t.Agent, t.Offer, t.Deadline = "", "", time.Time{}
	delete(m.shown, t.Session)
}

func (m *model) exclude(t *queue.Ticket, agent string) {
	if !slices.Contains(t.Excluded, agent) {
		t.Excluded = append(t.Excluded, agent)
	}
	t.ExcludedAt = m.now
}

func (m *model) sit(s queue.Sitting, choose bool) {
	seat := m.seats[s.Agent]
	if seat == nil {
		seat = &queue.Seat{Agent: s.Agent}
		m.seats[s.Agent] = seat
		choose = true
	}
	if choose {
		delete(m.missed, s.Agent)
		if s.Status == queue.Available && seat.Status != queue.Available {
			seat.IdleSince = m.now
		}
		seat.Status = s.Status
	}
	seat.Capacity, seat.Langs, seat.Skills = s.Capacity, s.Langs, s.Skills
	seat.Lease = m.now.Add(30 * time.Second)
}

func (m *model) leave(agent string) {
	if s := m.seats[agent]; s != nil && s.Lease.After(m.now) {
		s.Lease = m.now
	}
}

// match is what a dispatch must offer.
func (m *model) match() []queue.Pair {
	var tickets []queue.Ticket
	for _, t := range m.tickets {
		tickets = append(tickets, *t)
	}
	var seats []queue.Seat
	for _, s := range m.seats {
		seat := *s
		seat.Load = m.load(s.Agent)
		seats = append(seats, seat)
	}
	return queue.Match(tickets, seats, m.now, queue.LongestIdle)
}

func (m *model) offer(o queue.Offer) {
	t := m.ticket(o.Session)
	if slices.Contains(t.Excluded, o.Agent) {
		t.Excluded, t.ExcludedAt = nil, time.Time{}
	}
	m.room[o.Session] = m.fits(t, o.Agent)
	t.State, t.Agent, t.Offer, t.Deadline = queue.Offered, o.Agent, o.ID, m.now.Add(25*time.Second)
}

func (m *model) accept(agent, offer string) bool {
	t := m.byOffer(agent, offer)
	switch {
	case t == nil:
		return false
	case t.State == queue.Accepting:
		return true
	case !t.Deadline.After(m.now):
		return false
	}
	t.State, t.Deadline = queue.Accepting, m.now.Add(10*time.Second)
	delete(m.missed, agent)
	return true
}

func (m *model) decline(agent, offer string) bool {
	t := m.byOffer(agent, offer)
	if t == nil || t.State != queue.Offered {
		return false
	}
	m.putBack(t)
	m.exclude(t, agent)
	delete(m.missed, agent)
	return true
}

// lapse says what the timer of a ticket must be answered with: "", "lapsed" or "void".
func (m *model) lapse(id session.ID) (what string, away bool) {
	t := m.ticket(id)
	if t.Offer == "" || t.Deadline.After(m.now) {
		return "", false
	}
	if t.State == queue.Accepting {
		return "void", false
	}
	if seat := m.seats[t.Agent]; m.shown[id] && seat != nil {
		m.missed[t.Agent]++
		if m.missed[t.Agent] >= 2 && seat.Status == queue.Available {
			seat.Status = queue.Away
			delete(m.missed, t.Agent)
			away = true
		}
	}
	agent := t.Agent
	m.putBack(t)
	m.exclude(t, agent)
	return "lapsed", away
}

func (m *model) byOffer(agent, offer string) *queue.Ticket {
	for _, t := range m.tickets {
		if t.Offer == offer && offer != "" && t.Agent == agent {
			return t
		}
	}
	return nil
}

// lose answers a seat's timer and forgets a seat that holds nothing.
func (m *model) lose(agent string) (back bool, held []session.ID) {
	if s := m.seats[agent]; s != nil && s.Lease.Add(60*time.Second).After(m.now) {
		return true, nil
	}
	for _, id := range slices.Sorted(maps.Keys(m.tickets)) {
		if t := m.tickets[id]; t.Agent == agent && t.State == queue.Held {
			held = append(held, id)
		}
	}
	if m.load(agent) == 0 {
		delete(m.seats, agent)
		delete(m.missed, agent)
	}
	return false, held
}
