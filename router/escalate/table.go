package escalate

import (
	"slices"
	"strconv"
	"strings"
)

// Table is a decision for agents and ops, from the record alone: what was seen, what it counted, and
// what decided.
type Table struct {
	// Action is what was decided, in words.
	Action string `json:"action"`
	Rows   []Row  `json:"rows"`
	// Because is the rule or the sum that decided.
	Because string `json:"because"`
	Policy  int    `json:"policy"`
}

// Row is one signal of a decision.
type Row struct {
	Signal Signal `json:"signal"`
	Label  string `json:"label"`
	Value  string `json:"value"`
	Points int    `json:"points"`
	// Decided marks the signal whose rule decided.
	Decided bool `json:"decided,omitempty"`
	// Evidence is the seqs of the events that show it.
	Evidence []uint64 `json:"evidence,omitempty"`
}

// words are those of tables in one language.
type words struct {
	signals        map[string]string
	levels, needs  []string
	times, seconds string
	actions        [Transfer + 1]string

	rule, sum, below, declined string
}

// Table explains a decision in a language, as Explain does for the visitor.
func (d Decision) Table(lang string) Table {
	w := &voiceOf(lang).table
	t := Table{Action: w.action(d.Action), Rows: []Row{}, Because: d.because(w), Policy: d.Policy}
	for _, r := range d.Signals {
		t.Rows = append(t.Rows, Row{
			Signal: r.Signal, Label: w.label(r.Signal), Value: w.value(r.Signal, r.Value),
			Points: r.Points, Decided: r.Limit > 0, Evidence: r.Evidence,
		})
	}
	return t
}

func (d Decision) because(w *words) string {
	limit := ""
	for _, r := range d.Signals {
		if r.Limit > 0 {
			limit = w.label(r.Signal) + " " + w.value(r.Signal, r.Limit)
		}
	}
	text := w.below
	switch {
	case d.Rule:
		text = w.rule
	case d.Threshold > 0:
		text = w.sum
	}
	text = strings.NewReplacer("{limit}", limit, "{points}", strconv.Itoa(d.Points),
		"{threshold}", strconv.Itoa(d.Threshold), "{action}", w.action(d.Action)).Replace(text)
	if d.Declined {
		text += " · " + w.declined
	}
	return text
}

func (w *words) action(a Action) string {
	if a < Nothing || a > Transfer {
		return a.String()
	}
	return w.actions[a]
}

func (w *words) label(s Signal) string {
	if label := w.signals[s.String()]; label != "" {
		return label
	}
	return s.String()
}

// value says a value in words: a level, a length of time, or how often.
func (w *words) value(s Signal, v int) string {
	switch {
	case s == Silent:
		return strings.ReplaceAll(w.seconds, "{n}", strconv.Itoa((v+500)/1000))
	case s == MoreTime:
		return w.needs[min(max(v, 0), len(w.needs)-1)]
	case slices.Contains([]Signal{Asked, Refused, Safety, Frustrated, Complained}, s):
		return w.levels[min(max(v, 0), len(w.levels)-1)]
	}
	return strings.ReplaceAll(w.times, "{n}", strconv.Itoa(v))
}

// Trait is a signal as policies weigh it.
type Trait struct {
	Signal Signal
	// Bins is how many values carry points, "none" among them; 0 if only a rule weighs it.
	Bins int
	// Fades says that its points fade as the conversation goes on.
	Fades bool
}

// Signals lists what is measured, in the order of the record.
func Signals() []Trait {
	all := make([]Trait, signals)
	for i, t := range traits {
		all[i] = Trait{Signal: Signal(i), Bins: t.bins, Fades: t.ages}
	}
	return all
}
