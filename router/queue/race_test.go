package queue_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb/rdbtest"
)

const (
	raceWorkers = 4
	raceTickets = 250
	raceSeats   = 6
	raceRoom    = 2
)

// TestInvariants57FourDispatchersNeverAssignTwiceNorBeyondCapacity lets workers fight over one desk:
// all dispatch, accept, decline and close as fast as they can until everybody was served once.
func TestInvariants57FourDispatchersNeverAssignTwiceNorBeyondCapacity(t *testing.T) {
	t.Parallel()
	for name, open := range rdbtest.Backends() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRace(t, queue.New(open(t), queue.Options{Page: 10}))
			began := time.Now()
			group, ctx := errgroup.WithContext(t.Context())
			for worker := range raceWorkers {
				group.Go(func() error { return r.work(ctx, rand.New(rand.NewPCG(uint64(worker), 4))) })
			}
			if err := group.Wait(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%d assignments, %d declines in %v", len(r.served), r.declined, time.Since(began))
		})
	}
}

// race is the truth that the desk is checked against: who answers whom.
type race struct {
	desk *queue.Desk

	mu       sync.Mutex
	open     []queue.Offer
	holder   map[session.ID]string
	busy     map[string]int
	served   map[session.ID]bool
	declined int
}

func newRace(t *testing.T, desk *queue.Desk) *race {
	t.Helper()
	r := &race{desk: desk, holder: map[session.ID]string{}, busy: map[string]int{}, served: map[session.ID]bool{}}
	for i := range raceSeats {
		if _, err := desk.Sit(t.Context(), site, sitting(fmt.Sprintf("agent%d", i), raceRoom)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range raceTickets {
		if _, err := desk.Settle(t.Context(), site, waiting(sid(i), 1, start.Add(time.Duration(i)))); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func (r *race) work(ctx context.Context, rng *rand.Rand) error {
	for !r.done() {
		done, err := r.desk.Dispatch(ctx, site)
		if err != nil {
			return err
		}
		r.mu.Lock()
		r.open = append(r.open, done.Offers...)
		r.mu.Unlock()
		for _, o := range r.take(rng) {
			if err := r.answer(ctx, o, rng); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *race) done() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.served) == raceTickets
}

// take picks an offer; often another worker has picked the same, as two tabs of one agent do.
func (r *race) take(rng *rand.Rand) []queue.Offer {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.open) == 0 {
		return nil
	}
	i := rng.IntN(len(r.open))
	o := r.open[i]
	if rng.IntN(3) > 0 {
		r.open = append(r.open[:i], r.open[i+1:]...)
	}
	return []queue.Offer{o}
}

func (r *race) answer(ctx context.Context, o queue.Offer, rng *rand.Rand) error {
	if rng.IntN(4) == 0 {
		err := r.desk.Decline(ctx, site, o.Agent, o.ID)
		if err == nil {
			r.mu.Lock()
			r.declined++
			r.mu.Unlock()
		}
		return ignoreGone(err)
	}
	a, err := r.desk.Accept(ctx, site, o.Agent, o.ID)
	if err != nil {
		return ignoreGone(err)
	}
	mine, err := r.assign(a.Session, o.Agent)
	if err != nil || !mine {
		return err
	}
	if _, err := r.desk.Settle(ctx, site, human(a.Session, 2, o.Agent)); err != nil {
		return err
	}
	r.free(o.Agent)
	_, err = r.desk.Settle(ctx, site, queue.Projection{Session: a.Session, Epoch: 3, Owner: session.Closed, Queue: "general"})
	return err
}

// assign is the session's log: it takes one accept. A repeated accept of the same agent is no harm.
func (r *race) assign(id session.ID, agent string) (mine bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.served[id] {
		if r.holder[id] != agent {
			return false, fmt.Errorf("double assignment: %s to %s and %s", id, r.holder[id], agent)
		}
		return false, nil
	}
	r.served[id], r.holder[id] = true, agent
	if r.busy[agent]++; r.busy[agent] > raceRoom {
		return false, fmt.Errorf("%s holds %d of %d", agent, r.busy[agent], raceRoom)
	}
	return true, nil
}

func (r *race) free(agent string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.busy[agent]--
}

func ignoreGone(err error) error {
	if errors.Is(err, queue.ErrOfferGone) {
		return nil
	}
	return err
}
