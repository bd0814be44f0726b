package simulate

import (
	"cmp"
	"container/heap"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"yijian/router/queue"
	"yijian/session"
)

// opening is when every virtual day begins. The date does not matter; that it is fixed does.
var opening = time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)

// Run plays the day.
func Run(c Config) (Report, error) {
	if err := c.check(); err != nil {
		return Report{}, err
	}
	d := newDay(c)
	for d.step() {
		d.match()
	}
	return d.report(), nil
}

// day is the state of the desk at one moment of the virtual day.
type day struct {
	Config
	// Arrivals and lengths come from streams of their own, so that two configurations that differ in
	// agents or strategy meet the same visitors.
	arrivals, lengths *rand.Rand

	now     time.Time
	next    time.Time // the next arrival; zero once the last has come
	arrived int
	line    []queue.Ticket
	seats   []queue.Seat
	index   map[string]int
	free    int
	talks   departures

	busy  time.Duration // of all seats together
	waits []time.Duration
}

func newDay(c Config) *day {
	if c.Strategy == nil {
		c.Strategy = queue.LongestIdle
	}
	d := &day{
		Config:   c,
		arrivals: rand.New(rand.NewPCG(c.Seed, 1)), lengths: rand.New(rand.NewPCG(c.Seed, 2)),
		now: opening, index: map[string]int{}, free: c.Agents * c.Capacity,
	}
	for i := range c.Agents {
		agent := "agent" + strconv.Itoa(i+1)
		d.index[agent] = i
		d.seats = append(d.seats, queue.Seat{
			Agent: agent, Status: queue.Available, Capacity: c.Capacity,
			Lease: opening.AddDate(100, 0, 0), IdleSince: opening,
		})
	}
	d.plan()
	return d
}

// plan draws the next arrival, unless the day is over.
func (d *day) plan() {
	from := d.now
	gap := time.Duration(d.arrivals.ExpFloat64() / d.PerHour * float64(time.Hour))
	d.next = from.Add(gap)
	over := d.For > 0 && d.next.Sub(opening) > d.For
	if over || d.Tickets > 0 && d.arrived == d.Tickets {
		d.next = time.Time{}
	}
}

// step moves the clock to the next event, and reports false when there is none.
func (d *day) step() bool {
	departs := len(d.talks) > 0
	switch {
	case d.next.IsZero() && !departs:
		return false
	case !d.next.IsZero() && (!departs || !d.talks[0].at.Before(d.next)):
		d.arrive()
	default:
		d.depart()
	}
	return true
}

func (d *day) arrive() {
	d.now = d.next
	d.arrived++
	t := queue.Ticket{
		Session: session.ID("s" + strconv.Itoa(d.arrived)), State: queue.InLine, Queue: "general", Arrived: d.now,
	}
	at, _ := slices.BinarySearchFunc(d.line, t.Score()+1, func(q queue.Ticket, score int64) int {
		return cmp.Compare(q.Score(), score)
	})
	d.line = slices.Insert(d.line, at, t)
	d.plan()
}

func (d *day) depart() {
	talk := heap.Pop(&d.talks).(departure)
	d.now = talk.at
	d.seats[talk.seat].Load--
	d.seats[talk.seat].IdleSince = d.now
	d.free++
}

// match gives the front of the line to the free seats. All seats take all tickets, so the front is
// as many as there is room for.
func (d *day) match() {
	front := min(d.free, len(d.line))
	if front == 0 {
		return
	}
	for _, p := range queue.Match(d.line[:front], d.seats, d.now, d.Strategy) {
		d.start(p)
	}
	d.line = slices.Delete(d.line, 0, front)
}

func (d *day) start(p queue.Pair) {
	seat := d.index[p.Seat.Agent]
	length := time.Duration(d.lengths.ExpFloat64() * float64(d.Handle))
	d.seats[seat].Load++
	d.seats[seat].IdleSince = d.now
	d.free--
	d.busy += length
	d.waits = append(d.waits, d.now.Sub(p.Ticket.Arrived))
	heap.Push(&d.talks, departure{d.now.Add(length), seat})
}

// departure is the end of a conversation.
type departure struct {
	at   time.Time
	seat int
}

// departures is a heap of conversations by their end.
type departures []departure

func (h departures) Len() int           { return len(h) }
func (h departures) Less(i, j int) bool { return h[i].at.Before(h[j].at) }
func (h departures) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push is called by container/heap.
func (h *departures) Push(x any) { *h = append(*h, x.(departure)) }

// Pop is called by container/heap.
func (h *departures) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
