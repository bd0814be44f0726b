package queue_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"yijian/router/queue"
)

func minutes(n int, m float64) []time.Duration {
	return slices.Repeat([]time.Duration{time.Duration(m * float64(time.Minute))}, n)
}

func TestETAIsUnknownWithoutSeatsDataOrAPlace(t *testing.T) {
	t.Parallel()
	for name, got := range map[string]queue.Range{
		"no seats":      queue.ETA(1, 0, minutes(50, 5)),
		"no data":       queue.ETA(1, 3, nil),
		"too little":    queue.ETA(1, 3, minutes(4, 5)),
		"not in line":   queue.ETA(0, 3, minutes(50, 5)),
		"negative seat": queue.ETA(1, -1, minutes(50, 5)),
	} {
		if got != (queue.Range{}) {
			t.Errorf("%s: got %+v, want unknown", name, got)
		}
	}
}

func TestETAGrowsWithThePlaceAndShrinksWithTheSeats(t *testing.T) {
	t.Parallel()
	for servers := 1; servers < 60; servers++ {
		for position := 1; position < 120; position++ {
			here := queue.ETA(position, servers, minutes(20, 5))
			behind := queue.ETA(position+1, servers, minutes(20, 5))
			helped := queue.ETA(position, servers+1, minutes(20, 5))
			if behind.From < here.From || behind.To < here.To || helped.From > here.From || helped.To > here.To {
				t.Fatalf("place %d of %d servers: %v, one behind %v, one server more %v",
					position, servers, here, behind, helped)
			}
			if !here.Known || here.From > here.To {
				t.Fatalf("place %d of %d servers: %v is no range", position, servers, here)
			}
		}
	}
}

// TestETAHoldsTheRealWaitHalfOfTheTime draws departures and counts how many fall in the range.
func TestETAHoldsTheRealWaitHalfOfTheTime(t *testing.T) {
	t.Parallel()
	const draws = 20_000
	rng := rand.New(rand.NewPCG(20260302, 3))
	for _, c := range []struct{ position, servers int }{{1, 1}, {1, 8}, {3, 2}, {10, 5}, {30, 5}, {31, 5}, {200, 20}} {
		r := queue.ETA(c.position, c.servers, minutes(50, 30))
		inside := 0
		for range draws {
			wait := 0.0
			for range c.position {
				wait += rng.ExpFloat64() * (30 * time.Minute).Seconds() / float64(c.servers)
			}
			if wait >= r.From.Seconds() && wait <= r.To.Seconds() {
				inside++
			}
		}
		if share := float64(inside) / draws; share < 0.48 || share > 0.52 {
			t.Errorf("place %d of %d servers: %.3f of the waits are in %v–%v, want 0.5", c.position, c.servers, share, r.From, r.To)
		}
	}
}
