package torture

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"yijian/agents"
	"yijian/cmd/yijian/client"
	"yijian/cmd/yijian/torture/history"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/record"
)

const (
	site   = "demo"
	origin = "https://shop.example"
	// forEver is how long a client tries to come back: nobody gives up here.
	forEver = 1000 * time.Hour
	// clocks is how many wrong clocks there can be at once; clients share them.
	clocks = 8
)

// world is all that runs: the servers of Redis, the nodes with their proxies, and what is written
// down about them.
type world struct {
	cfg     Config
	dir     string
	redis   redisServers
	nodes   []*node
	staff   []hired
	clocks  []*clock
	db      *rdb.DB
	journal *history.Journal
	start   time.Time
	tally   *tally
	resting atomic.Bool

	memory

	carrying errgroup.Group
	mu       sync.Mutex
	faults   []history.Fault
	samples  []history.DeskSample
}

// newWorld starts everything, and waits until it is ready. Close it on an error too.
func newWorld(ctx context.Context, cfg Config) (*world, error) {
	w := &world{cfg: cfg, tally: newTally(), memory: memory{archived: map[session.ID]session.Position{}}}
	for range clocks {
		w.clocks = append(w.clocks, &clock{})
	}
	var err error
	if w.dir, err = os.MkdirTemp("", "yijian-torture-"); err != nil {
		return w, fmt.Errorf("making a folder for the run: %w", err)
	}
	if w.redis, err = startRedis(ctx, cfg.Redis); err != nil {
		return w, err
	}
	if w.db, err = rdb.Open(ctx, w.redis.direct()); err != nil {
		return w, fmt.Errorf("opening the redis of the run: %w", err)
	}
	if err := w.hire(ctx); err != nil {
		return w, err
	}
	if err := w.startNodes(ctx); err != nil {
		return w, err
	}
	if w.archive, err = record.Open(ctx, w.record()); err != nil {
		return w, err
	}
	w.start = time.Now()
	w.journal = history.NewJournal(w.start)
	return w, nil
}

func (w *world) record() string { return filepath.Join(w.dir, "record.db") }

// hire makes the accounts of the agents before any server runs.
func (w *world) hire(ctx context.Context) (err error) {
	db, err := record.Open(ctx, w.record())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.PutSites(ctx, record.Site{ID: site, NameZH: "拷问", NameEN: "Torture"}); err != nil {
		return err
	}
	store := agents.New(db, agents.Options{})
	for i := range w.cfg.Agents {
		account, err := store.Create(ctx, agents.Draft{
			Name: "Agent " + strconv.Itoa(i+1), Login: "agent" + strconv.Itoa(i+1), Role: agents.RoleAgent,
			Sites: []string{site}, Langs: []string{"zh-CN", "en"}, Capacity: w.cfg.Capacity,
		})
		if err != nil {
			return fmt.Errorf("making the accounts of the agents: %w", err)
		}
		_, key, err := store.CreateKey(ctx, account.ID, "torture")
		if err != nil {
			return fmt.Errorf("making the keys of the agents: %w", err)
		}
		w.staff = append(w.staff, hired{account.ID, key})
	}
	return nil
}

// startNodes starts the first node alone, so that there is one who brings the record up to date.
func (w *world) startNodes(ctx context.Context) error {
	args := []string{
		w.cfg.Bin, "serve", "--redis", w.redis.url(), "--db", w.record(), "--origins", origin,
		"--log-level", "warn", "--log-format", "json",
	}
	if w.cfg.Durability == history.Safe {
		args = append(args, "--durability", "safe")
	}
	for i := range w.cfg.Nodes {
		n, err := newNode(ctx, i+1, w.dir, args)
		if err != nil {
			return err
		}
		w.nodes = append(w.nodes, n)
		w.carrying.Go(n.proxy.run)
		if err := n.start(); err != nil {
			return err
		}
		if i > 0 && i < w.cfg.Nodes-1 {
			continue
		}
		if err := n.awaitReady(ctx); err != nil {
			return err
		}
	}
	return w.awaitReady(ctx)
}

func (w *world) awaitReady(ctx context.Context) error {
	for _, n := range w.nodes {
		if err := n.awaitReady(ctx); err != nil {
			return err
		}
	}
	return nil
}

// supervise starts servers again that ended by themselves, until ctx ends.
func (w *world) supervise(ctx context.Context) {
	for client.Pause(ctx, time.Second) == nil {
		for _, n := range w.nodes {
			if n.revive() {
				w.broke(nodeEnded, n.name)
			}
		}
	}
}

// anyNode is the address of one of the sockets of one of the nodes, as a balancer without health
// checks would choose it.
func (w *world) anyNode(path string) string {
	return "ws://" + w.nodes[rand.IntN(len(w.nodes))].proxy.addr() + path
}

// beginningAt leads to one node first and to any node afterwards.
func (w *world) beginningAt(n int, path string) func() string {
	first := true
	return func() string {
		if !first {
			return w.anyNode(path)
		}
		first = false
		return "ws://" + w.nodes[n%len(w.nodes)].proxy.addr() + path
	}
}

// sinceStart is now, in µs as the journal counts.
func (w *world) sinceStart() int64 { return time.Since(w.start).Microseconds() }

// broke takes down a fault that begins now.
func (w *world) broke(what, target string) { w.brokeAt(w.sinceStart(), what, target) }

// brokeAt takes down a fault of which only the end shows what it was.
func (w *world) brokeAt(at int64, what, target string) {
	w.tally.count("fault " + what)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.faults = append(w.faults, history.Fault{At: at, What: what, Target: target})
}

// close ends everything that was started.
func (w *world) close() error {
	for _, n := range w.nodes {
		n.kill()
		if n.proxy != nil {
			n.proxy.close()
		}
	}
	err := w.carrying.Wait()
	if w.db != nil {
		err = errors.Join(err, w.db.Close())
	}
	if w.archive != nil {
		err = errors.Join(err, w.archive.Close())
	}
	if w.redis != nil {
		w.redis.stop()
	}
	if w.dir != "" {
		err = errors.Join(err, os.RemoveAll(w.dir))
	}
	return err
}
