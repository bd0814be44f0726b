package queue_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"yijian/router/queue"
	"yijian/session"
)

// at is a ticket that arrived so long before start.
func at(id session.ID, ago time.Duration) queue.Ticket {
	return queue.Ticket{Session: id, State: queue.InLine, Queue: "general", Arrived: start.Add(-ago)}
}

// ready is an available seat that became idle so long before start.
func ready(agent string, capacity int, idle time.Duration) queue.Seat {
	return queue.Seat{
		Agent: agent, Status: queue.Available, Capacity: capacity,
		Lease: start.Add(time.Minute), IdleSince: start.Add(-idle),
	}
}

func TestMatchDecides(t *testing.T) {
	t.Parallel()
	ticket := func(t queue.Ticket, change func(*queue.Ticket)) queue.Ticket { change(&t); return t }
	seat := func(s queue.Seat, change func(*queue.Seat)) queue.Seat { change(&s); return s }
	ann, bob := ready("ann", 1, time.Minute), ready("bob", 1, time.Second)
	english := seat(ann, func(s *queue.Seat) { s.Langs = []string{"en"} })
	zh := ticket(at("a", 10*time.Second), func(t *queue.Ticket) { t.Lang = "zh-CN" })
	tried := func(agents ...string) queue.Ticket {
		return ticket(at("a", time.Second), func(t *queue.Ticket) {
			t.Excluded, t.ExcludedAt = agents, start.Add(-queue.AskAgainAfter)
		})
	}
	knows := func(t queue.Ticket, agent string) queue.Ticket { t.Preferred, t.Since = agent, t.Arrived; return t }
	weighs := func(t queue.Ticket, weight int) queue.Ticket { t.Weight = weight; return t }
	full := func(s queue.Seat) queue.Seat { s.Load = s.Capacity; return s }
	half := func(s queue.Seat) queue.Seat { s.Load = s.Capacity / 2; return s }
	for name, c := range map[string]struct {
		tickets []queue.Ticket
		seats   []queue.Seat
		want    []string
	}{
		"first come, longest idle": {
			[]queue.Ticket{at("b", time.Second), at("a", 2*time.Second)},
			[]queue.Seat{bob, ann},
			[]string{"a→ann", "b→bob"},
		},
		"the agent who knows the visitor, though another is idle longer": {
			[]queue.Ticket{knows(at("a", time.Second), "bob")}, []queue.Seat{ann, bob}, []string{"a→bob"},
		},
		"a little wait for the agent who knows the visitor": {
			[]queue.Ticket{knows(at("a", time.Second), "bob")}, []queue.Seat{ann, full(bob)}, nil,
		},
		"not for longer": {
			[]queue.Ticket{knows(at("a", queue.PreferFor), "bob")}, []queue.Seat{ann, full(bob)}, []string{"a→ann"},
		},
		"not for one who is not on duty": {
			[]queue.Ticket{knows(at("a", time.Second), "bob")}, []queue.Seat{ann}, []string{"a→ann"},
		},
		"not for one who gave it back": {
			[]queue.Ticket{knows(tried("bob"), "bob")}, []queue.Seat{ann, bob}, []string{"a→ann"},
		},
		"a heavy ticket where it has room": {
			[]queue.Ticket{weighs(at("a", time.Second), 2)},
			[]queue.Seat{half(ready("ann", 2, time.Hour)), ready("bob", 2, 0)},
			[]string{"a→bob"},
		},
		"a heavy ticket takes all of a small seat": {
			[]queue.Ticket{weighs(at("a", 2*time.Second), 3), at("b", time.Second)}, []queue.Seat{ann}, []string{"a→ann"},
		},
		"a light ticket passes a heavy one that has no room": {
			[]queue.Ticket{weighs(at("a", 2*time.Second), 2), at("b", time.Second)},
			[]queue.Seat{half(ready("bob", 2, 0))},
			[]string{"b→bob"},
		},
		"but not after a minute": {
			[]queue.Ticket{weighs(at("a", queue.WidenAfter), 2), at("b", time.Second)},
			[]queue.Seat{half(ready("bob", 2, 0))},
			nil,
		},
		"a head start": {
			[]queue.Ticket{at("a", 20*time.Second), ticket(at("b", time.Second), func(t *queue.Ticket) {
				t.HeadStart = 30 * time.Second
			})},
			[]queue.Seat{ann},
			[]string{"b→ann"},
		},
		"equal scores by session": {
			[]queue.Ticket{at("b", 0), at("a", 0)}, []queue.Seat{ann}, []string{"a→ann"},
		},
		"who is away or not waiting is passed over": {
			[]queue.Ticket{
				ticket(at("a", 3*time.Second), func(t *queue.Ticket) { t.Aside = queue.AsideAway }),
				ticket(at("b", 2*time.Second), func(t *queue.Ticket) { t.State = queue.Offered }),
				at("c", time.Second),
			}, []queue.Seat{ann}, []string{"c→ann"},
		},
		"capacity is what is left of it": {
			[]queue.Ticket{at("a", 3), at("b", 2), at("c", 1)},
			[]queue.Seat{seat(ready("ann", 3, 0), func(s *queue.Seat) { s.Load = 1 })},
			[]string{"a→ann", "b→ann"},
		},
		"more load than capacity is no room": {
			[]queue.Ticket{at("a", 3)}, []queue.Seat{seat(ann, func(s *queue.Seat) { s.Load = 2 })}, nil,
		},
		"not available, lease over": {
			[]queue.Ticket{at("a", 3)},
			[]queue.Seat{
				seat(ann, func(s *queue.Seat) { s.Status = queue.WrapUp }),
				seat(bob, func(s *queue.Seat) { s.Lease = start }),
			},
			nil,
		},
		"the language is waited for":         {[]queue.Ticket{zh}, []queue.Seat{english}, nil},
		"zh-TW helps in zh-CN":               {[]queue.Ticket{zh}, []queue.Seat{seat(ann, func(s *queue.Seat) { s.Langs = []string{"zh-TW"} })}, []string{"a→ann"}},
		"who cannot be served blocks nobody": {[]queue.Ticket{zh, at("b", 0)}, []queue.Seat{english}, []string{"b→ann"}},
		"after a minute anybody is better than nobody": {
			[]queue.Ticket{ticket(zh, func(t *queue.Ticket) { t.Arrived = start.Add(-time.Minute) })},
			[]queue.Seat{english},
			[]string{"a→ann"},
		},
		"but who suits comes first": {
			[]queue.Ticket{ticket(zh, func(t *queue.Ticket) { t.Arrived = start.Add(-time.Hour) })},
			[]queue.Seat{english, bob},
			[]string{"a→bob"},
		},
		"a queue is a skill": {
			[]queue.Ticket{at("a", 0)},
			[]queue.Seat{seat(ann, func(s *queue.Seat) { s.Skills = []queue.Skill{{Queue: "appeals", Level: 1}} }), bob},
			[]string{"a→bob"},
		},
		"who gave it back is asked last":     {[]queue.Ticket{tried("ann")}, []queue.Seat{ann, bob}, []string{"a→bob"}},
		"when all were tried, all again":     {[]queue.Ticket{tried("ann", "bob")}, []queue.Seat{ann, bob}, []string{"a→ann"}},
		"but after a breath":                 {[]queue.Ticket{ticket(tried("ann", "bob"), func(t *queue.Ticket) { t.ExcludedAt = start.Add(-time.Second) })}, []queue.Seat{ann, bob}, nil},
		"a full seat was not tried yet":      {[]queue.Ticket{tried("ann")}, []queue.Seat{ann, seat(bob, func(s *queue.Seat) { s.Load = 1 })}, nil},
		"but is not waited for for ever":     {[]queue.Ticket{ticket(tried("ann"), func(t *queue.Ticket) { t.ExcludedAt = start.Add(-time.Minute) })}, []queue.Seat{ann, seat(bob, func(s *queue.Seat) { s.Load = 1 })}, []string{"a→ann"}},
		"a seat that cannot take it is none": {[]queue.Ticket{tried("ann")}, []queue.Seat{ann, seat(bob, func(s *queue.Seat) { s.Skills = []queue.Skill{{Queue: "x", Level: 1}} })}, []string{"a→ann"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := pairs(queue.Match(c.tickets, c.seats, start, queue.LongestIdle))
			if diff := cmp.Diff(got, c.want, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-got +want):\n%s", diff)
			}
		})
	}
}

func pairs(ps []queue.Pair) []string {
	var out []string
	for _, p := range ps {
		out = append(out, string(p.Ticket.Session)+"→"+p.Seat.Agent)
	}
	return out
}

func TestStrategiesChooseAmongEqualSeats(t *testing.T) {
	t.Parallel()
	half, third := ready("half", 2, time.Hour), ready("third", 3, time.Second)
	half.Load, third.Load = 1, 1
	free := ready("free", 1, time.Millisecond)
	for name, c := range map[string]struct {
		strategy queue.Strategy
		want     string
	}{
		"longest idle": {queue.LongestIdle, "a→free b→half c→third d→third"},
		"least loaded": {queue.LeastLoaded, "a→free b→third c→half d→third"},
	} {
		tickets := []queue.Ticket{at("a", 4), at("b", 3), at("c", 2), at("d", 1)}
		got := pairs(queue.Match(tickets, []queue.Seat{half, third, free}, start, c.strategy))
		if diff := cmp.Diff(fmt.Sprint(got), "["+c.want+"]"); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

// TestInvariants67MatchIsFirstComeExactAndBlindToTheOrderOfItsArguments checks random desks.
func TestInvariants67MatchIsFirstComeExactAndBlindToTheOrderOfItsArguments(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewPCG(seed, 2))
	for range 3000 {
		tickets, seats := randomTickets(rng), randomSeats(rng)
		got := queue.Match(tickets, seats, start, queue.LongestIdle)
		checkMatch(t, tickets, seats, got)
		rng.Shuffle(len(tickets), func(i, j int) { tickets[i], tickets[j] = tickets[j], tickets[i] })
		rng.Shuffle(len(seats), func(i, j int) { seats[i], seats[j] = seats[j], seats[i] })
		again := queue.Match(tickets, seats, start, queue.LongestIdle)
		if diff := cmp.Diff(pairs(again), pairs(got)); diff != "" {
			t.Fatalf("seed %d: the order of the arguments matters:\n%s", seed, diff)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func checkMatch(t *testing.T, tickets []queue.Ticket, seats []queue.Seat, got []queue.Pair) {
	t.Helper()
	load, free := map[string]int{}, 0
	for _, s := range seats {
		load[s.Agent] = s.Load
		if s.OnDuty(start) {
			free += s.Free()
		}
	}
	var last int64
	taken := map[session.ID]bool{}
	for _, p := range got {
		if taken[p.Ticket.Session] {
			t.Errorf("%s is given away twice", p.Ticket.Session)
		}
		taken[p.Ticket.Session] = true
		if load[p.Seat.Agent]++; load[p.Seat.Agent] > p.Seat.Capacity {
			t.Errorf("seat %s holds %d of %d", p.Seat.Agent, load[p.Seat.Agent], p.Seat.Capacity)
		}
		if score := p.Ticket.Score(); score < last {
			t.Errorf("%s is served after somebody behind it", p.Ticket.Session)
		} else {
			last = score
		}
	}
	// These tickets may go to any seat, so room is left over only if nobody waits.
	waits := slices.ContainsFunc(tickets, func(q queue.Ticket) bool { return !taken[q.Session] && q.State == queue.InLine })
	if len(got) < free && waits {
		t.Errorf("got %d pairs with room for %d while somebody waits", len(got), free)
	}
}

func randomTickets(rng *rand.Rand) []queue.Ticket {
	out := make([]queue.Ticket, rng.IntN(12))
	for i := range out {
		out[i] = at(sid(i), time.Duration(rng.IntN(5))*time.Second)
		out[i].HeadStart = time.Duration(rng.IntN(3)) * time.Second
		if rng.IntN(4) == 0 {
			out[i].State = queue.Offered
		}
	}
	return out
}

func randomSeats(rng *rand.Rand) []queue.Seat {
	out := make([]queue.Seat, rng.IntN(6))
	for i := range out {
		out[i] = ready(string(rune('a'+i)), 1+rng.IntN(3), time.Duration(rng.IntN(3))*time.Second)
		out[i].Load = rng.IntN(out[i].Capacity + 1)
		if rng.IntN(4) == 0 {
			out[i].Status = queue.Busy
		}
	}
	return out
}

func BenchmarkMatchOneTicketToTwoHundredSeats(b *testing.B) {
	tickets := []queue.Ticket{at("a", 0)}
	seats := make([]queue.Seat, 200)
	for i := range seats {
		seats[i] = ready(fmt.Sprint(i), 1, time.Duration(i))
	}
	for b.Loop() {
		queue.Match(tickets, seats, start, queue.LongestIdle)
	}
}
