package queue_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"yijian/router/queue"
)

func minutes(n int, m float64) []time.Duration {
	return slices.Repeat([]time.Duration{time.Duration(m * float64(time.Minute))}, n)
}

// exponential returns n handle times that are as exponential as n can be: its quantiles.
func exponential(n int, mean time.Duration) []time.Duration {
	out := make([]time.Duration, n)
	for i := range out {
		out[i] = time.Duration(-math.Log(1-(float64(i)+0.5)/float64(n)) * float64(mean))
	}
	return out
}

func TestETAIsUnknownWithoutSeatsDataOrAPlace(t *testing.T) {
	t.Parallel()
	for name, got := range map[string]queue.Range{
		"no seats":      queue.NewForecast(minutes(50, 5)).ETA(1, 0),
		"no data":       queue.NewForecast(nil).ETA(1, 3),
		"zero value":    new(queue.Forecast).ETA(1, 3),
		"too little":    queue.NewForecast(minutes(4, 5)).ETA(1, 3),
		"no time":       queue.NewForecast(minutes(50, 0)).ETA(1, 3),
		"not in line":   queue.NewForecast(minutes(50, 5)).ETA(0, 3),
		"negative seat": queue.NewForecast(minutes(50, 5)).ETA(1, -1),
	} {
		if got != (queue.Range{}) {
			t.Errorf("%s: got %+v, want unknown", name, got)
		}
	}
}

func TestETAGrowsWithThePlaceAndShrinksWithTheSeats(t *testing.T) {
	t.Parallel()
	for name, handles := range map[string][]time.Duration{
		"equal": minutes(20, 5), "exponential": exponential(400, 5*time.Minute),
		"few and odd": {time.Second, time.Second, time.Second, time.Second, time.Hour},
	} {
		f := queue.NewForecast(handles)
		for servers := 1; servers < 60; servers++ {
			for position := 1; position < 120; position++ {
				here, behind, helped := f.ETA(position, servers), f.ETA(position+1, servers), f.ETA(position, servers+1)
				if behind.From < here.From || behind.To < here.To || helped.From > here.From || helped.To > here.To {
					t.Fatalf("%s, place %d of %d servers: %v, one behind %v, one server more %v",
						name, position, servers, here, behind, helped)
				}
				if !here.Known || here.From > here.To {
					t.Fatalf("%s, place %d of %d servers: %v is no range", name, position, servers, here)
				}
			}
		}
	}
}

// TestETAHoldsTheRealWaitHalfOfTheTime plays what the forecast computes: servers seen at a random
// moment of their conversations, and the k-th end among them.
func TestETAHoldsTheRealWaitHalfOfTheTime(t *testing.T) {
	t.Parallel()
	const draws = 5_000
	rng := rand.New(rand.NewPCG(20260302, 3))
	equalish := make([]time.Duration, 400)
	for i := range equalish {
		equalish[i] = time.Duration(20+i/20) * time.Minute
	}
	for name, handles := range map[string][]time.Duration{
		"exponential": exponential(400, 30*time.Minute), "much alike": equalish,
	} {
		f := queue.NewForecast(handles)
		for _, c := range []struct{ position, servers int }{{1, 1}, {1, 8}, {3, 2}, {10, 5}, {30, 5}, {200, 20}} {
			r := f.ETA(c.position, c.servers)
			inside := 0
			for range draws {
				wait := kthEnd(rng, handles, c.position, c.servers)
				if wait >= r.From && wait <= r.To {
					inside++
				}
			}
			if share := float64(inside) / draws; share < 0.46 || share > 0.60 {
				t.Errorf("%s, place %d of %d servers: %.3f of the waits are in %v–%v, want 0.5 and a little for what is not known",
					name, c.position, c.servers, share, r.From, r.To)
			}
		}
	}
}

func kthEnd(rng *rand.Rand, handles []time.Duration, position, servers int) time.Duration {
	ends, longest := make([]time.Duration, servers), float64(slices.Max(handles))
	for i := range ends {
		// A random moment falls into a long conversation more often than into a short one.
		h := handles[rng.IntN(len(handles))]
		for rng.Float64()*longest > float64(h) {
			h = handles[rng.IntN(len(handles))]
		}
		ends[i] = time.Duration(rng.Float64() * float64(h))
	}
	for range position - 1 {
		first := slices.Index(ends, slices.Min(ends))
		ends[first] += handles[rng.IntN(len(handles))]
	}
	return slices.Min(ends)
}

func told(from, to, position, servers int) queue.Told {
	return queue.Told{
		Range:    queue.Range{From: time.Duration(from) * time.Second, To: time.Duration(to) * time.Second, Known: true},
		Position: position, Servers: servers,
	}
}

func TestAWaitThatIsToldGrowsOnlyWithItsReason(t *testing.T) {
	t.Parallel()
	because := func(x queue.Told, why queue.Why) queue.Told {
		x.Why = why
		return x
	}
	for name, c := range map[string]struct{ last, next, want queue.Told }{
		"the first time":         {queue.Told{}, told(40, 90, 3, 5), told(40, 90, 3, 5)},
		"shorter":                {told(40, 90, 3, 5), told(30, 70, 2, 5), told(30, 70, 2, 5)},
		"no longer known":        {told(40, 90, 3, 5), queue.Told{}, queue.Told{}},
		"fewer agents":           {told(40, 90, 3, 5), told(50, 110, 3, 4), because(told(50, 110, 3, 4), queue.WhyFewer)},
		"somebody more urgent":   {told(40, 90, 3, 5), told(50, 100, 4, 5), because(told(50, 100, 4, 5), queue.WhyAhead)},
		"chats are much longer":  {told(40, 90, 3, 5), told(60, 130, 3, 5), because(told(60, 130, 3, 5), queue.WhySlower)},
		"chats scatter":          {told(40, 90, 3, 5), told(42, 95, 3, 5), told(40, 90, 3, 5)},
		"only one end is longer": {told(40, 90, 3, 5), told(38, 95, 3, 5), told(38, 90, 3, 5)},
		"an old reason is gone":  {because(told(50, 110, 3, 4), queue.WhyFewer), told(50, 110, 3, 4), told(50, 110, 3, 4)},
	} {
		if got := queue.Tell(c.last, c.next); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

// TestAWaitThatIsToldNeverGrowsWithoutAReason walks at random through a line.
func TestAWaitThatIsToldNeverGrowsWithoutAReason(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 5))
	var last queue.Told
	for range 10_000 {
		f := queue.NewForecast(minutes(10, 4+rng.Float64()))
		next := queue.Told{Position: 1 + rng.IntN(9), Servers: rng.IntN(6)}
		next.Range = f.ETA(next.Position, next.Servers)
		now := queue.Tell(last, next)
		if last.Known && now.Known && (now.From > last.From || now.To > last.To) && now.Why == queue.WhyNone {
			t.Fatalf("seed %d: %+v became %+v without a reason", seed, last, now)
		}
		if now.From > now.To {
			t.Fatalf("seed %d: %+v is no range", seed, now)
		}
		last = now
	}
}

func BenchmarkForecastOfAHundredPlaces(b *testing.B) {
	handles := exponential(400, 5*time.Minute)
	for b.Loop() {
		f := queue.NewForecast(handles)
		for position := range 100 {
			f.ETA(position+1, 20)
		}
	}
}
