package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/export"
	"yijian/session/record/search"
)

type exportCmd struct {
	Flags
	Format string   `name:"format" enum:"csv,jsonl" default:"jsonl" help:"csv is a table, jsonl a conversation a line, which import reads (${default})."`
	Out    string   `name:"out" placeholder:"FILE" help:"Write this file, which must not exist yet, instead of the terminal."`
	Site   []string `name:"site" help:"Only conversations of these sites."`
	From   string   `name:"from" placeholder:"DATE" help:"Only those that began on this day or later, such as 2026-11-28."`
	To     string   `name:"to" placeholder:"DATE" help:"Only those that began before this day."`
	Text   string   `name:"text" placeholder:"WORDS" help:"Only those in which these words were said."`
}

// Run writes the export. One that is stopped leaves no file behind.
func (c *exportCmd) Run(e *env) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	return withRecord(e, c.Flags, func(ctx context.Context, _ Config, db *record.DB) error {
		err := db.Audit(ctx, record.Entry{At: time.Now(), Who: record.CommandLine, What: "sessions.export", Target: c.Format})
		if err != nil {
			return err
		}
		index := search.New(db, zerolog.Nop())
		sessions := func(ctx context.Context, each func(session.ID) error) error { return index.Each(ctx, q, each) }
		return toFile(e, c.Out, func(w io.Writer) error {
			counts, err := export.Write(ctx, w, db, export.Format(c.Format), sessions)
			if err == nil {
				fmt.Fprintf(e.stderr, "%d conversations with %d events exported.\n", counts.Sessions, counts.Events)
			}
			return err
		})
	})
}

func (c *exportCmd) query() (search.Query, error) {
	q := search.Query{Text: c.Text}
	if len(c.Site) > 0 {
		q.Sites = c.Site
	}
	for _, day := range []struct {
		name, text string
		at         *time.Time
	}{{"--from", c.From, &q.From}, {"--to", c.To, &q.To}} {
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

// toFile lets write fill a new file that only this user reads, or the terminal if name is empty. What
// was not written to its end is removed.
func toFile(e *env, name string, write func(io.Writer) error) error {
	if name == "" {
		return write(e.stdout)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; name another file, or remove it first", name)
	}
	if err != nil {
		return fmt.Errorf("creating the file: %w", err)
	}
	if err := errors.Join(write(file), file.Close()); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}
