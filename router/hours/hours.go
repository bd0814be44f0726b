package hours

import "time"

// day is the length of a day on the wall, in minutes.
const day = 24 * 60

// horizon is how far ahead an opening is looked for. Behind it lies an honest "unknown".
const horizon = 400 * 24 * time.Hour

// Hours are the opening hours of a line. The zero value is always open.
type Hours struct {
	zone  *time.Location
	week  [7][]span // by time.Weekday, each in order
	dates map[date][]span
}

// span is a stretch of one day in minutes from its midnight. To is above a day if it lasts into the
// next one.
type span struct{ from, to int }

// date is a day of the calendar, without a zone.
type date struct {
	year  int
	month time.Month
	day   int
}

// Always reports whether these hours never close, because none were given.
func (h Hours) Always() bool { return h.zone == nil }

// Open reports whether the line is open at t.
func (h Hours) Open(t time.Time) bool {
	if h.Always() {
		return true
	}
	local := t.In(h.zone)
	minute := local.Hour()*60 + local.Minute()
	today := dateOf(local)
	return within(h.on(today), minute) || within(h.on(today.plus(-1)), minute+day)
}

// NextOpen returns the first moment from t on at which the line is open, and false if there is none
// in the next 400 days.
func (h Hours) NextOpen(t time.Time) (time.Time, bool) {
	for limit := t.Add(horizon); t.Before(limit); {
		if h.Open(t) {
			return t, true
		}
		// As long as the clocks are not set, time on the wall runs evenly.
		_, set := t.In(h.zone).ZoneBounds()
		if set.IsZero() || set.After(limit) {
			set = limit
		}
		if start, ok := h.firstStart(t, set); ok {
			return start, true
		}
		t = set
	}
	return time.Time{}, false
}

// firstStart returns the first beginning of a span after from and before to, between which the
// clocks are not set.
func (h Hours) firstStart(from, to time.Time) (time.Time, bool) {
	_, offset := from.In(h.zone).Zone()
	zone := time.FixedZone("", offset)
	for d := dateOf(from.In(zone)); d.at(0, zone).Before(to); d = d.plus(1) {
		for _, s := range h.on(d) {
			start := d.at(s.from, zone)
			if start.After(from) && start.Before(to) {
				return start.In(h.zone), true
			}
		}
	}
	return time.Time{}, false
}

func (h Hours) on(d date) []span {
	if spans, ok := h.dates[d]; ok {
		return spans
	}
	return h.week[d.weekday()]
}

func within(spans []span, minute int) bool {
	for _, s := range spans {
		if s.from <= minute && minute < s.to {
			return true
		}
	}
	return false
}

func dateOf(t time.Time) date {
	var d date
	d.year, d.month, d.day = t.Date()
	return d
}

func (d date) at(minute int, zone *time.Location) time.Time {
	return time.Date(d.year, d.month, d.day, 0, minute, 0, 0, zone)
}

func (d date) plus(days int) date {
	return dateOf(time.Date(d.year, d.month, d.day+days, 0, 0, 0, 0, time.UTC))
}

func (d date) weekday() time.Weekday { return d.at(0, time.UTC).Weekday() }
