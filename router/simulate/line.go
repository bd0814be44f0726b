package simulate

import (
	"cmp"
	"slices"
	"time"

	"yijian/session"
)

// visitor is somebody on the way through the day.
type visitor struct {
	id       session.ID
	number   int
	at       time.Duration
	handle   time.Duration
	patience time.Duration
	// score orders the line as queue.Ticket.Score does; head is the head start in it.
	score  int64
	head   time.Duration
	stream int
	queue  string
	lang   string
	reason string
	// class is the line that the visitor stands in, nil before and after. wide is set once any seat
	// may take the visitor.
	class *class
	wide  bool
	// shown is the visitor's entry in the calibration of the forecast, -1 without one.
	shown int
}

func (v *visitor) compare(other *visitor) int {
	return cmp.Or(cmp.Compare(v.score, other.score), cmp.Compare(v.id, other.id))
}

// class is the line of those whom the same seats suit. Who has waited so long that any seat may take
// them stands in wide, so that the first few of each list are all that a match can need.
type class struct {
	queue, lang  string
	narrow, wide line
}

func (c *class) line(v *visitor) *line {
	if v.wide {
		return &c.wide
	}
	return &c.narrow
}

// line is visitors in order. Most join near its end and leave at its front, where both cost nothing.
type line struct {
	all   []*visitor
	first int
}

func (l *line) len() int { return len(l.all) - l.first }

// front lists the first n, or all if there are fewer.
func (l *line) front(n int) []*visitor { return l.all[l.first:][:min(n, l.len())] }

// rank counts those before v, who need not stand here.
func (l *line) rank(v *visitor) int {
	if l.len() == 0 || l.all[len(l.all)-1].compare(v) < 0 {
		return l.len()
	}
	at, _ := slices.BinarySearchFunc(l.all[l.first:], v, (*visitor).compare)
	return at
}

func (l *line) add(v *visitor) {
	at := l.rank(v)
	if l.first > 64 && l.first > len(l.all)/2 {
		rest := copy(l.all, l.all[l.first:])
		clear(l.all[rest:])
		l.all, l.first = l.all[:rest], 0
	}
	l.all = slices.Insert(l.all, l.first+at, v)
}

// remove takes v out, who must stand here. Those before v move up.
func (l *line) remove(v *visitor) {
	at := l.first + l.rank(v)
	copy(l.all[l.first+1:at+1], l.all[l.first:at])
	l.all[l.first] = nil
	l.first++
}
