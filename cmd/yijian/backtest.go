package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/rs/zerolog"

	"yijian/router/backtest"
	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/search"
)

type backtestCmd struct {
	Flags
	which
	File string `name:"file" placeholder:"FILE" help:"Read this file instead of the record: what yijian export wrote, or one JSON object a line with id and turns of from, text, intent, unsure, at."`
	JSON bool   `name:"json" help:"Print one JSON object instead of a text."`
}

// Run replays conversations through the policy in force: the one published last, or before the first
// start the one that the settings make.
func (c *backtestCmd) Run(e *env) error {
	cfg, err := Load(c.Flags, os.Environ(), os.ReadFile)
	if err != nil {
		return err
	}
	knowledge, err := loadKB(cfg.KB)
	if err != nil {
		return err
	}
	rarity := escalate.NewRarity(knowledge.Questions())
	if c.File == "" {
		return c.record(e, rarity)
	}
	if c.any() {
		return errors.New("a file is tested whole; leave --site, --from, --to and --text out")
	}
	in, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("reading the conversations: %w", err)
	}
	past, err := backtest.Read(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	inForce := policyOf(cfg)
	if record.Exists(cfg.DB) {
		err = withRecord(e, c.Flags, func(ctx context.Context, _ Config, db *record.DB) error {
			inForce, err = published(ctx, db, inForce)
			return err
		})
		if err != nil {
			return err
		}
	}
	test := backtest.New(inForce, rarity)
	for _, conversation := range past {
		test.Add(conversation)
	}
	return e.tell(test.Report(), c.JSON)
}

// record tests what the record holds, one conversation after the other.
func (c *backtestCmd) record(e *env, rarity *escalate.Rarity) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	return withRecord(e, c.Flags, func(ctx context.Context, cfg Config, db *record.DB) error {
		inForce, err := published(ctx, db, policyOf(cfg))
		if err != nil {
			return err
		}
		test := backtest.New(inForce, rarity)
		err = search.New(db, zerolog.Nop()).Each(ctx, q, func(id session.ID) error {
			events, err := db.Events(ctx, id, 1, math.MaxInt64)
			if err == nil && len(events) > 0 {
				test.Add(backtest.Conversation{ID: string(id), Events: events})
			}
			return err
		})
		if err != nil {
			return err
		}
		report := test.Report()
		if report.Conversations == 0 {
			return errors.New("the record holds no such conversations; bring past ones with yijian import, or give --file")
		}
		return e.tell(report, c.JSON)
	})
}

// published is the policy that decides on a server with this record.
func published(ctx context.Context, db *record.DB, first escalate.Policy) (escalate.Policy, error) {
	v, err := policy.Newest(ctx, db)
	if errors.Is(err, policy.ErrNoVersion) {
		first.Version = cmp.Or(first.Version, 1)
		return first, nil
	}
	return v.Policy, err
}
