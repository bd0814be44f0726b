package replay

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// Report is what a run has measured. See check for the meaning of Lost, Doubled, BotAfterHandoff and
// Dropped.
type Report struct {
	// Sessions were to be played; Completed ones were, to the end, and held against the transcript.
	Sessions  int     `json:"sessions"`
	Completed int     `json:"completed"`
	Seconds   float64 `json:"seconds"`

	// What the visitors did: pressed the button, asked in words, were put in line by the router
	// before they asked, or left.
	Pressed   int `json:"pressed"`
	Asked     int `json:"asked"`
	Escalated int `json:"escalated"`
	Left      int `json:"left"`
	// Handoffs counts the sessions that went to people, by the reason of the first move into line.
	Handoffs map[string]int `json:"handoffs"`
	// WordsMissed counts those who asked in words and had to press after all.
	WordsMissed int `json:"words_missed"`

	// Questions met the bot; BotAnswered is the share it answered without being unsure, BotSilent
	// how many it did not answer in time.
	Questions   int     `json:"questions"`
	BotAnswered float64 `json:"bot_answered"`
	BotSilent   int     `json:"bot_silent"`
	// IntentAccuracy is the share of Graded questions, those with a category, that the bot
	// understood; null without categories.
	Graded         int      `json:"graded"`
	IntentAccuracy *float64 `json:"intent_accuracy"`

	AskedToLine  Quantiles `json:"asked_to_line"`
	AskedToAgent Quantiles `json:"asked_to_agent"`

	Reconnects int            `json:"reconnects"`
	Resets     int            `json:"resets"`
	Errors     map[string]int `json:"errors"`

	Lost            int `json:"lost"`
	Doubled         int `json:"doubled"`
	BotAfterHandoff int `json:"bot_after_handoff"`
	Dropped         int `json:"dropped"`

	// Findings are the first faults and unfinished sessions, a sentence each.
	Findings []string `json:"findings"`
}

// mostFindings keeps the report of a bad run readable.
const mostFindings = 20

// Failed reports whether a promise was broken or a session did not come to its end.
func (r Report) Failed() bool {
	return r.Lost+r.Doubled+r.BotAfterHandoff+r.Dropped > 0 || r.Completed < r.Sessions
}

// WriteText writes the report for people.
func (r Report) WriteText(w io.Writer) error {
	var b strings.Builder
	row := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-22s %s\n", name, fmt.Sprintf(format, args...))
	}
	took := time.Duration(r.Seconds * float64(time.Second)).Round(100 * time.Millisecond)
	fmt.Fprintf(&b, "%d sessions in %s\n", r.Sessions, took)
	row("completed", "%d", r.Completed)
	row("pressed", "%d", r.Pressed)
	row("asked in words", "%d (%d had to press after all)", r.Asked, r.WordsMissed)
	row("escalated", "%d before they asked", r.Escalated)
	row("left", "%d", r.Left)
	for _, reason := range slices.Sorted(maps.Keys(r.Handoffs)) {
		row("handoff "+reason, "%d", r.Handoffs[reason])
	}
	b.WriteString("\nThe bot\n")
	row("answered", "%.1f %% of %d questions (%d in silence)", 100*r.BotAnswered, r.Questions, r.BotSilent)
	if r.IntentAccuracy != nil {
		row("intent accuracy", "%.3f of %d", *r.IntentAccuracy, r.Graded)
	}
	b.WriteString("\nOn the way to a person\n")
	row("asked → in line", "%s", r.AskedToLine)
	row("asked → agent", "%s", r.AskedToAgent)
	row("reconnects", "%d (%d with a reset)", r.Reconnects, r.Resets)
	for _, code := range slices.Sorted(maps.Keys(r.Errors)) {
		row("error "+code, "%d", r.Errors[code])
	}
	b.WriteString("\nPromises\n")
	row("lost", "%d", r.Lost)
	row("doubled", "%d", r.Doubled)
	row("bot after handoff", "%d", r.BotAfterHandoff)
	row("dropped", "%d", r.Dropped)
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "  · %s\n", f)
	}
	b.WriteString("\n" + r.verdict() + "\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func (r Report) verdict() string {
	broken := r.Lost + r.Doubled + r.BotAfterHandoff + r.Dropped
	switch {
	case broken > 0:
		return fmt.Sprintf("Failed: broken promises: %d.", broken)
	case r.Completed < r.Sessions:
		return fmt.Sprintf("Failed: sessions that did not come to their end: %d.", r.Sessions-r.Completed)
	}
	return "Passed: nothing was lost on the way to a person."
}
