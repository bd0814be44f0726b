package escalate

import (
	"fmt"
	"strings"
)

// Signal names one measured thing.
type Signal int

// The signals. Their names are part of the record and of published policies.
const (
	// Asked is how clearly the last message asks for a person (Level).
	Asked Signal = iota
	// Refused is how clearly the last message refuses the bot (Level).
	Refused
	// Safety is how clearly the last message reports an incident (Level).
	Safety
	// Failed counts the turns in a row, up to the last, that the bot could not answer.
	Failed
	// Repeated counts how often the visitor said again what was said just before.
	Repeated
	// BotRepeated counts how often the bot gave an answer it had given already.
	BotRepeated
	// MoreTime is how much more time the visitor needs, 0–2. We never ask why.
	MoreTime
	// Silent is the milliseconds that the bot has owed an answer.
	Silent
	// Frustrated is how clearly the visitor is losing patience (Level).
	Frustrated
	// Complained is how clearly the visitor complains, or appeals against a decision (Level).
	Complained
	// Returned is 1 if the visitor is here for the third time in 24 hours and not content.
	Returned
	// Hesitated counts the answers that left the visitor in doubt.
	Hesitated
	// PersonFirst is 1 if the visitor, the site or its page asks for a person before any bot.
	PersonFirst

	signals = iota
)

// bins is how many values of a signal can carry points: 0, 1, 2 and "3 or more".
const bins = 4

// trait describes a signal to the scorecard and to the policy.
type trait struct {
	name string
	bins int  // how many bins it has, the first being "none"; 0 if a rule alone weighs it
	ages bool // whether its points fade as the conversation goes on
}

// traits is indexed by Signal.
var traits = [signals]trait{
	Asked:       {"asked", 3, true},
	Refused:     {"refused", 3, true},
	Safety:      {"safety", 3, true},
	Failed:      {"failed", 4, false},
	Repeated:    {"repeated", 4, true},
	BotRepeated: {"bot_repeated", 4, true},
	MoreTime:    {"needs_more_time", 3, false},
	Silent:      {"bot_silent", 0, false},
	Frustrated:  {"frustrated", 3, true},
	Complained:  {"complaint", 3, true},
	Returned:    {"returned", 2, false},
	Hesitated:   {"hesitated", 4, true},
	PersonFirst: {"first_human", 0, false},
}

// String is the signal's name in the record.
func (s Signal) String() string {
	if s < 0 || int(s) >= signals {
		return fmt.Sprintf("signal(%d)", int(s))
	}
	return traits[s].name
}

// MarshalText writes the name.
func (s Signal) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the name.
func (s *Signal) UnmarshalText(b []byte) error {
	for i, t := range traits {
		if t.name == string(b) {
			*s = Signal(i)
			return nil
		}
	}
	return fmt.Errorf("%q is no signal; the signals are %s", b, names())
}

func names() string {
	var all []string
	for _, t := range traits {
		all = append(all, t.name)
	}
	return strings.Join(all, ", ")
}

// maxEvidence is how many events a signal points at, the newest.
const maxEvidence = 6

// Feature is the measured value of one signal.
type Feature struct {
	Value int
	// Age is how many messages of the visitor ago it was last seen; 0 is the last message.
	Age int

	seqs [maxEvidence]uint64
	n    int
}

// Evidence is the events that show the value, oldest first, at most the newest six.
func (f *Feature) Evidence() []uint64 { return f.seqs[:f.n] }

// point adds an event to the evidence.
func (f *Feature) point(seq uint64) {
	if f.n > 0 && f.seqs[f.n-1] >= seq {
		return
	}
	if f.n == maxEvidence {
		copy(f.seqs[:], f.seqs[1:])
		f.n--
	}
	f.seqs[f.n] = seq
	f.n++
}
