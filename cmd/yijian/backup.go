package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/rs/zerolog"

	"yijian/session/record"
	"yijian/session/record/backup"
	"yijian/session/record/search"
)

type backupCmd struct {
	Flags
	Out string `name:"out" required:"" placeholder:"FILE" help:"The file to write; it must not exist yet. It holds secrets: keep it as the record itself."`
}

// Run backs up a record of one moment; a server may be running on it.
func (c *backupCmd) Run(e *env) error {
	return withRecord(e, c.Flags, func(ctx context.Context, _ Config, db *record.DB) error {
		return toFile(e, c.Out, func(w io.Writer) error {
			rows, err := backup.Write(ctx, w, db)
			if err == nil {
				fmt.Fprintf(e.stdout, "%d rows written to %s.\n", rows, c.Out)
			}
			return err
		})
	})
}

type restoreCmd struct {
	Flags
	File string `arg:"" help:"A file that yijian backup wrote."`
}

// Run restores into an empty record, all or nothing, and builds the index.
func (c *restoreCmd) Run(e *env) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("reading the backup: %w", err)
	}
	return errors.Join(withRecord(e, c.Flags, func(ctx context.Context, cfg Config, db *record.DB) error {
		rows, err := backup.Read(ctx, file, db)
		if err != nil {
			return fmt.Errorf("%s: %w", c.File, err)
		}
		if err := search.New(db, zerolog.Nop()).CatchUp(ctx); err != nil {
			return err
		}
		fmt.Fprintf(e.stdout, "%d rows restored into %s.\n", rows, record.Redact(cfg.DB))
		return nil
	}), file.Close())
}

type verifyCmd struct{ Flags }

// Run says everything that is wrong with a record.
func (c *verifyCmd) Run(e *env) error {
	return withRecord(e, c.Flags, func(ctx context.Context, _ Config, db *record.DB) error {
		v, err := backup.Verify(ctx, db)
		if err != nil {
			return err
		}
		for _, fault := range v.Faults {
			fmt.Fprintln(e.stdout, fault)
		}
		fmt.Fprintf(e.stdout, "%d conversations with %d events read, %d faults found.\n", v.Sessions, v.Events, len(v.Faults))
		if v.Behind > 0 {
			fmt.Fprintf(e.stdout, "The text index lacks %d messages; a running server indexes them by itself.\n", v.Behind)
		}
		if len(v.Faults) > 0 {
			return errFailed
		}
		return nil
	})
}
