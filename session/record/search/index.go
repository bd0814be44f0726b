package search

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"yijian/session"
	"yijian/session/record"
	"yijian/session/record/words"
)

const (
	// step is how many segments one transaction indexes.
	step = 256
	// every is how long what was archived waits to be found, at most.
	every = time.Second
)

// Index keeps the words of the record, behind its segments.
type Index struct {
	db     *record.DB
	engine engine
	log    zerolog.Logger
}

// New returns the index of a record; Run keeps it.
func New(db *record.DB, log zerolog.Logger) *Index {
	return &Index{db: db, engine: engineOf(db), log: log.With().Str("component", "search").Logger()}
}

// Run moves the index on until ctx ends. A record that is away is tried again; nothing is missed.
func (x *Index) Run(ctx context.Context) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := x.CatchUp(ctx); err != nil && ctx.Err() == nil {
			x.log.Warn().Err(err).Msg("index not moved on")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// much is so many segments that what the engine knows of its words is out of date.
const much = 2_000

// CatchUp indexes everything that is in the record now.
func (x *Index) CatchUp(ctx context.Context) error {
	for total := 0; ; {
		n, err := x.step(ctx)
		if err != nil {
			return err
		}
		if total += n; n == 0 && total >= much {
			return x.learn(ctx)
		}
		if n == 0 {
			return nil
		}
	}
}

func (x *Index) learn(ctx context.Context) error {
	if learn := x.engine.learn(); learn != "" {
		if _, err := x.db.Exec(ctx, learn); err != nil {
			return fmt.Errorf("learn which words are common: %w", err)
		}
	}
	return nil
}

// step indexes the next segments and says how many there were.
func (x *Index) step(ctx context.Context) (int, error) {
	var after int64
	if err := x.db.QueryRow(ctx, "SELECT n FROM counters WHERE name = 'index'").Scan(&after); err != nil {
		return 0, fmt.Errorf("read how far the index is: %w", err)
	}
	written, err := x.db.Follow(ctx, after, step)
	if err != nil || len(written) == 0 {
		return 0, err
	}
	err = x.db.Tx(ctx, func(tx *sql.Tx) error {
		mine, err := claim(ctx, tx, after, written[len(written)-1].N)
		if err != nil || !mine {
			return err
		}
		return x.put(ctx, tx, written)
	})
	if err != nil {
		return 0, fmt.Errorf("index what was said: %w", err)
	}
	return len(written), nil
}

// claim moves the counter on, unless another node has.
func claim(ctx context.Context, tx *sql.Tx, from, to int64) (bool, error) {
	result, err := tx.ExecContext(ctx, "UPDATE counters SET n = $1 WHERE name = 'index' AND n = $2", to, from)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

func (x *Index) put(ctx context.Context, tx *sql.Tx, written []record.Written) error {
	b := &batch{tx: tx, sites: map[session.ID]string{}, have: map[session.ID]map[uint64]int64{}}
	if err := b.look(ctx, written); err != nil {
		return err
	}
	for _, w := range written {
		site, there := b.sites[w.Session]
		if !there {
			continue // erased since
		}
		if err := b.replace(ctx, w, rowsOf(w, site)); err != nil {
			return err
		}
		if err := facts(ctx, tx, w); err != nil {
			return err
		}
	}
	if err := b.free(ctx); err != nil {
		return err
	}
	return x.engine.insert(ctx, tx, b.rows)
}

// facts keeps what filters ask for beside words.
func facts(ctx context.Context, tx *sql.Tx, w record.Written) error {
	agents := map[string]bool{}
	for _, e := range w.Events {
		if e.Kind == session.KindMessage && e.From == session.FromAgent && e.By != "" {
			agents[e.By] = true
		}
		if e.Kind == session.KindRating {
			if _, err := tx.ExecContext(ctx, "UPDATE sessions SET rating = $1 WHERE id = $2", e.Body.Score, string(w.Session)); err != nil {
				return err
			}
		}
	}
	for agent := range agents {
		_, err := tx.ExecContext(ctx, "INSERT INTO session_agents (session_id, agent) VALUES ($1, $2) ON CONFLICT DO NOTHING",
			string(w.Session), agent)
		if err != nil {
			return err
		}
	}
	return nil
}

// rowsOf are the messages of a segment that can be found.
func rowsOf(w record.Written, site string) []row {
	var rows []row
	for _, e := range w.Events {
		if !Indexed(e) {
			continue
		}
		tokens := append(words.Split(e.Body.Text), siteToken(site))
		rows = append(rows, row{id: idOf(e), session: w.Session, seq: e.Seq, tokens: tokens})
	}
	return rows
}

// Indexed reports whether an event can be found by its words.
func Indexed(e session.Event) bool {
	said := e.Kind == session.KindMessage || e.Kind == session.KindNote || e.Kind == session.KindRating
	return said && e.Body.Text != ""
}
