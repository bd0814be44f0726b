package escalate

import "strings"

// Explain tells the visitor in one plain sentence what happens and why, from the record alone. A
// language it does not speak gets English; a decision to do nothing needs no words.
func (d Decision) Explain(lang string) string {
	if d.Action <= Nothing || d.Action > Transfer {
		return ""
	}
	v := voiceOf(lang)
	because := v.because[d.Reason]
	if because == "" {
		because = v.otherwise
	}
	return strings.ReplaceAll(because, "{times}", v.times(d.count())) + v.then[d.Action]
}

// count is how often the deciding thing happened. Asking again once is asking twice.
func (d Decision) count() int {
	for _, r := range d.Signals {
		if reasons[r.Signal] == d.Reason {
			if r.Signal == Repeated || r.Signal == BotRepeated {
				return r.Value + 1
			}
			return r.Value
		}
	}
	return 0
}

// voice is how one language explains.
type voice struct {
	because   map[string]string // by reason
	otherwise string            // for a reason of a record that is older or newer than this build
	then      [Transfer + 1]string
	counts    []string // for 0, 1, 2, …; the last stands for all above
	table     words
}

func (v *voice) times(n int) string { return v.counts[min(max(n, 0), len(v.counts)-1)] }

// voiceOf picks the voice of a BCP 47 tag.
func voiceOf(lang string) *voice {
	tag := strings.ToLower(lang)
	switch {
	case !strings.HasPrefix(tag, "zh"):
		return english
	case strings.Contains(tag, "hant"), strings.HasSuffix(tag, "-tw"), strings.HasSuffix(tag, "-hk"), strings.HasSuffix(tag, "-mo"):
		return traditional
	}
	return simplified
}
