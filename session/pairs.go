package session

import (
	"encoding/json"
	"strconv"
	"time"
)

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// pairsOf is the inverse of stateOf: the live state as the scripts keep it, field and value in turns.
// A test holds the two together.
func pairsOf(s State) ([]any, error) {
	ms := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.UnixMilli()
	}
	out := []any{
		"seq", s.Seq, "tail", s.Tail, "epoch", s.Epoch, "owner", string(s.Owner), "agent", s.Agent, "ask", s.Ask,
		"arrived", s.Arrived, "reason", s.Reason, "queue", s.Queue, "last_agent", s.LastAgent,
		"human_at", ms(s.HumanAt), "site", s.Site, "lang", s.Lang, "first", s.First, "created", ms(s.Created),
		"void", s.Void, "spoke", string(s.Spoke), "assist", s.Assist,
	}
	// These are absent where there is nothing to say.
	for _, f := range []struct{ name, value string }{
		{"wanted", s.Wanted}, {"guest", s.Guest}, {"joined", s.Joined}, {"life", s.Life},
	} {
		if f.value != "" {
			out = append(out, f.name, f.value)
		}
	}
	for _, f := range []struct {
		name string
		at   time.Time
	}{
		{"at", s.At}, {"moved", s.MovedAt}, {"active", s.Quiet.ActiveAt}, {"warned", s.Quiet.WarnedAt}, {"seen", s.Quiet.SeenAt},
	} {
		if !f.at.IsZero() {
			out = append(out, f.name, f.at.UnixMilli())
		}
	}
	if c := s.Callback; c != (Callback{}) {
		body, err := json.Marshal(Body{Phone: c.Phone, When: c.When, Reason: c.Reason})
		if err != nil {
			return nil, err
		}
		out = append(out, "callback", string(body))
	}
	return out, nil
}
