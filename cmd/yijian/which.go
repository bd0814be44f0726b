package main

import (
	"fmt"
	"time"

	"yijian/session/record/search"
)

// which are the flags by which commands choose conversations of the record.
type which struct {
	Site []string `name:"site" help:"Only conversations of these sites."`
	From string   `name:"from" placeholder:"DATE" help:"Only those that began on this day or later, such as 2026-11-28."`
	To   string   `name:"to" placeholder:"DATE" help:"Only those that began before this day."`
	Text string   `name:"text" placeholder:"WORDS" help:"Only those in which these words were said."`
}

// any reports whether there is a choice at all.
func (w which) any() bool { return len(w.Site) > 0 || w.From != "" || w.To != "" || w.Text != "" }

func (w which) query() (search.Query, error) {
	q := search.Query{Text: w.Text}
	if len(w.Site) > 0 {
		q.Sites = w.Site
	}
	for _, day := range []struct {
		name, text string
		at         *time.Time
	}{{"--from", w.From, &q.From}, {"--to", w.To, &q.To}} {
		if day.text == "" {
			continue
		}
		at, err := time.ParseInLocation(time.DateOnly, day.text, time.Local)
		if err != nil {
			return q, fmt.Errorf("%s is %q, no date; write one such as 2026-11-28", day.name, day.text)
		}
		*day.at = at
	}
	return q, nil
}
