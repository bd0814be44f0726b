package keep

import (
	"context"
	"fmt"
	"time"

	"yijian/session/record"
)

const (
	// look is how often a node looks for what was erased from the command line.
	look = 2 * time.Second
	// past is how far back a node looks when it starts: longer than Redis keeps what nobody writes to.
	past = 90 * 24 * time.Hour
)

// orders erases wherever it is kept what the command line erased from the record. That one cannot reach
// a Redis inside a server, and what Redis holds would be archived again. The audit log is the order:
// every node carries it out, some more than once, which is harmless.
type orders struct {
	*Keeper
	since time.Time
	done  map[string]time.Time // by id of the entry, when it was written
}

func (k *Keeper) orders() *orders {
	return &orders{Keeper: k, since: k.Now().Add(-past), done: map[string]time.Time{}}
}

// carryOut does what was ordered since the last look.
func (o *orders) carryOut(ctx context.Context) error {
	began := o.Now()
	erased, err := o.Record.Erased(ctx, o.since)
	if err != nil {
		return err
	}
	for _, e := range erased {
		if _, done := o.done[e.Entry]; done || e.Who != record.CommandLine {
			continue
		}
		if err := o.Erase(ctx, e.Session); err != nil {
			return fmt.Errorf("erase session %s, as the command line was told: %w", e.Session, err)
		}
		o.Log.Info().Str("session", string(e.Session)).Msg("erased what the command line was told to")
		o.done[e.Entry] = e.At
	}
	o.since = began.Add(-record.ClockSkew)
	for id, at := range o.done {
		if at.Before(o.since) {
			delete(o.done, id)
		}
	}
	return nil
}
