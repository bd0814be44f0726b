package main

import (
	"errors"
	"fmt"
	"os"

	"yijian/router/bot/kb"
)

type kbCmd struct {
	Import kbImportCmd `cmd:"" help:"Turn a CSV of text,category into a knowledge file with an answer to fill in per category."`
	Check  kbCheckCmd  `cmd:"" help:"Say everything that is wrong with a knowledge file."`
}

type kbImportCmd struct {
	CSV string `name:"csv" required:"" placeholder:"FILE" help:"The questions: a header line text,category, then one a line."`
	Out string `name:"out" required:"" placeholder:"FILE" help:"The knowledge file to write; it must not exist yet."`
}

// Run reads the whole CSV before it writes, so that a bad file leaves nothing behind.
func (c *kbImportCmd) Run(e *env) error {
	in, err := os.Open(c.CSV)
	if err != nil {
		return fmt.Errorf("reading the questions: %w", err)
	}
	knowledge, err := kb.FromCSV(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return fmt.Errorf("%s: %w", c.CSV, err)
	}
	out, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; name another file, or remove it first", c.Out)
	}
	if err != nil {
		return fmt.Errorf("writing the knowledge: %w", err)
	}
	if err := errors.Join(knowledge.Encode(out), out.Close()); err != nil {
		return fmt.Errorf("writing the knowledge: %w", err)
	}
	fmt.Fprintf(e.stdout, "%d entries written to %s. Fill in their answers, then: yijian serve --kb %s\n",
		len(knowledge.Entries), c.Out, c.Out)
	return nil
}

type kbCheckCmd struct {
	File string `arg:"" help:"A knowledge file."`
}

// Run validates a knowledge file.
func (c *kbCheckCmd) Run(e *env) error {
	knowledge, err := kb.Load(c.File)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%s is good: %d entries.\n", c.File, len(knowledge.Entries))
	return nil
}
