package main

import (
	"yijian/cmd/yijian/progress"
	"yijian/router/evaluate"
)

type evalHandoffCmd struct {
	evalData
	Train         string `name:"train" placeholder:"FILE" help:"Conversations to learn from; without it the data is crossed in five folds."`
	Model         string `name:"model" enum:"scorecard,stack" default:"scorecard" help:"scorecard (points a person can read) or stack (trees and words)."`
	BehaviourOnly bool   `name:"behaviour-only" help:"Learn nothing of single words: for data whose words are not those of --train."`
}

// Run learns, then finds.
func (c *evalHandoffCmd) Run(e *env) error {
	data, err := readWith(c.Data, evaluate.ReadDialogues)
	if err != nil {
		return err
	}
	var train []evaluate.Dialogue
	if c.Train != "" {
		if train, err = readWith(c.Train, evaluate.ReadDialogues); err != nil {
			return err
		}
	}
	report, err := evaluate.Handoff(e.ctx, train, data, evaluate.HandoffOptions{
		Model: c.Model, BehaviourOnly: c.BehaviourOnly, Seed: c.Seed, Progress: e.learning(),
	})
	if err != nil {
		return err
	}
	return e.tell(report, c.JSON)
}

// learning shows how far a model is learned.
func (e *env) learning() func(done, all int) {
	var show func(int)
	return func(done, all int) {
		if show == nil {
			show = progress.On(e.stderr, "steps of learning", all)
		}
		show(done)
	}
}
