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
	which
	Format  string       `name:"format" enum:"csv,jsonl" default:"jsonl" help:"csv is a table, jsonl a conversation a line, which import reads (${default})."`
	Out     string       `name:"out" placeholder:"FILE" help:"Write this file, which must not exist yet, instead of the terminal."`
	Visitor []session.ID `name:"visitor" placeholder:"ID" help:"All that is kept of one visitor: the conversation with this id, which the console shows."`
}

// Run writes the export. One that is stopped leaves no file behind.
func (c *exportCmd) Run(e *env) error {
	q, err := c.query()
	if err == nil && len(c.Visitor) > 0 && c.any() {
		err = errors.New("--visitor names the conversation; leave --site, --from, --to and --text out")
	}
	if err != nil {
		return err
	}
	return withRecord(e, c.Flags, func(ctx context.Context, _ Config, db *record.DB) error {
		sessions, err := c.sessions(ctx, db, q)
		if err != nil {
			return err
		}
		return toFile(e, c.Out, func(w io.Writer) error {
			counts, err := export.Write(ctx, w, db, export.Format(c.Format), sessions)
			if err == nil {
				fmt.Fprintf(e.stderr, "%d conversations with %d events exported.\n", counts.Sessions, counts.Events)
			}
			return err
		})
	})
}

// sessions are those to export. That they are taken out is audited first.
func (c *exportCmd) sessions(ctx context.Context, db *record.DB, q search.Query) (export.Sessions, error) {
	entry := record.Entry{At: time.Now(), Who: record.CommandLine, What: "sessions.export", Target: c.Format}
	if len(c.Visitor) == 0 {
		index := search.New(db, zerolog.Nop())
		return func(ctx context.Context, each func(session.ID) error) error { return index.Each(ctx, q, each) }, db.Audit(ctx, entry)
	}
	for _, id := range c.Visitor {
		s, err := visitor(ctx, db, id)
		if err != nil {
			return nil, err
		}
		entry.Site, entry.Target = s.State.Site, string(id)
		if err := db.Audit(ctx, entry); err != nil {
			return nil, err
		}
	}
	return export.One(c.Visitor...), nil
}

// visitor is the conversation that an id on the command line names.
func visitor(ctx context.Context, db *record.DB, id session.ID) (record.Session, error) {
	if _, err := session.ParseID(string(id)); err != nil {
		return record.Session{}, fmt.Errorf("%q is no id of a conversation; the console shows it, and yijian export --text finds it", string(id))
	}
	s, err := db.Session(ctx, id)
	if errors.Is(err, record.ErrNoSession) {
		return s, fmt.Errorf("the record holds no conversation %s; it may have been erased", id)
	}
	return s, err
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
