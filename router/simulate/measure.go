package simulate

import (
	"time"

	"yijian/router/queue"
)

// measures collects what is seen of a day, in few bytes a visitor.
type measures struct {
	config *Config
	// waits are those of the served, in the order they were served, and of whom they were.
	waits  []time.Duration
	stream []uint16
	// gone counts those whose patience ended before their wait, by stream; leftOf those who left.
	gone, leftOf []int
	arrivals     int
	helped       int
	hours        [hours]hourCount
	guess        []guess
	// duty, busy and length are added at the end of each day.
	duty, busy, length time.Duration
}

// hourCount is what happened to those who arrived in one hour of the day.
type hourCount struct {
	arrived, served, inTime int
	waits                   time.Duration
}

// guess is one forecast and what came of it.
type guess struct {
	position int
	from, to time.Duration
	wait     time.Duration // -1 until served
}

func newMeasures(c *Config) *measures {
	return &measures{
		config: c, gone: make([]int, len(c.Streams)), leftOf: make([]int, len(c.Streams)),
		waits: make([]time.Duration, 0, c.Tickets), stream: make([]uint16, 0, c.Tickets),
	}
}

// close adds the seat time of a day that is over.
func (m *measures) close(d *desk) {
	d.crew.count(d.now)
	m.duty += d.crew.duty
	m.busy += d.crew.busy
	m.length += d.now - d.Open
}

func (m *measures) measured(v *visitor) bool { return v.number > m.config.WarmUp }

func (m *measures) arrived(v *visitor) {
	m.arrivals++
	if m.measured(v) {
		m.hours[hourOf(v.at)].arrived++
	}
}

func hourOf(at time.Duration) int { return int(at % day / time.Hour) }

// shown notes a forecast and returns its number.
func (m *measures) shown(position int, r queue.Range) int {
	m.guess = append(m.guess, guess{position: position, from: r.From, to: r.To, wait: -1})
	return len(m.guess) - 1
}

func (m *measures) served(v *visitor, now time.Duration) {
	m.helped++
	if !m.measured(v) {
		return
	}
	wait := now - v.at
	m.waits = append(m.waits, wait)
	m.stream = append(m.stream, uint16(v.stream))
	if wait > v.patience {
		m.gone[v.stream]++
	}
	h := &m.hours[hourOf(v.at)]
	h.served++
	h.waits += wait
	if wait <= m.config.Target {
		h.inTime++
	}
	if v.shown >= 0 {
		m.guess[v.shown].wait = wait
	}
}

func (m *measures) left(v *visitor, now time.Duration) {
	if m.measured(v) {
		m.gone[v.stream]++
		m.leftOf[v.stream]++
		m.hours[hourOf(v.at)].waits += now - v.at
	}
}
