package escalate

import (
	"encoding/json"

	"yijian/session"
)

// SignalVersion numbers how the signals are measured. It grows when the same conversation would be
// measured otherwise, so that a backtest does not compare what cannot be compared.
const SignalVersion = 1

// Measure is what the record keeps of a conversation for backtests: the highest value that each signal
// had in it, by the names of the signals, as JSON. Needing more time is left out: no profile and no
// export may have it (DESIGN §6), and a decision keeps the bin it used.
func Measure(events []session.Event) (version int, values []byte, err error) {
	var s Session
	var peak [signals]int
	for _, e := range events {
		s.Add(e)
		in := s.Input()
		for i := range peak {
			peak[i] = max(peak[i], in.Features[i].Value)
		}
	}
	peak[MoreTime] = 0
	seen := map[string]int{}
	for i, value := range peak {
		if value > 0 {
			seen[Signal(i).String()] = value
		}
	}
	values, err = json.Marshal(seen)
	return SignalVersion, values, err
}
