package main

import (
	"context"
	"fmt"
	"time"

	"yijian/session"
	"yijian/session/record"
)

type eraseCmd struct {
	Flags
	Visitor session.ID `name:"visitor" required:"" placeholder:"ID" help:"The conversation of the visitor who asks, by the id that the console shows."`
	Reason  string     `name:"reason" required:"" placeholder:"WORDS" help:"Why, for the audit log; write nothing of the visitor."`
}

// Run erases a conversation from the record, with its trace in the search and its measures. Servers find
// in the audit log that it was, and let go of it in Redis and in the line.
func (c *eraseCmd) Run(e *env) error {
	return withRecord(e, c.Flags, func(ctx context.Context, _ Config, db *record.DB) error {
		s, err := visitor(ctx, db, c.Visitor)
		if err != nil {
			return err
		}
		err = db.Audit(ctx, record.Entry{
			At: time.Now(), Who: record.CommandLine, What: "sessions.erase", Site: s.State.Site,
			Target: string(c.Visitor), Reason: c.Reason,
		})
		if err != nil {
			return err
		}
		if err := db.Erase(ctx, c.Visitor); err != nil {
			return err
		}
		fmt.Fprintf(e.stdout, "Conversation %s is erased from the record.\n", c.Visitor)
		fmt.Fprintln(e.stdout, "A running server lets go of it within 5 s, also in Redis; one that does not run, when it starts. Backups made before still hold it.")
		return nil
	})
}
