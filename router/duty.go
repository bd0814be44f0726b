package router

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yijian/router/hours"
)

// Opening says when people answer: of each site, and of queues that have hours of their own at every
// site. Neither is always.
type Opening struct {
	Sites  map[string]hours.Hours
	Queues map[string]hours.Hours
}

func (o Opening) of(site, queue string) hours.Hours {
	if own, has := o.Queues[queue]; has {
		return own
	}
	return o.Sites[site]
}

// Hours says the hours of a site's queue in a line, and the empty text if they never close.
func (r *Router) Hours(site, queue, lang string) string {
	return r.hours.of(site, orElse(queue, GeneralQueue)).Text(lang)
}

// state is which of a site's hours are open: it changes whenever one of them begins or ends.
func (o Opening) state(site string, now time.Time) string {
	open := func(h hours.Hours) string { return strconv.FormatBool(h.Open(now)) }
	state := []string{open(o.Sites[site])}
	for _, queue := range slices.Sorted(maps.Keys(o.Queues)) {
		state = append(state, open(o.Queues[queue]))
	}
	return strings.Join(state, " ")
}

// Duty is whether somebody answers now. Open hours are a promise and people on duty a fact: where
// people are on duty the desk is open whatever the hours say (docs/adr/0006).
type Duty struct {
	Open bool
	// Unstaffed says that nobody is on duty although the hours are open.
	Unstaffed bool
	// OpensAt is when a closed desk opens next; zero when it is open or nobody can say.
	OpensAt time.Time
}

func dutyAt(h hours.Hours, servers int, now time.Time) Duty {
	switch {
	case servers > 0:
		return Duty{Open: true}
	case h.Open(now):
		return Duty{Open: true, Unstaffed: true}
	}
	at, _ := h.NextOpen(now)
	return Duty{OpensAt: at}
}
