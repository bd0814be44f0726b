package torture

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"yijian/cmd/yijian/client"
	"yijian/cmd/yijian/torture/history"
	"yijian/session"
	"yijian/session/record"
)

// forgets makes Redis lose its memory about as often as asked for, in a rhythm that is nearly even.
func (i *injector) forgets(ctx context.Context) error {
	dice := client.Jitter(i.cfg.Seed, "memory", 0)
	for {
		tenth := i.cfg.ForgetEvery / 10
		if err := client.Pause(ctx, 9*tenth+time.Duration(dice.Int64N(2*int64(tenth)))); err != nil {
			return nil //nolint:nilerr // the end of the load is no failure
		}
		if err := i.forget(context.WithoutCancel(ctx), dice); err != nil {
			return err
		}
	}
}

// forget makes Redis lose all it has, or in a cluster every other time one master with its replica: then
// a desk may be gone while its sessions are there, and the other way round. What the record has by then
// is taken down first, because that may not be lost.
func (i *injector) forget(ctx context.Context, dice *rand.Rand) error {
	i.redisBusy.Lock()
	defer i.redisBusy.Unlock()
	if err := i.takeDownArchives(ctx); err != nil {
		return err
	}
	i.broke(history.RedisForgot, "")
	return i.redis.forget(ctx, dice)
}

// takeDownArchives notes what the record has of sessions that went on since the last time.
func (w *world) takeDownArchives(ctx context.Context) error {
	at := w.sinceStart()
	err := w.archive.Sessions(ctx, func(s record.Session) error {
		if w.archived[s.ID] == s.Last {
			return nil
		}
		events, err := w.archive.Events(ctx, s.ID, 1, s.Last.Since)
		if err != nil {
			return err
		}
		a := history.Archive{At: at, Session: s.ID}
		for _, e := range events {
			a.IDs = append(a.IDs, e.ID)
		}
		if s.State.Seq == s.Last.Since && s.State.Tail == s.Last.Tail {
			a.Owner, a.Epoch, a.Arrived = s.State.Owner, s.State.Epoch, s.State.Arrived
		}
		w.archived[s.ID] = s.Last
		w.archives = append(w.archives, a)
		return nil
	})
	if err != nil {
		return fmt.Errorf("looking at what is archived: %w", err)
	}
	return nil
}

// memory is what is taken down of the record. One goroutine, that of the fault, writes it.
type memory struct {
	archive  *record.DB
	archived map[session.ID]session.Position
	archives []history.Archive
}
