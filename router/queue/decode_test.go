package queue

import (
	"slices"
	"testing"
)

func FuzzDecodingWhatRedisHoldsNeverPanics(f *testing.F) {
	f.Add("waiting", "1772442000000000", "|a|b|")
	f.Add("", "-1", "||")
	f.Add("x", "1.7e+15", "a")
	f.Fuzz(func(t *testing.T, state, number, names string) {
		h := map[string]string{
			"state": state, "epoch": number, "arrived": number, "head_ms": number, "deadline": number,
			"number": number, "ver": number, "excluded": names, "excluded_at": number, "capacity": number,
		}
		ticket := decodeTicket("s", h)
		if ticket.State == "" {
			t.Error("a ticket has no state")
		}
		seat := decodeSeat("a", map[string]string{"langs": names, "skills": names, "capacity": number})
		if slices.Contains(seat.Langs, "") && !slices.Contains(list("a||b"), "") {
			t.Error("an empty language")
		}
		_, _ = SessionOf(names)
	})
}

func TestNumbersOfRedisAreReadWhole(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]int64{
		"1772442000123456": 1772442000123456, "1.772442000123456e+15": 1772442000123456, "": 0, "x": 0,
	} {
		if got := toInt(s); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	}
}
