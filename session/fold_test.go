package session_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"yijian/session"
)

func TestInvariant2TheFoldOfALogEqualsTheLiveState(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	onEveryRedis(t, func(t *testing.T, l *session.Log, c *clock) {
		rng := rand.New(rand.NewPCG(seed, 1))
		for range 20 {
			id := born(t, l)
			for i := range 40 {
				c.ms += rng.Int64N(5000)
				randomAppend(t, l, id, rng, i)
			}
			compareFold(t, l, id)
		}
	})
}

const c1h = 3_600_000

// randomAppend tries something, legal or not; what is refused must leave no trace.
func randomAppend(t *testing.T, l *session.Log, id session.ID, rng *rand.Rand, i int) {
	t.Helper()
	s, err := l.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	owners := []session.Owner{session.Bot, session.Waiting, session.Human, session.Closed}
	roles := []session.Role{session.FromVisitor, session.FromBot, session.FromAgent, session.FromSystem}
	agent := fmt.Sprint("agent", rng.IntN(2))
	by := roles[rng.IntN(len(roles))]
	d := session.Draft{
		ID: fmt.Sprintf("%s:%d", by, i-rng.IntN(2)), Kind: session.KindMessage, From: by,
		Body: session.Body{Text: fmt.Sprint("text ", rng.IntN(3))},
	}
	if rng.IntN(2) == 0 {
		d = moves(d.ID, by, owners[rng.IntN(len(owners))], agent)
	}
	switch rng.IntN(8) {
	case 0:
		d.Kind, d.Body = session.KindCallback, session.Body{
			Reason: []string{session.CallAsked, session.CallMissed, session.CallCancelled}[rng.IntN(3)],
			Phone:  "13800000000", When: rng.Int64N(2) * c1h,
		}
	case 1:
		d.Kind, d.Body = session.KindNote, session.Body{Agent: agent, Text: "help"}
	case 2:
		d.Kind = session.KindNotice
		d.Body = session.Body{Reason: []string{session.SupervisorJoined, session.SupervisorLeft}[rng.IntN(2)]}
	}
	if by == session.FromAgent {
		d.By = fmt.Sprint("agent", rng.IntN(2))
	}
	a := session.Append{Drafts: []session.Draft{d}, Offer: int64(i)}
	if rng.IntN(4) > 0 {
		a.Epoch, a.Ask = s.Epoch-int64(rng.IntN(2)), s.Ask
	}
	_, _ = l.Append(t.Context(), id, a)
}

func compareFold(t *testing.T, l *session.Log, id session.ID) {
	t.Helper()
	live, err := l.State(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	events, err := l.Read(t.Context(), id, 1, live.Seq)
	if err != nil {
		t.Fatal(err)
	}
	folded := session.State{Epoch: 1, Owner: session.Bot, Site: live.Site, Lang: live.Lang, Created: live.Created}
	prev := ""
	for i, e := range events {
		if e.Seq != uint64(i+1) || e.Prev != prev {
			t.Fatalf("event %d has seq %d and prev %q, want %q", i+1, e.Seq, e.Prev, prev)
		}
		prev = e.ID
		folded = session.Fold(folded, e)
	}
	if diff := cmp.Diff(folded, live); diff != "" {
		t.Fatalf("live state differs from the fold (-fold +live):\n%s", diff)
	}
}
