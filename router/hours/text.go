package hours

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// words are the parts that a sentence about hours is made of.
type words struct {
	days                      [7]string // by time.Weekday
	every, whole, next        string    // next stands around the end of a span on the day after
	to, between, spans, rules string
}

var (
	zh = words{
		days:  [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
		every: "每天", whole: "全天", next: "次日 %s", to: "至", between: " ", spans: "、", rules: "，",
	}
	en = words{
		days:  [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		every: "every day", whole: "all day", next: "%s the next day", to: "–", between: " ", spans: " and ", rules: ", ",
	}
)

// Text says the hours of an ordinary week in a line for the visitor, in Chinese or else in English.
// It is empty if they never close.
func (h Hours) Text(lang string) string {
	if h.Always() {
		return ""
	}
	w := en
	if lang == "" || strings.HasPrefix(strings.ToLower(lang), "zh") {
		w = zh
	}
	var rules []string
	for i := 0; i < 7; {
		n := 1
		for i+n < 7 && slices.Equal(h.week[weekday(i)], h.week[weekday(i+n)]) {
			n++
		}
		if spans := h.week[weekday(i)]; len(spans) > 0 {
			rules = append(rules, w.ofDays(i, n)+w.between+w.list(spans))
		}
		i += n
	}
	return strings.Join(rules, w.rules)
}

// weekday counts from Monday, as people read a week.
func weekday(i int) time.Weekday { return time.Weekday((i + 1) % 7) }

func (w words) ofDays(from, n int) string {
	first, last := w.days[weekday(from)], w.days[weekday(from+n-1)]
	switch n {
	case 7:
		return w.every
	case 1:
		return first
	}
	return first + w.to + last
}

func (w words) list(spans []span) string {
	texts := make([]string, len(spans))
	for i, s := range spans {
		switch {
		case s == (span{0, day}):
			texts[i] = w.whole
		case s.to > day:
			texts[i] = clock(s.from) + "–" + fmt.Sprintf(w.next, clock(s.to-day))
		default:
			texts[i] = s.String()
		}
	}
	return strings.Join(texts, w.spans)
}

// String writes a span as 9:00–18:00.
func (s span) String() string {
	to := s.to
	if to > day {
		to -= day
	}
	return clock(s.from) + "–" + clock(to)
}

func clock(minute int) string { return fmt.Sprintf("%d:%02d", minute/60, minute%60) }
