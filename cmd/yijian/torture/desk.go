package torture

import (
	"context"
	"maps"
	"slices"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/cmd/yijian/torture/history"
	"yijian/router/queue"
)

// sampleEvery is how often the desk is looked at.
const sampleEvery = 200 * time.Millisecond

// watchDesk takes samples of the desk until ctx ends. A look that fails is no finding: Redis is being
// broken.
func (w *world) watchDesk(ctx context.Context) {
	desk := queue.New(w.db, queue.Options{})
	for client.Pause(ctx, sampleEvery) == nil {
		if s, err := w.sample(ctx, desk); err == nil {
			w.mu.Lock()
			w.samples = append(w.samples, s)
			w.mu.Unlock()
		}
	}
}

func (w *world) sample(ctx context.Context, desk *queue.Desk) (history.DeskSample, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	out := history.DeskSample{At: time.Since(w.start).Microseconds(), Site: site}
	s, err := desk.Sample(ctx, site)
	if err != nil {
		return out, err
	}
	capacity := map[string]int{}
	for _, seat := range s.Seats {
		capacity[seat.Agent] = seat.Capacity
		if _, holds := s.Holds[seat.Agent]; !holds {
			s.Holds[seat.Agent] = nil
		}
	}
	for _, agent := range slices.Sorted(maps.Keys(s.Holds)) {
		out.Seats = append(out.Seats, history.Seat{Agent: agent, Capacity: capacity[agent], Holds: s.Holds[agent]})
	}
	for _, t := range s.Tickets {
		ticket := history.Ticket{
			Session: t.Session, State: string(t.State), Arrived: t.Arrived.UnixMicro(), Epoch: int64(t.Epoch),
			Agent: t.Agent, Number: t.Number,
		}
		if !t.Deadline.IsZero() {
			ticket.Deadline = t.Deadline.UnixMilli()
		}
		out.Tickets = append(out.Tickets, ticket)
	}
	return out, nil
}

// quiet is how long a desk must not change to count as quiet.
const quiet = 4 * time.Second

// awaitQuiet waits until nothing on the desk moves, and returns the last look.
func (w *world) awaitQuiet(ctx context.Context) ([]history.DeskSample, error) {
	desk := queue.New(w.db, queue.Options{})
	var last history.DeskSample
	since := time.Now()
	for begun := since; ; {
		s, err := w.sample(ctx, desk)
		if err != nil {
			return nil, err
		}
		if !same(last, s) {
			since = time.Now()
		}
		last = s
		if time.Since(since) >= quiet && !pending(s) || time.Since(begun) > w.cfg.QuietWithin {
			return []history.DeskSample{s}, nil
		}
		if err := client.Pause(ctx, sampleEvery); err != nil {
			return nil, err
		}
	}
}

// pending reports whether an offer or an accept is under way.
func pending(s history.DeskSample) bool {
	return slices.ContainsFunc(s.Tickets, func(t history.Ticket) bool {
		return t.State == string(queue.Offered) || t.State == string(queue.Accepting)
	})
}

// same reports whether the tickets are as they were.
func same(a, b history.DeskSample) bool { return slices.Equal(a.Tickets, b.Tickets) }
