package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/past"
	"yijian/session/record/search"
)

type importCmd struct {
	Flags
	File     string   `arg:"" help:"A CSV file with the columns conversation, at, from and text, or a conversation in JSON a line."`
	Site     string   `name:"site" help:"The site of conversations that name none."`
	Encoding string   `name:"encoding" default:"auto" help:"auto, utf-8, gbk, utf-16 or windows-1252 (${default})."`
	Zone     string   `name:"zone" placeholder:"ZONE" help:"The time zone of times that have none, such as Asia/Shanghai; UTC if not given."`
	Column   []string `name:"column" placeholder:"THEIRS=OURS" help:"What a column of the file is called here, such as chat_id=conversation."`
	DryRun   bool     `name:"dry-run" help:"Check the file, and import nothing."`
}

// Run checks the whole file before it writes anything.
func (c *importCmd) Run(e *env) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	all, err := c.read(e, options)
	if problems, ok := errors.AsType[past.Problems](err); ok {
		return c.refuse(e, problems)
	}
	if err != nil {
		return err
	}
	return withRecord(e, c.Flags, func(ctx context.Context, cfg Config, db *record.DB) error {
		if err := putSites(ctx, db, cfg); err != nil {
			return err
		}
		if problems, ok := errors.AsType[past.Problems](past.Sites(ctx, db, all)); ok {
			return c.refuse(e, problems)
		}
		if c.DryRun {
			fmt.Fprintf(e.stdout, "%s is good: %d conversations. Nothing was imported.\n", c.File, len(all))
			return nil
		}
		return store(ctx, e, db, all)
	})
}

func (c *importCmd) refuse(e *env, problems past.Problems) error {
	fmt.Fprintf(e.stderr, "%s cannot be imported, and nothing was:\n%s\n", c.File, problems)
	return errFailed
}

func (c *importCmd) options() (past.Options, error) {
	o := past.Options{Site: c.Site, Encoding: c.Encoding, Zone: time.UTC, Columns: map[string]string{}, Now: time.Now()}
	if c.Zone != "" {
		zone, err := time.LoadLocation(c.Zone)
		if err != nil {
			return o, fmt.Errorf("there is no time zone %q; write one such as Asia/Shanghai or Europe/Berlin", c.Zone)
		}
		o.Zone = zone
	}
	for _, pair := range c.Column {
		theirs, ours, ok := strings.Cut(pair, "=")
		if !ok {
			return o, fmt.Errorf("--column %q names one column; write theirs=ours, such as chat_id=conversation", pair)
		}
		o.Columns[strings.ToLower(strings.TrimSpace(theirs))] = strings.TrimSpace(ours)
	}
	return o, nil
}

func (c *importCmd) read(e *env, o past.Options) ([]past.Conversation, error) {
	file, err := os.Open(c.File)
	if err != nil {
		return nil, fmt.Errorf("reading the conversations: %w", err)
	}
	all, encoding, err := past.Read(file, o)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if encoding != past.UTF8 {
		fmt.Fprintf(e.stderr, "%s was read as %s.\n", c.File, encoding)
	}
	return all, nil
}

// store imports and indexes, so that what was imported is found at once, also while no server runs.
func store(ctx context.Context, e *env, db *record.DB, all []past.Conversation) error {
	all, err := withoutErased(ctx, e, db, all)
	if err != nil {
		return err
	}
	result, err := past.Store(ctx, db, all, func(int) {})
	if err != nil {
		return fmt.Errorf("%w; what was imported so far stays, and importing again goes on behind it", err)
	}
	if err := search.New(db, zerolog.Nop()).CatchUp(ctx); err != nil {
		return err
	}
	fmt.Fprintln(e.stdout, result)
	return nil
}

// withoutErased leaves out what was erased here at its visitor's request.
func withoutErased(ctx context.Context, e *env, db *record.DB, all []past.Conversation) ([]past.Conversation, error) {
	erased, err := db.Erased(ctx, time.Time{})
	if err != nil || len(erased) == 0 {
		return all, err
	}
	gone := map[session.ID]bool{}
	for _, one := range erased {
		gone[one.Session] = true
	}
	kept := slices.DeleteFunc(slices.Clone(all), func(c past.Conversation) bool { return gone[c.ID()] })
	if n := len(all) - len(kept); n > 0 {
		fmt.Fprintf(e.stderr, "%d conversations were erased before, at their visitors' request, and are left out.\n", n)
	}
	return kept, nil
}

// putSites makes sites of the settings known, which a server does when it starts.
func putSites(ctx context.Context, db *record.DB, cfg Config) error {
	sites := make([]record.Site, len(cfg.Sites))
	for i, s := range cfg.Sites {
		sites[i] = siteOf(s)
	}
	return db.PutSites(ctx, sites...)
}

// withRecord opens the record that the settings name, alone: a server may be running on it.
func withRecord(e *env, flags Flags, do func(context.Context, Config, *record.DB) error) error {
	cfg, err := Load(flags, os.Environ(), os.ReadFile)
	if err != nil {
		return err
	}
	db, err := record.Open(e.ctx, cfg.DB)
	if err != nil {
		return err
	}
	return errors.Join(do(e.ctx, cfg, db), db.Close())
}
