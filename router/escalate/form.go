package escalate

// Limit is the range that a number of a policy may have. Of what a visitor waits for, the greatest is a
// floor.
type Limit struct {
	// Name is that of the field in JSON.
	Name  string `json:"name"`
	Least int    `json:"least"`
	Most  int    `json:"most"`
	// Floor says that no policy may go above Most, because a visitor could wait for ever.
	Floor bool `json:"floor,omitempty"`
}

// Limits are the ranges that Validate holds policies to.
func Limits() []Limit {
	return []Limit{
		{Name: "assist_at", Least: 1, Most: maxPoints},
		{Name: "offer_at", Least: 1, Most: maxPoints},
		{Name: "transfer_at", Least: 1, Most: maxPoints},
		{Name: "fade_over", Least: 1, Most: maxTurns},
		{Name: "same_question", Least: 1, Most: MaxSameQuestion},
		{Name: "failed_turns", Least: 1, Most: MaxFailedTurns, Floor: true},
		{Name: "bot_silent_offer_ms", Least: 1000, Most: int(MaxBotSilentOffer.Milliseconds()), Floor: true},
		{Name: "bot_silent_transfer_ms", Least: 1000, Most: int(MaxBotSilentTransfer.Milliseconds()), Floor: true},
	}
}

// Label is a signal in words.
type Label struct {
	Signal Signal `json:"signal"`
	Label  string `json:"label"`
	// Values are the values that carry points, from the second: the first is "none" and counts nothing.
	Values []string `json:"values"`
	// Always is the value from which on a floor decides whatever the points are, or 0.
	Always int `json:"always,omitempty"`
}

// Labels are the signals that carry points, in the words of a language.
func Labels(lang string) []Label {
	w := &voiceOf(lang).table
	var all []Label
	for i, t := range traits {
		s := Signal(i)
		if t.bins == 0 {
			continue
		}
		l := Label{Signal: s, Label: w.label(s), Values: []string{}}
		for v := 1; v < t.bins; v++ {
			l.Values = append(l.Values, w.value(s, v))
		}
		if s == Asked || s == Refused || s == Safety {
			l.Always = int(Sure)
		}
		all = append(all, l)
	}
	return all
}
