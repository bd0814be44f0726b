package main

import (
	"errors"
	"fmt"
	"os"

	"yijian/router/backtest"
)

type backtestCmd struct {
	Flags
	File string `name:"file" required:"" placeholder:"FILE" help:"Past conversations, one JSON object a line: id and turns of from, text, intent, unsure, at."`
	JSON bool   `name:"json" help:"Print one JSON object instead of a text."`
}

// Run replays the conversations through the policy that the settings make.
func (c *backtestCmd) Run(e *env) error {
	cfg, err := Load(c.Flags, os.Environ(), os.ReadFile)
	if err != nil {
		return err
	}
	in, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("reading the conversations: %w", err)
	}
	past, err := backtest.Read(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	return e.tell(backtest.Run(past, policyOf(cfg)), c.JSON)
}
