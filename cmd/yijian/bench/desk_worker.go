package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/redis/go-redis/v9"

	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
)

// DeskWork is what one process did. Times are µs since 1970: the processes share a machine and its clock.
type DeskWork struct {
	// Calls and P99 are of the script that does nothing.
	Calls int     `json:"calls"`
	P99   float64 `json:"p99_ms"`
	Begin int64   `json:"begin"`
	End   int64   `json:"end"`

	Asked    []DeskAsk   `json:"asked"`
	Offered  []DeskOffer `json:"offered"`
	Held     []DeskHold  `json:"held"`
	Declined int         `json:"declined"`
}

// DeskAsk is when a visitor asked.
type DeskAsk struct {
	Session string `json:"s"`
	At      int64  `json:"at"`
}

// DeskOffer is when a ticket was offered, as the process that offered it learned.
type DeskOffer struct {
	Session string `json:"s"`
	At      int64  `json:"at"`
}

// DeskHold is a conversation, from when its agent surely had it to when it surely still did.
type DeskHold struct {
	Session string `json:"s"`
	Agent   string `json:"a"`
	From    int64  `json:"from"`
	To      int64  `json:"to"`
}

// DeskWorker is one process of Desk.
type DeskWorker struct {
	Redis, Site      string
	Worker, InFlight int
	Begin            time.Time
	For              time.Duration
	Bare             bool
}

const (
	declineOneIn = 5
	drainWithin  = 30 * time.Second
	drainLook    = 20 * time.Millisecond
)

// Run works and prints a DeskWork.
func (w DeskWorker) Run(ctx context.Context, out io.Writer) error {
	db, err := rdb.Open(ctx, w.Redis)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := db.Client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("reaching redis: %w", err)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Until(w.Begin)):
	}
	var work DeskWork
	if w.Bare {
		work, err = w.bare(ctx, db)
	} else {
		work, err = w.desk(ctx, db)
	}
	return errors.Join(err, json.NewEncoder(out).Encode(work))
}

// bare calls a script that does nothing from as many goroutines as there are tickets in flight.
func (w DeskWorker) bare(ctx context.Context, db *rdb.DB) (DeskWork, error) {
	script := redis.NewScript(`return redis.call('PING')`)
	if err := script.Load(ctx, db.Client).Err(); err != nil {
		return DeskWork{}, fmt.Errorf("loading a script: %w", err)
	}
	until := time.Now().Add(w.For)
	var mu sync.Mutex
	var took []time.Duration
	g, ctx := errgroup.WithContext(ctx)
	for range w.InFlight {
		g.Go(func() error {
			var own []time.Duration
			for now := time.Now(); now.Before(until); {
				if err := script.EvalSha(ctx, db.Client, []string{"bench"}).Err(); err != nil {
					return fmt.Errorf("calling a script: %w", err)
				}
				then := now
				now = time.Now()
				own = append(own, now.Sub(then))
			}
			mu.Lock()
			defer mu.Unlock()
			took = append(took, own...)
			return nil
		})
	}
	err := g.Wait()
	return DeskWork{Calls: len(took), P99: quantileOf(took, .99)}, err
}

// shift is a process at work at a desk.
type shift struct {
	DeskWorker
	at    *queue.Desk
	until time.Time
	kick  chan struct{}
	// open counts what this process has begun and not finished: offers to answer, asks to make.
	open  atomic.Int64
	asked atomic.Int64
	group *errgroup.Group

	mu   sync.Mutex
	work DeskWork
}

func (w DeskWorker) desk(ctx context.Context, db *rdb.DB) (DeskWork, error) {
	g, ctx := errgroup.WithContext(ctx)
	now := time.Now()
	s := &shift{DeskWorker: w, at: queue.New(db, queue.Options{}), until: now.Add(w.For), kick: make(chan struct{}, 1), group: g}
	s.work.Begin, s.work.End = now.UnixMicro(), s.until.UnixMicro()
	for range w.InFlight {
		s.do(func() error { return s.ask(ctx) })
	}
	g.Go(func() error { return s.dispatch(ctx) })
	err := g.Wait()
	return s.work, err
}

// do begins something of which dispatch awaits the end.
func (s *shift) do(one func() error) {
	s.open.Add(1)
	s.group.Go(func() error {
		defer s.open.Add(-1)
		return one()
	})
}

// ask puts a new visitor in line, unless the time is over.
func (s *shift) ask(ctx context.Context) error {
	now := time.Now()
	if !now.Before(s.until) {
		return nil
	}
	id := fmt.Sprintf("w%d-%d", s.Worker, s.asked.Add(1))
	_, err := s.at.Settle(ctx, s.Site, queue.Projection{
		Session: session.ID(id), Epoch: 1, Owner: session.Waiting, Queue: "general", Arrived: now.UnixMicro(),
	})
	s.mu.Lock()
	s.work.Asked = append(s.work.Asked, DeskAsk{id, now.UnixMicro()})
	s.mu.Unlock()
	s.look()
	return err
}

func (s *shift) look() {
	select {
	case s.kick <- struct{}{}:
	default: // a look is coming
	}
}

// dispatch looks at the desk whenever this process changed it, and now and then for what others left,
// until nobody waits any more.
func (s *shift) dispatch(ctx context.Context) error {
	tick := time.NewTicker(drainLook)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.kick:
		case <-tick.C:
			if now := time.Now(); now.After(s.until) && s.open.Load() == 0 {
				lines, err := s.at.Lines(ctx, s.Site)
				if err != nil || len(lines) == 0 || now.After(s.until.Add(drainWithin)) {
					return err
				}
			}
		}
		done, err := s.at.Dispatch(ctx, s.Site)
		if err != nil {
			return err
		}
		now := time.Now().UnixMicro()
		s.mu.Lock()
		for _, o := range done.Offers {
			s.work.Offered = append(s.work.Offered, DeskOffer{string(o.Session), now})
		}
		s.mu.Unlock()
		for _, o := range done.Offers {
			s.do(func() error { return s.answer(ctx, o) })
		}
		if done.More {
			s.look()
		}
	}
}

// answer declines some offers and takes the others, ends the conversation at once, and sends the next
// visitor.
func (s *shift) answer(ctx context.Context, o queue.Offer) error {
	defer s.look()
	if rand.IntN(declineOneIn) == 0 {
		s.mu.Lock()
		s.work.Declined++
		s.mu.Unlock()
		return s.at.Decline(ctx, s.Site, o.Agent, o.ID)
	}
	taken, err := s.at.Accept(ctx, s.Site, o.Agent, o.ID)
	if err != nil {
		return err
	}
	hold := DeskHold{Session: string(o.Session), Agent: o.Agent, From: time.Now().UnixMicro()}
	p := queue.Projection{Session: o.Session, Epoch: taken.Epoch + 1, Owner: session.Human, Agent: o.Agent, Queue: o.Queue}
	if _, err := s.at.Settle(ctx, s.Site, p); err != nil {
		return err
	}
	hold.To = time.Now().UnixMicro()
	p = queue.Projection{Session: o.Session, Epoch: taken.Epoch + 2, Owner: session.Closed}
	if _, err := s.at.Settle(ctx, s.Site, p); err != nil {
		return err
	}
	s.mu.Lock()
	s.work.Held = append(s.work.Held, hold)
	s.mu.Unlock()
	return s.ask(ctx)
}
