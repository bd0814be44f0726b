package evaluate

import (
	"fmt"

	"yijian/router/bot/intent"
)

// IntentReport says how many questions are understood.
type IntentReport struct {
	Accuracy float64 `json:"accuracy"`
	Right    Share   `json:"right"`
	// Trained is how many questions were learned from, Unknown how many of the data ask an intent
	// that none of these does; they count as wrong.
	Trained int `json:"trained"`
	Unknown int `json:"unknown"`
}

// Intent learns from train and asks data.
func Intent(train, data []Question, seed uint64) (IntentReport, error) {
	m, err := learnIntents(train, seed)
	if err != nil {
		return IntentReport{}, err
	}
	known := map[string]bool{}
	for _, q := range train {
		known[q.Intent] = true
	}
	r := IntentReport{Trained: len(train)}
	right := 0
	for _, q := range data {
		if !known[q.Intent] {
			r.Unknown++
		}
		if m.Predict(q.Text).Intent == q.Intent {
			right++
		}
	}
	r.Right = NewShare(right, len(data))
	r.Accuracy = r.Right.Value
	return r, nil
}

func learnIntents(train []Question, seed uint64) (*intent.Model, error) {
	examples := make([]intent.Example, len(train))
	for i, q := range train {
		examples[i] = intent.Example{Text: q.Text, Intent: q.Intent}
	}
	m, err := intent.Train(examples, intent.Options{Seed: seed})
	if err != nil {
		return nil, fmt.Errorf("learning the intents: %w", err)
	}
	if len(m.Intents()) < 2 {
		return nil, bad("the questions to learn from ask one intent only; at least two are needed")
	}
	return m, nil
}
