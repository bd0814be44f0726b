package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"yijian/router/backtest"
	"yijian/router/simulate"
)

type simulateCmd struct {
	Agents   int           `name:"agents" default:"5" help:"How many agents are on duty (${default})."`
	Capacity int           `name:"capacity" default:"1" help:"How many chats an agent has at once (${default})."`
	PerHour  float64       `name:"per-hour" default:"30" help:"How many visitors ask for a person in an hour, on average (${default})."`
	Handle   time.Duration `name:"handle" default:"8m" help:"How long a chat takes, on average (${default})."`
	For      time.Duration `name:"for" default:"8h" help:"How long visitors arrive (${default})."`
	Seed     uint64        `name:"seed" default:"1" help:"Makes the day repeatable (${default})."`
	JSON     bool          `name:"json" help:"Print one JSON object instead of a text."`
}

// Run plays the day.
func (c *simulateCmd) Run(e *env) error {
	report, err := simulate.Run(simulate.Config{
		Seed: c.Seed, For: c.For, Shifts: []simulate.Shift{simulate.AllDay(c.Agents, c.Capacity)},
		Streams: []simulate.Stream{{Queue: "general", PerHour: c.PerHour, Handle: simulate.Lengths{Mean: c.Handle}}},
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(e.stdout).Encode(report)
	}
	return report.WriteText(e.stdout)
}

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
	report := backtest.Run(past, policyOf(cfg))
	if c.JSON {
		return json.NewEncoder(e.stdout).Encode(report)
	}
	return report.WriteText(e.stdout)
}
