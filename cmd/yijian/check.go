package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"yijian/router/bot/openai"
	"yijian/session/rdb"
	"yijian/session/record"
)

type checkCmd struct{ Flags }

// Run prints the settings as they are in force and tries everything they name.
func (c *checkCmd) Run(e *env) error {
	cfg, err := Load(c.Flags, os.Environ(), os.ReadFile)
	if err != nil {
		return err
	}
	fmt.Fprintln(e.stdout, cfg.Redacted())
	failed := false
	for _, try := range []struct {
		name string
		do   func() error
	}{
		{"redis", func() error { return tryRedis(e, cfg) }},
		{"record", func() error { return tryRecord(e, cfg) }},
		{"knowledge", func() error { _, err := loadKB(cfg.KB); return err }},
		{"model", func() error { return tryModel(e, cfg) }},
	} {
		if err := try.do(); err != nil {
			failed = true
			fmt.Fprintf(e.stdout, "%-10s %s\n", try.name, err)
			continue
		}
		fmt.Fprintf(e.stdout, "%-10s ok\n", try.name)
	}
	if failed {
		return errFailed
	}
	return nil
}

func tryRedis(e *env, cfg Config) error {
	db, err := rdb.Open(e.ctx, cfg.Redis)
	if err != nil {
		return err
	}
	advice, err := db.Advise(e.ctx, rdb.Wants{Replica: cfg.Durability == safe})
	for _, sentence := range advice {
		fmt.Fprintf(e.stdout, "%-10s %s\n", "redis", sentence)
	}
	return errors.Join(err, db.Close())
}

func tryRecord(e *env, cfg Config) error {
	if !record.Exists(cfg.DB) {
		return nil // a SQLite file that the first start will make
	}
	db, err := record.Open(e.ctx, cfg.DB)
	if err != nil {
		return err
	}
	return db.Close()
}

// tryModel asks the server of the model whether it has it; nothing is spent.
func tryModel(e *env, cfg Config) error {
	if cfg.Model.URL == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(e.ctx, 10*time.Second)
	defer cancel()
	return openai.New(modelOptions(cfg.Model, nil)).Check(ctx)
}
