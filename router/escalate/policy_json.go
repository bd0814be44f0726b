package escalate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// fields has the fields of a policy without its methods; document adds what JSON writes otherwise:
// durations are milliseconds.
type fields Policy

type document struct {
	fields
	BotSilentOffer    int64 `json:"bot_silent_offer_ms"`
	BotSilentTransfer int64 `json:"bot_silent_transfer_ms"`
}

// MarshalJSON writes the canonical form: the same policy is always the same bytes.
func (p Policy) MarshalJSON() ([]byte, error) {
	return json.Marshal(document{fields(p), p.BotSilentOffer.Milliseconds(), p.BotSilentTransfer.Milliseconds()})
}

// UnmarshalJSON reads a policy. Unknown fields are errors: a misspelt threshold must not be a
// threshold left alone.
func (p *Policy) UnmarshalJSON(b []byte) error {
	var d document
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return fmt.Errorf("reading a policy: %w", err)
	}
	*p = Policy(d.fields)
	p.BotSilentOffer = time.Duration(d.BotSilentOffer) * time.Millisecond
	p.BotSilentTransfer = time.Duration(d.BotSilentTransfer) * time.Millisecond
	return nil
}

// MarshalJSON writes {"failed": [0, 30, 60, 100], …}, in the order of names.
func (p Points) MarshalJSON() ([]byte, error) {
	m := map[string][]int{}
	for i, t := range traits {
		if t.bins > 0 {
			m[t.name] = p[i][:t.bins]
		}
	}
	return json.Marshal(m)
}

// UnmarshalJSON reads what MarshalJSON writes. A signal that is not named has no points.
func (p *Points) UnmarshalJSON(b []byte) error {
	var m map[Signal][]int
	if err := json.Unmarshal(b, &m); err != nil {
		return fmt.Errorf("reading points: %w", err)
	}
	*p = Points{}
	for s, points := range m {
		if want := traits[s].bins; len(points) != want {
			return fmt.Errorf("%s has %d points; write %d, the first for \"none\"", s, len(points), want)
		}
		copy(p[s][:], points)
	}
	return nil
}
