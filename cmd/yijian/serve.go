package main

import (
	"context"
	"errors"
	"fmt"
	"os"
)

type serveCmd struct{ Flags }

// Run serves until a signal, then drains.
func (c *serveCmd) Run(e *env) error {
	cfg, err := Load(c.Flags, os.Environ(), os.ReadFile)
	if err != nil {
		return err
	}
	a, err := newApp(e.ctx, cfg, newLogger(cfg, e.stderr))
	if err != nil {
		return err
	}
	link, err := a.firstLink(e.ctx)
	if err != nil {
		return errors.Join(err, a.close())
	}
	banner(e.stdout, a, link)
	err = a.run(e.ctx)
	if err == nil || errors.Is(err, context.Canceled) {
		fmt.Fprintln(e.stdout, "Stopped.")
		return nil
	}
	return err
}
