package keep

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/mask"
)

const (
	every = time.Hour
	// day is how long pace is kept after the last event.
	day = 24 * time.Hour
	// MinKeep is the shortest time for which conversations can be kept: as long as whoever comes back is
	// brought to the same person, and one more day for the archive.
	MinKeep = 48 * time.Hour
	// some is how many sessions one look takes.
	some = 200
)

// What was erased because its time was over is known by its age.
const _ = uint(MinKeep - record.KeptAtLeast)

// Rule is what a site keeps.
type Rule struct {
	// Keep is how long conversations are kept after their last event; 0 is for ever.
	Keep time.Duration
	// Mask are the kinds of numbers that are hidden in the record.
	Mask mask.Kinds
}

// Options are what a Keeper is made of.
type Options struct {
	Record *record.DB
	// Rules are those of sites; a site without one keeps everything for ever.
	Rules map[string]Rule
	// Erase removes a conversation wherever it is kept; one that Redis has as well.
	Erase func(context.Context, session.ID) error
	Now   func() time.Time
	Log   zerolog.Logger
}

// Keeper sweeps a record.
type Keeper struct{ Options }

// New returns a keeper; Run puts it to work.
func New(o Options) *Keeper {
	o.Log = o.Log.With().Str("component", "keeper").Logger()
	return &Keeper{o}
}

// Redact hides in a text what its site masks. It is what record.DB.Redact takes.
func Redact(rules map[string]Rule) func(site, text string) string {
	return func(site, text string) string { return mask.Text(text, rules[site].Mask) }
}

// Run sweeps at the start and every hour until ctx ends, and erases within seconds what the command line
// was told to.
func (k *Keeper) Run(ctx context.Context) error {
	hourly, often := time.NewTicker(every), time.NewTicker(look)
	defer hourly.Stop()
	defer often.Stop()
	orders, do := k.orders(), k.Sweep
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			k.Log.Warn().Err(err).Msg("not all was let go")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-hourly.C:
			do = k.Sweep
		case <-often.C:
			do = orders.carryOut
		}
	}
}

// Sweep lets go of everything whose time has come.
func (k *Keeper) Sweep(ctx context.Context) error {
	errs := []error{k.scrub(ctx)}
	for site, rule := range k.Rules {
		if rule.Keep > 0 {
			errs = append(errs, k.expire(ctx, site, rule.Keep))
		}
	}
	return errors.Join(errs...)
}

// expire erases the conversations of a site that are over and old. Nobody who waits or talks to a person
// is touched, however long that takes.
func (k *Keeper) expire(ctx context.Context, site string, keep time.Duration) error {
	before := k.Now().Add(-max(keep, MinKeep)).UnixMilli()
	erased := 0
	for after := ""; ; {
		ids, err := k.ids(ctx, `SELECT id FROM sessions WHERE site = $1 AND id > $2 AND last_at < $3
			AND owner IN ('closed', 'bot') ORDER BY id LIMIT $4`, site, after, before, some)
		if err != nil {
			return fmt.Errorf("find what site %s need not keep: %w", site, err)
		}
		for _, id := range ids {
			if err := k.Erase(ctx, id); err != nil {
				return err
			}
			erased++
		}
		if len(ids) < some {
			break
		}
		after = string(ids[some-1])
	}
	if erased > 0 {
		k.Log.Info().Str("site", site).Int("sessions", erased).Msg("erased what is past its time")
		return k.Record.Audit(ctx, record.Entry{
			At: k.Now(), Who: "retention", What: "sessions.erase", Site: site, Target: fmt.Sprintf("%d sessions", erased),
		})
	}
	return nil
}

func (k *Keeper) scrub(ctx context.Context) error {
	before := k.Now().Add(-day).UnixMilli()
	for {
		ids, err := k.ids(ctx, "SELECT id FROM sessions WHERE scrubbed < seq AND last_at < $1 ORDER BY last_at LIMIT $2", before, some)
		if err != nil {
			return fmt.Errorf("find whose pace to drop: %w", err)
		}
		for _, id := range ids {
			if err := k.scrubOne(ctx, id); err != nil {
				return err
			}
		}
		if len(ids) < some {
			return nil
		}
	}
}

func (k *Keeper) scrubOne(ctx context.Context, id session.ID) error {
	s, err := k.Record.Session(ctx, id)
	if errors.Is(err, record.ErrNoSession) {
		return nil
	}
	if err != nil {
		return err
	}
	kinds := k.Rules[s.State.Site].Mask
	if err := k.Record.Rewrite(ctx, id, func(e *session.Event) bool { return scrub(e, kinds) }); err != nil {
		return err
	}
	// What came meanwhile has a higher seq, and is scrubbed in its turn.
	_, err = k.Record.Exec(ctx, "UPDATE sessions SET scrubbed = $1 WHERE id = $2", s.Last.Since, string(id))
	return err
}

// scrub takes out of an event what is not kept.
func scrub(e *session.Event, kinds mask.Kinds) (changed bool) {
	if e.Body.Pace != nil {
		e.Body.Pace, changed = nil, true
	}
	if e.Kind == session.KindCallback {
		if hidden := mask.Text(e.Body.Phone, kinds); hidden != e.Body.Phone {
			e.Body.Phone, changed = hidden, true
		}
	}
	return changed
}

func (k *Keeper) ids(ctx context.Context, query string, args ...any) ([]session.ID, error) {
	rows, err := k.Record.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []session.ID
	for rows.Next() {
		var id session.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
