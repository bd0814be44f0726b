package torture

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"yijian/cmd/yijian/client"
	"yijian/cmd/yijian/torture/history"
	"yijian/session"
	"yijian/web/wire"
)

const (
	// resumeWithin is how long a session may take to come back when nothing is broken any more.
	resumeWithin = 30 * time.Second
	// atOnce is how many sessions are resumed, and how many logs are read, at once.
	atOnce = 32
	// marker is a question whose answer comes after all that welcome promised, because a socket keeps
	// the order.
	marker = "all-here"
)

// resumeAll opens every session once more from where its client stood.
func (w *world) resumeAll(ctx context.Context, all []left, done func(int)) []history.Resume {
	out := make([]history.Resume, len(all))
	var mu sync.Mutex
	n := 0
	var g errgroup.Group
	g.SetLimit(atOnce)
	for i, l := range all {
		g.Go(func() error {
			out[i] = w.resume(ctx, l)
			mu.Lock()
			defer mu.Unlock()
			n++
			done(n)
			return nil
		})
	}
	_ = g.Wait() // resume returns its errors in its answer
	return out
}

// resume says hello with the last position and waits for all that is new.
func (w *world) resume(ctx context.Context, l left) history.Resume {
	ctx, cancel := context.WithTimeout(ctx, resumeWithin)
	defer cancel()
	rec := &recorder{person: l.who, journal: w.journal, tally: w.tally}
	sock := client.New(client.Options{
		URL: func() string { return w.anyNode("/v1/visitor") }, Origin: origin, Ready: "welcome", Away: forEver,
		Hello: func() wire.In {
			return wire.In{T: "hello", Site: site, Token: l.token, Since: l.since, Tail: l.tail}
		},
		Jitter: client.Jitter(w.cfg.Seed, "resume "+l.who.name, 0), Observer: rec,
	})
	out := history.Resume{Session: l.session, Client: l.who.name}
	welcomed := rec.conn
	for !out.OK {
		f, err := sock.Next(ctx, time.Time{}, 0)
		if err != nil {
			out.Problem = err.Error()
			break
		}
		switch f.T {
		case "welcome":
			hear(f, func(m wire.Welcome) { out.Seq = m.Seq })
			welcomed = rec.conn
			sock.Keep(marker, wire.In{T: "history", Before: 1, ID: marker})
		case "history":
			out.OK = welcomed == rec.conn
		}
	}
	sock.Close()
	rec.end("1000")
	out.Conn = rec.conn
	return out
}

// logs reads every session there is in Redis, and what its log has let go of from the record.
func (w *world) logs(ctx context.Context) (map[session.ID]history.Log, error) {
	ids, err := w.sessions(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the sessions: %w", err)
	}
	store := session.NewLog(w.db, nil).Recorded(w.archive)
	out := make(map[session.ID]history.Log, len(ids))
	var mu sync.Mutex
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for _, id := range ids {
		g.Go(func() error {
			state, err := store.State(ctx, id)
			if err != nil {
				return err
			}
			events, err := store.Read(ctx, id, 1, 1<<40)
			if err != nil {
				return err
			}
			l := history.Log{Session: id, State: state}
			for _, e := range events {
				l.Events = append(l.Events, history.StoredOf(e))
			}
			mu.Lock()
			defer mu.Unlock()
			out[id] = l
			return nil
		})
	}
	return out, g.Wait()
}

// sessions finds all states by their keys, yj:{p…}:s:<sid>.
func (w *world) sessions(ctx context.Context) ([]session.ID, error) {
	var mu sync.Mutex
	var ids []session.ID
	scan := func(ctx context.Context, c *redis.Client) error {
		keys := c.Scan(ctx, 0, "yj:{p*}:s:*", 1000).Iterator()
		for keys.Next(ctx) {
			key := keys.Val()
			mu.Lock()
			ids = append(ids, session.ID(key[strings.LastIndexByte(key, ':')+1:]))
			mu.Unlock()
		}
		return keys.Err()
	}
	switch c := w.db.Client.(type) {
	case *redis.ClusterClient:
		return ids, errors.Join(c.ForEachMaster(ctx, scan))
	case *redis.Client:
		return ids, scan(ctx, c)
	}
	return nil, fmt.Errorf("%T cannot be scanned", w.db.Client)
}
