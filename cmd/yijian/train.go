package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"yijian/router/escalate"
	"yijian/router/evaluate"
)

// trainCmd learns a policy draft. It writes a file and nothing else: what decides about visitors is
// published by a person, with a reason.
type trainCmd struct {
	evalData
	Model string `name:"model" enum:"scorecard,stack" default:"scorecard" help:"Which model's figures to tell beside the draft's."`
	Out   string `name:"out" required:"" placeholder:"FILE" help:"Where the policy draft is written; no file may be there."`
	Base  string `name:"base" placeholder:"FILE" help:"The policy to begin with; without it the one that ships."`
}

// Run learns, writes the draft and tells how good it is.
func (c *trainCmd) Run(e *env) error {
	if _, err := os.Lstat(c.Out); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s is there already; choose another --out, so that no draft is lost", c.Out)
	}
	base := escalate.Default()
	if c.Base != "" {
		var err error
		if base, err = readWith(c.Base, readPolicy); err != nil {
			return err
		}
	}
	data, err := readWith(c.Data, evaluate.ReadDialogues)
	if err != nil {
		return err
	}
	report, err := evaluate.Train(e.ctx, data, base, evaluate.HandoffOptions{Model: c.Model, Seed: c.Seed, Progress: e.learning()})
	if err != nil {
		return err
	}
	if err := writeNew(c.Out, report.Policy); err != nil {
		return fmt.Errorf("writing the draft: %w", err)
	}
	return e.tell(report, c.JSON)
}

func readPolicy(r io.Reader) (escalate.Policy, error) {
	var p escalate.Policy
	b, err := io.ReadAll(r)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return p, err
	}
	return p, p.Validate()
}

// writeNew writes a document to a file that must not be there.
func writeNew(name string, document any) error {
	b, err := json.MarshalIndent(document, "", "  ")
	if err != nil {
		return err
	}
	const ours = 0o600
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, ours)
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	return errors.Join(err, f.Close())
}
