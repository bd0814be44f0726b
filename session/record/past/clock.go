package past

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// layouts are how exports write times; those without a zone are read in that of the options.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04",
	"2006/1/2 15:04:05.999999999", "2006/1/2 15:04", "2006年1月2日 15:04:05", "2006年1月2日 15:04",
}

// early is before anybody chatted with a bot: an older time comes from a clock that was never set.
var early = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// ahead is how far a clock may be in the future; zones are mistaken by half a day.
const ahead = 24 * time.Hour

func (o Options) time(text string) (time.Time, error) {
	at, err := o.parse(strings.TrimSpace(text))
	switch {
	case err != nil:
		return at, err
	case at.Before(early):
		return at, fmt.Errorf("at is %s: that clock was not set; write when it was said", at.Format(time.DateTime))
	case at.After(o.Now.Add(ahead)):
		return at, fmt.Errorf("at is %s, which lies in the future; correct it, or give its --zone", at.Format(time.DateTime))
	}
	return at, nil
}

func (o Options) parse(text string) (time.Time, error) {
	zone := o.Zone
	if zone == nil {
		zone = time.UTC
	}
	for _, layout := range layouts {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at.UTC().Truncate(time.Millisecond), nil
		}
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		if n > 1e11 {
			return time.UnixMilli(min(n, 1<<52)).UTC(), nil
		}
		return time.Unix(n, 0).UTC(), nil
	}
	return time.Time{}, fmt.Errorf("at is %q, no time; write one such as 2026-11-28 09:30:00 or 2026-11-28T09:30:00+08:00", cut(text))
}

// cut keeps a message about a value short.
func cut(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
