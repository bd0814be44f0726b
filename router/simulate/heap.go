package simulate

import "time"

// event is something that will happen to a seat or a visitor.
type event struct {
	at time.Duration
	// order breaks ties by who came first, so that a day is the same each time it is played.
	order int
	seat  int
	who   *visitor
}

func (e *event) before(other *event) bool {
	return e.at < other.at || e.at == other.at && e.order < other.order
}

// agenda is a heap of events, the soonest first. It is written out because container/heap boxes every
// element, which is most of the cost of a day of ten million visitors.
type agenda []event

func (a agenda) next() time.Duration {
	if len(a) == 0 {
		return never
	}
	return a[0].at
}

func (a *agenda) push(e event) {
	*a = append(*a, e)
	h := *a
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if !h[i].before(&h[up]) {
			return
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

func (a *agenda) pop() event {
	h := *a
	top, last := h[0], len(h)-1
	h[0], h[last] = h[last], event{}
	h = h[:last]
	*a = h
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < len(h); child++ {
			if h[child].before(&h[least]) {
				least = child
			}
		}
		if least == i {
			return top
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}
