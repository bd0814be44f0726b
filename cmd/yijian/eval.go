package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"yijian/router/evaluate"
)

type evalCmd struct {
	Ask     evalAskCmd     `cmd:"" help:"How well requests for a person are heard: a table of text, label and lang."`
	Repeat  evalRepeatCmd  `cmd:"" help:"How well repeated questions are recognised: a table of pairs, or of text and category."`
	Intent  evalIntentCmd  `cmd:"" help:"How many questions are understood: tables of text and category."`
	Handoff evalHandoffCmd `cmd:"" help:"How well turns are found at which a person should take over: a conversation in JSON a line."`
}

// evalData is what every evaluation reads and how it prints.
type evalData struct {
	Data string `name:"data" required:"" placeholder:"FILE" help:"What to measure on."`
	JSON bool   `name:"json" help:"Print one JSON object instead of a text."`
	Seed uint64 `name:"seed" default:"1" help:"Fixes every random order and sample."`
}

type evalAskCmd struct{ evalData }

// Run decides every message under the policy as it ships.
func (c *evalAskCmd) Run(e *env) error {
	messages, err := readWith(c.Data, evaluate.ReadMessages)
	if err != nil {
		return err
	}
	return e.tell(evaluate.Ask(messages, c.Seed), c.JSON)
}

type evalRepeatCmd struct {
	evalData
	Train string `name:"train" placeholder:"FILE" help:"Questions by intent for the bot to learn; only with data of text and category."`
}

// Run compares messages with those before them.
func (c *evalRepeatCmd) Run(e *env) error {
	report, err := readWith(c.Data, func(data io.Reader) (evaluate.RepeatReport, error) {
		if c.Train == "" {
			return evaluate.Repeat(data, nil, c.Seed)
		}
		return readWith(c.Train, func(train io.Reader) (evaluate.RepeatReport, error) {
			return evaluate.Repeat(data, train, c.Seed)
		})
	})
	if err != nil {
		return err
	}
	return e.tell(report, c.JSON)
}

type evalIntentCmd struct {
	evalData
	Train string `name:"train" required:"" placeholder:"FILE" help:"The questions to learn from."`
}

// Run learns from one file and asks the other.
func (c *evalIntentCmd) Run(e *env) error {
	train, err := readWith(c.Train, evaluate.ReadQuestions)
	if err != nil {
		return err
	}
	data, err := readWith(c.Data, evaluate.ReadQuestions)
	if err != nil {
		return err
	}
	report, err := evaluate.Intent(train, data, c.Seed)
	if err != nil {
		return err
	}
	return e.tell(report, c.JSON)
}

// readWith opens a file for a reader and names it in what went wrong.
func readWith[T any](name string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	in, err := os.Open(name)
	if err != nil {
		return none, fmt.Errorf("reading the data: %w", err)
	}
	out, err := read(in)
	if err := errors.Join(err, in.Close()); err != nil {
		return none, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}
