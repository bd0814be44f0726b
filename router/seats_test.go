package router

import (
	"errors"
	"testing"
)

// A torture run found seats of capacity 1: a renewal and the leaving of the last console crossed.
func TestInvariant7ASeatWhoseConsoleHasJustLeftKeepsItsCapacity(t *testing.T) {
	t.Parallel()
	onEveryRedis(t, func(h *house) {
		h.sit()
		if _, err := h.router.renew(h.Context(), "demo", "ann"); !errors.Is(err, errNoConsole) {
			h.Errorf("renewing: got %v, want %v", err, errNoConsole)
		}
		seats, err := h.desk.Seats(h.Context(), "demo")
		h.must(err)
		if len(seats) != 1 || seats[0].Capacity != 2 {
			h.Errorf("seats %+v, want ann's with a capacity of 2", seats)
		}
	})
}
