package hours

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// mostDays bounds a range of dates: more is a slip of the pen, and would fill the memory.
const mostDays = 366

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Parse reads hours, one rule a line, and returns everything that is wrong with them at once:
//
//	mon-fri 09:00-12:00 13:00-18:00
//	sat 22:00-02:00
//	2026-10-01..2026-10-07 closed
//	2026-12-24 09:00-12:00
//
// Dates go before days of the week. No lines at all are always open.
func Parse(lines []string, zone *time.Location) (Hours, error) {
	if len(lines) == 0 {
		return Hours{}, nil
	}
	if zone == nil {
		return Hours{}, errors.New("the hours have no time zone; give one such as Asia/Shanghai")
	}
	h := Hours{zone: zone, dates: map[date][]span{}}
	var errs []error
	for _, line := range lines {
		if err := h.add(line); err != nil {
			errs = append(errs, fmt.Errorf("%.80q: %w", line, err))
		}
	}
	if len(errs) == 0 {
		errs = append(errs, h.check())
	}
	if err := errors.Join(errs...); err != nil {
		return Hours{}, err
	}
	return h, nil
}

func (h *Hours) add(line string) error {
	words := strings.Fields(strings.ToLower(line))
	if len(words) < 2 {
		return errors.New("this is no rule; write days and hours, such as mon-fri 09:00-18:00")
	}
	spans, err := parseSpans(words[1:])
	if err != nil {
		return err
	}
	if words[0][0] >= '0' && words[0][0] <= '9' {
		return h.addDates(words[0], spans)
	}
	return h.addDays(words[0], spans)
}

func (h *Hours) addDays(text string, spans []span) error {
	first, last, ranged := strings.Cut(text, "-")
	if !ranged {
		last = first
	}
	from, to := slices.Index(weekdays, first), slices.Index(weekdays, last)
	if from < 0 || to < 0 {
		return fmt.Errorf("%.40q are no days; write mon, tue, wed, thu, fri, sat or sun, or mon-fri", text)
	}
	for i := from; ; i = (i + 1) % len(weekdays) {
		if h.week[i] != nil {
			return fmt.Errorf("%s stands here a second time; write all its hours on one line", weekdays[i])
		}
		h.week[i] = spans
		if i == to {
			return nil
		}
	}
}

func (h *Hours) addDates(text string, spans []span) error {
	first, last, ranged := strings.Cut(text, "..")
	if !ranged {
		last = first
	}
	from, err := time.Parse(time.DateOnly, first)
	to, err2 := time.Parse(time.DateOnly, last)
	switch {
	case err != nil || err2 != nil:
		return fmt.Errorf("%.40q is no date; write 2026-10-01, or 2026-10-01..2026-10-07", text)
	case to.Before(from):
		return errors.New("the last date is before the first; swap them")
	case to.Sub(from) >= mostDays*24*time.Hour:
		return fmt.Errorf("these are more than %d days; write a shorter range", mostDays)
	}
	for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
		if _, twice := h.dates[dateOf(d)]; twice {
			return fmt.Errorf("%s stands here a second time; keep one", d.Format(time.DateOnly))
		}
		h.dates[dateOf(d)] = spans
	}
	return nil
}

// parseSpans reads "closed", or stretches of one day. It never returns nil without an error: nil is
// a day that nothing was said of.
func parseSpans(words []string) ([]span, error) {
	spans := []span{}
	if len(words) == 1 && words[0] == "closed" {
		return spans, nil
	}
	var errs []error
	for _, word := range words {
		s, err := parseSpan(word)
		errs = append(errs, err)
		spans = append(spans, s)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	for i := range spans[1:] {
		if spans[i].to > spans[i+1].from {
			return nil, fmt.Errorf("%s and %s overlap; join them", spans[i], spans[i+1])
		}
	}
	return spans, nil
}

func parseSpan(word string) (span, error) {
	first, last, _ := strings.Cut(word, "-")
	from, ok := parseMinute(first)
	to, ok2 := parseMinute(last)
	switch {
	case !ok || !ok2 || from == day:
		return span{}, fmt.Errorf("%.40q are no hours; write 09:00-18:00, or closed", word)
	case from == to:
		return span{}, fmt.Errorf("%q is no time at all; for a whole day write 00:00-24:00", word)
	case to < from:
		to += day
	}
	return span{from, to}, nil
}

// parseMinute reads 9:00, 09:00 or 24:00.
func parseMinute(text string) (int, bool) {
	if text == "24:00" {
		return day, true
	}
	t, err := time.Parse("15:04", text)
	return t.Hour()*60 + t.Minute(), err == nil
}

// check looks at the week as a whole.
func (h *Hours) check() error {
	var errs []error
	opens := false
	for i, spans := range h.week {
		if len(spans) == 0 {
			continue
		}
		opens = true
		next := h.week[(i+1)%len(h.week)]
		if last := spans[len(spans)-1]; len(next) > 0 && last.to-day > next[0].from {
			errs = append(errs, fmt.Errorf("%s of %s and %s of the day after overlap; end the first one earlier",
				last, weekdays[i], next[0]))
		}
	}
	if !opens {
		errs = append(errs, errors.New("no day of the week ever opens; write at least one, such as mon-fri 09:00-18:00"))
	}
	return errors.Join(errs...)
}
