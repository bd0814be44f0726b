package simulate

import (
	"strconv"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// opening is the midnight every virtual day begins at. The date does not matter; that it is fixed
// does.
var opening = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Run plays the day.
func Run(c Config) (Report, error) {
	if err := c.check(); err != nil {
		return Report{}, err
	}
	c.defaults()
	m := newMeasures(&c)
	for n := range c.Days {
		d := newDesk(c, n, m)
		for d.step() {
			d.match()
		}
		m.close(d)
	}
	return m.report(), nil
}

// desk is the state of a day at one moment.
type desk struct {
	Config
	now     time.Duration
	sources []*source
	crew    *crew
	talks   agenda
	// timers wake those whom any seat may take from now on, and those whose patience is over.
	widen, leave agenda
	classes      []*class
	byClass      map[[2]string]*class
	waiting      int
	arrived      int
	recent       queue.Waits
	measures     *measures
	forecasts    map[string]*forecast
	// spare visitors, and scratch space for the match.
	spare   []*visitor
	front   []*visitor
	tickets []queue.Ticket
	seats   []queue.Seat
}

func newDesk(c Config, n int, m *measures) *desk {
	// Each day has dice of its own.
	c.Seed += uint64(n) << 32
	return &desk{
		Config: c, now: c.Open, sources: c.sources(), crew: newCrew(c.Shifts, c.Open), measures: m,
		byClass: map[[2]string]*class{}, forecasts: map[string]*forecast{},
	}
}

// step moves the clock to the next event, and reports false when the day is over. What frees a seat
// comes before what needs one.
func (d *desk) step() bool {
	next := d.sources[0]
	for _, s := range d.sources[1:] {
		if s.at < next.at {
			next = s
		}
	}
	if next.at == never && len(d.talks) == 0 && d.waiting == 0 {
		return false
	}
	at := min(next.at, d.talks.next(), d.crew.change, d.widen.next(), d.leave.next())
	d.now = at
	switch at {
	case d.talks.next():
		d.depart()
	case d.crew.change:
		d.crew.turn(at)
	case d.leave.next():
		d.goAway(d.leave.pop())
	case d.widen.next():
		d.widenFor(d.widen.pop())
	default:
		d.arrive(next)
	}
	return true
}

func (d *desk) arrive(from *source) {
	v := d.visitor()
	from.visitor(&d.Config, v)
	d.arrived++
	v.number, v.shown = d.arrived, -1
	v.id = session.ID(name(d.arrived))
	from.next(&d.Config)
	if d.Tickets > 0 && d.arrived == d.Tickets {
		for _, s := range d.sources {
			s.at = never
		}
	}
	d.join(v)
	d.measures.arrived(v)
	if d.crew.free > 0 {
		// Who is served at once is shown no place.
		return
	}
	d.show(v)
}

// join puts a visitor in line. What is fixed now is fixed for good: arrival, head start, patience.
func (d *desk) join(v *visitor) {
	stream := &d.Streams[v.stream]
	if stream.HeadStart > 0 {
		v.head = queue.HeadStart(stream.HeadStart, d.recent.P95(opening.Add(d.now)), stream.Uncapped)
	}
	ticket := d.ticket(v)
	v.score = ticket.Score()
	key := [2]string{v.queue, v.lang}
	v.class = d.byClass[key]
	if v.class == nil {
		v.class = &class{queue: v.queue, lang: v.lang}
		d.byClass[key] = v.class
		d.classes = append(d.classes, v.class)
	}
	v.class.line(v).add(v)
	d.waiting++
	if d.crew.picky {
		d.widen.push(event{at: v.at + queue.WidenAfter, order: v.number, who: v})
	}
	if d.Leave && v.patience < never-v.at {
		d.leave.push(event{at: v.at + v.patience, order: v.number, who: v})
	}
}

// ticket is the visitor as the match sees it.
func (d *desk) ticket(v *visitor) queue.Ticket {
	return queue.Ticket{
		Session: v.id, State: queue.InLine, Queue: v.queue, Lang: v.lang, Reason: v.reason,
		Arrived: opening.Add(v.at), HeadStart: v.head,
	}
}

func (d *desk) depart() {
	e := d.talks.pop()
	d.crew.giveBack(e.seat, d.now)
	if d.ETA {
		d.forecast(e.who.queue).add(e.who.handle)
	}
	d.spare = append(d.spare, e.who)
}

// widenFor lets any seat take a visitor who still waits. The number tells a visitor from the next one
// who got the same memory.
func (d *desk) widenFor(e event) {
	v := e.who
	if v.number != e.order || v.class == nil {
		return
	}
	v.class.line(v).remove(v)
	v.wide = true
	v.class.line(v).add(v)
}

func (d *desk) goAway(e event) {
	v := e.who
	if v.number != e.order || v.class == nil {
		return
	}
	d.out(v)
	d.measures.left(v, d.now)
	d.spare = append(d.spare, v)
}

func (d *desk) out(v *visitor) {
	v.class.line(v).remove(v)
	v.class = nil
	d.waiting--
}

// match gives the fronts of the lines to the seats that have room. A seat without room takes nothing,
// and no class of visitors can give more than there is room for, so that is all the match is shown.
func (d *desk) match() {
	if d.crew.free == 0 || d.waiting == 0 {
		return
	}
	d.front, d.tickets = d.front[:0], d.tickets[:0]
	for _, c := range d.classes {
		d.front = append(d.front, c.narrow.front(d.crew.free)...)
		d.front = append(d.front, c.wide.front(d.crew.free)...)
	}
	for i, v := range d.front {
		t := d.ticket(v)
		t.Version = uint64(i)
		d.tickets = append(d.tickets, t)
	}
	d.seats = d.crew.able(d.seats[:0])
	for _, p := range queue.Match(d.tickets, d.seats, opening.Add(d.now), d.Strategy) {
		d.start(d.front[p.Ticket.Version], d.crew.index[p.Seat.Agent])
	}
}

func (d *desk) start(v *visitor, seat int) {
	d.out(v)
	d.crew.take(seat, d.now)
	d.talks.push(event{at: d.now + v.handle, order: v.number, seat: seat, who: v})
	d.recent.Add(opening.Add(d.now), d.now-v.at)
	d.measures.served(v, d.now)
}

// visitor returns memory for one, used before if possible.
func (d *desk) visitor() *visitor {
	if n := len(d.spare); n > 0 {
		v := d.spare[n-1]
		d.spare = d.spare[:n-1]
		return v
	}
	return &visitor{}
}

// name is a session id that sorts by number.
func name(number int) string {
	const width = 12
	var b [width]byte
	digits := strconv.AppendInt(b[:0], int64(number), 10)
	var out [width]byte
	for i := range out {
		out[i] = '0'
	}
	copy(out[width-len(digits):], digits)
	return string(out[:])
}
