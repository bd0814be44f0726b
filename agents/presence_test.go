package agents_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"yijian/agents"
)

func TestPresenceFollowsItsTable(t *testing.T) {
	t.Parallel()
	const (
		available, busy, away = agents.Available, agents.Busy, agents.Away
		wrapUp, offline       = agents.WrapUp, agents.Offline
	)
	on := func(s agents.Status, load int) agents.Presence {
		return agents.Presence{Status: s, Load: load, Capacity: 2}
	}
	chosen := func(p agents.Presence) agents.Presence { p.ChoseBusy = true; return p }
	missed := func(p agents.Presence) agents.Presence { p.Missed = 1; return p }
	grace := func(s agents.Status, load int) agents.Presence {
		return agents.Presence{Status: offline, Load: load, Capacity: 2, Resume: s}
	}
	at := func(kind agents.EventKind, load int) agents.Event {
		return agents.Event{Kind: kind, Load: load, Capacity: 2}
	}
	set := func(s agents.Status) agents.Event { return agents.Event{Kind: agents.StatusSet, Status: s} }
	just := func(kind agents.EventKind) agents.Event { return agents.Event{Kind: kind} }
	wrapping := agents.Event{Kind: agents.Released, Load: 1, Capacity: 2, WrapUp: true}

	for _, c := range []struct {
		name  string
		from  agents.Presence
		event agents.Event
		want  agents.Presence
		err   error
	}{
		{"signing on makes available", agents.Presence{}, at(agents.SignedOn, 0), on(available, 0), nil},
		{"signing on with a full load makes busy", agents.Presence{}, at(agents.SignedOn, 2), on(busy, 2), nil},
		{"a second tab changes nothing", on(away, 1), at(agents.SignedOn, 1), on(away, 1), nil},
		{"a reload within the grace resumes", grace(away, 1), at(agents.SignedOn, 1), on(away, 1), nil},

		{"below capacity stays available", on(available, 0), at(agents.Assigned, 1), on(available, 1), nil},
		{"reaching capacity makes busy", on(available, 1), at(agents.Assigned, 2), on(busy, 2), nil},
		{"a transfer to somebody away counts", on(away, 0), at(agents.Assigned, 1), on(away, 1), nil},
		{"an assignment told twice is one", on(available, 1), at(agents.Assigned, 1), on(available, 1), nil},
		{"a release makes available again", on(busy, 2), at(agents.Released, 1), on(available, 1), nil},
		{"a release with wrap-up time", on(busy, 2), wrapping, on(wrapUp, 1), nil},
		{"no wrap-up for who is away", on(away, 2), wrapping, on(away, 1), nil},
		{"a release during wrap-up", on(wrapUp, 1), at(agents.Released, 0), on(wrapUp, 0), nil},
		{"wrap-up done", on(wrapUp, 1), just(agents.WrapUpDone), on(available, 1), nil},
		{"wrap-up done with a full load", on(wrapUp, 2), just(agents.WrapUpDone), on(busy, 2), nil},
		{"a late wrap-up timer", on(away, 1), just(agents.WrapUpDone), on(away, 1), nil},

		{"the first missed offer only counts", on(available, 0), just(agents.OfferMissed), missed(on(available, 0)), nil},
		{"the second sets away", missed(on(available, 0)), just(agents.OfferMissed), on(away, 0), nil},
		{"the second sets away when busy", missed(on(busy, 2)), just(agents.OfferMissed), on(away, 2), nil},
		{"an answer between forgets the first", missed(on(available, 0)), just(agents.OfferAnswered), on(available, 0), nil},
		{"a miss while away is not counted", on(away, 0), just(agents.OfferMissed), on(away, 0), nil},
		{"a miss while offline is not counted", grace(available, 0), just(agents.OfferMissed), grace(available, 0), nil},

		{"choosing away", on(busy, 2), set(away), on(away, 2), nil},
		{"choosing available with a full load", on(away, 2), set(available), on(busy, 2), nil},
		{"choosing available ends the count", missed(on(available, 0)), set(available), on(available, 0), nil},
		{"choosing wrap-up", on(available, 1), set(wrapUp), on(wrapUp, 1), nil},
		{"choosing to leave", on(busy, 2), set(offline), on(offline, 2), nil},
		{"leaving within the grace", grace(busy, 2), set(offline), on(offline, 2), nil},
		{"choosing busy lasts while there is room", on(available, 0), set(busy), chosen(on(busy, 0)), nil},
		{"a release does not end a busy that was chosen", chosen(on(busy, 2)), wrapping, chosen(on(busy, 1)), nil},
		{"choosing available ends a busy that was chosen", chosen(on(busy, 1)), set(available), on(available, 1), nil},
		{"a miss while busy by choice is not counted", chosen(on(busy, 0)), just(agents.OfferMissed), chosen(on(busy, 0)), nil},
		{"nonsense cannot be chosen", on(available, 0), set("asleep"), on(available, 0), agents.ErrBadStatus},
		{"nobody is available from afar", on(offline, 0), set(available), on(offline, 0), agents.ErrBadStatus},

		{"a lost connection remembers", on(busy, 2), just(agents.ConnectionLost), grace(busy, 2), nil},
		{"lost twice remembers the first", grace(busy, 2), just(agents.ConnectionLost), grace(busy, 2), nil},
		{"returned as it was", grace(wrapUp, 1), just(agents.ConnectionReturned), on(wrapUp, 1), nil},
		{"returned after a session was taken away", grace(busy, 1), just(agents.ConnectionReturned), on(available, 1), nil},
		{"returned after leaving on purpose", on(offline, 0), just(agents.ConnectionReturned), on(offline, 0), nil},
		{"the grace ends", grace(busy, 2), just(agents.GraceOver), on(offline, 2), nil},
		{"released while offline", grace(busy, 2), at(agents.Released, 0), grace(busy, 0), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := agents.Next(c.from, c.event)
			if diff := cmp.Diff(got, c.want); diff != "" || !errors.Is(err, c.err) {
				t.Errorf("error %v, want %v; got -, want +:\n%s", err, c.err, diff)
			}
		})
	}
}

func TestPresenceKeepsItsRulesThroughAnyEvents(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	for run := range 2_000 {
		var p agents.Presence
		for step := range 30 {
			event := anyEvent(random)
			next, err := agents.Next(p, event)
			if broken := brokenRule(p, next, event, err); broken != "" {
				t.Fatalf("seed %d, run %d, step %d: %s\nfrom  %+v\nevent %+v\nto    %+v",
					seed, run, step, broken, p, event, next)
			}
			p = next
		}
	}
}

func anyEvent(random *rand.Rand) agents.Event {
	kinds := []agents.EventKind{
		agents.SignedOn, agents.StatusSet, agents.Assigned, agents.Released, agents.OfferMissed,
		agents.OfferAnswered, agents.WrapUpDone, agents.ConnectionLost, agents.ConnectionReturned,
		agents.GraceOver, "unheard of",
	}
	statuses := []agents.Status{
		agents.Available, agents.Busy, agents.Away, agents.WrapUp, agents.Offline, "",
	}
	return agents.Event{
		Kind: kinds[random.IntN(len(kinds))], Status: statuses[random.IntN(len(statuses))],
		Load: random.IntN(4), Capacity: 1 + random.IntN(3), WrapUp: random.IntN(2) == 0,
	}
}

// brokenRule names a rule that the step from before to after breaks, or returns "".
func brokenRule(before, after agents.Presence, e agents.Event, err error) string {
	hears := e.Kind == agents.SignedOn || e.Kind == agents.ConnectionReturned
	switch {
	case after.Status == agents.Available && after.Load >= after.Capacity:
		return "available without room"
	case after.Status == agents.Busy && after.Load < after.Capacity && !after.ChoseBusy:
		return "busy with room"
	case after.Missed < 0 || after.Missed >= agents.MissedOffers:
		return fmt.Sprintf("%d missed offers without being set away", after.Missed)
	case after.Resume != "" && after.Status != agents.Offline:
		return "here, and yet due to return"
	case (before.Status == agents.Offline || before.Status == "") && after.Status != agents.Offline && !hears:
		return "came online without a connection"
	case err != nil && e.Kind != agents.StatusSet:
		return "refused a fact"
	}
	return ""
}
