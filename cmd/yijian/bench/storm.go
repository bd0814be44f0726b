package bench

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"yijian/cmd/yijian/progress"
	"yijian/session"
	"yijian/session/rdb"
)

const (
	// missed is how many events each visitor misses.
	missed = 2
	// goalStorm is when the last visitor must have everything again.
	goalStorm = 4 * time.Second
	// stormLimit is when a visitor who is not whole is given up.
	stormLimit = 60 * time.Second
	lazyGC     = 800 // percent
)

// StormConfig says how to measure a storm.
type StormConfig struct {
	Conns int
	Site  string
	// Redis is where both nodes keep their sessions; what the visitors miss is written there.
	Redis string
}

// Validate returns all that is wrong with the settings, joined.
func (c StormConfig) Validate() error {
	return IdleConfig{Conns: c.Conns, Runs: 1}.Validate()
}

// Nodes are the two nodes of a storm: one dies, the other takes its visitors. Pause stops the process
// of the first and Kill ends it; it can prepare for neither. Redis is the process of their Redis, or 0
// where it runs elsewhere.
type Nodes struct {
	Dies, Stays Server
	Redis       int
	Pause, Kill func() error
}

// Storm connects visitors to one node, lets them miss two events each, kills the node and waits until
// the last of them has everything on the other.
//
// The node is paused before the events are written, so that nobody hears of them, and killed after:
// from one moment to the next all sockets are cut. The clock starts with the kill.
func Storm(ctx context.Context, cfg StormConfig, nodes Nodes, out io.Writer) (StormReport, error) {
	r := StormReport{Bench: "storm", Machine: machine(), Visitors: cfg.Conns, Missed: missed, GoalMS: goalStorm.Milliseconds()}
	if err := cfg.Validate(); err != nil {
		return r, err
	}
	db, err := rdb.Open(ctx, cfg.Redis)
	if err != nil {
		return r, err
	}
	defer func() { _ = db.Close() }()
	// Visitors have processors of their own; here they share those of the servers, so they let garbage lie.
	defer debug.SetGCPercent(debug.SetGCPercent(lazyGC))
	s := &storm{cfg: cfg, nodes: nodes, visitors: make([]*refugee, cfg.Conns)}
	defer s.dialer.close()
	if err := each(ctx, cfg.Conns, progress.On(out, "visitors", cfg.Conns), s.arrive); err != nil {
		return r, err
	}
	if err := nodes.Pause(); err != nil {
		return r, err
	}
	log := session.NewLog(db, nil)
	if err := each(ctx, cfg.Conns, progress.On(out, "visitors missing events", cfg.Conns), func(ctx context.Context, i int) error {
		return s.miss(ctx, log, i)
	}); err != nil {
		return r, err
	}
	worked, err := s.watched(ctx)
	if err != nil {
		return r, err
	}
	r.CPU = worked
	return r.of(s.visitors), nil
}

// storm is one run.
type storm struct {
	cfg      StormConfig
	nodes    Nodes
	dialer   dialer
	visitors []*refugee
}

// arrive connects one visitor to the node that will die.
func (s *storm) arrive(ctx context.Context, i int) error {
	v := &refugee{number: i, site: s.cfg.Site}
	s.visitors[i] = v
	return v.arrive(ctx, &s.dialer, s.nodes.Dies)
}

// miss writes what a visitor misses.
func (s *storm) miss(ctx context.Context, log *session.Log, i int) error {
	var a session.Append
	for n := range missed {
		a.Drafts = append(a.Drafts, session.Draft{
			ID: fmt.Sprintf("s:storm:%d", n+1), Kind: session.KindNotice, From: session.FromSystem,
			Body: session.Body{Code: "storm", Text: "what you missed"},
		})
	}
	_, err := log.Append(ctx, s.visitors[i].session, a)
	return err
}

// strike kills the node and returns when every visitor is whole or given up.
func (s *storm) strike(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stormLimit)
	defer cancel()
	var wg sync.WaitGroup
	for _, v := range s.visitors {
		wg.Go(func() {
			v.cut() // returns when the node is dead
			v.flee(ctx, &s.dialer, s.nodes.Stays)
		})
	}
	struck := time.Now()
	if err := s.nodes.Kill(); err != nil {
		cancel()
		s.dialer.close()
		wg.Wait()
		return err
	}
	wg.Wait()
	for _, v := range s.visitors {
		v.took = v.whole.Sub(struck)
	}
	return nil
}
