package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"yijian/cmd/yijian/progress"
	"yijian/router/queue"
	"yijian/session/rdb"
)

// What a desk is held to.
const (
	goalAssigned = 3_000                 // assignments a second
	goalOffered  = 25 * time.Millisecond // p99 from ask to first offer, with 64 tickets in flight
	fewProcesses = 4
	bareFor      = 2 * time.Second
	startIn      = time.Second // for all processes to be connected when the clock starts
	// deskRoom is the capacity of each seat; there are as many seats as fill it with what is in flight.
	deskRoom = 2
)

// DeskConfig says how to measure one desk that several processes work at.
type DeskConfig struct {
	Redis                     string
	Processes, InFlight, Runs int
	Duration                  time.Duration
}

// Validate returns all that is wrong with the settings, joined.
func (c DeskConfig) Validate() error {
	var err error
	if c.Processes < 1 || c.Processes > 64 {
		err = errors.Join(err, fmt.Errorf("%d processes cannot share the desk; take 1 to 64", c.Processes))
	}
	if c.InFlight < c.Processes || c.InFlight > 10_000 {
		err = errors.Join(err, fmt.Errorf("%d tickets in flight are not one a process; take %d to 10000", c.InFlight, c.Processes))
	}
	if c.Duration < time.Second || c.Runs < 1 {
		err = errors.Join(err, errors.New("nothing would be measured; runs start at 1, the duration at 1s"))
	}
	return err
}

// Spawn runs this program as one more process and returns what it printed.
type Spawn func(ctx context.Context, args ...string) ([]byte, error)

// Desk lets processes ask, offer, accept and decline at one desk as fast as they can, and checks that
// nobody was assigned twice, dropped, or given to a seat without room. In each run the same processes
// first call a script that does nothing: what Redis and this machine can do at most.
func Desk(ctx context.Context, cfg DeskConfig, spawn Spawn, out io.Writer) (DeskReport, error) {
	r := DeskReport{
		Bench: "desk", Machine: machine(), Processes: cfg.Processes, InFlight: cfg.InFlight, Runs: cfg.Runs,
		Seconds: cfg.Duration.Seconds(), GoalRate: goalAssigned, GoalMS: milliseconds(goalOffered),
	}
	if err := cfg.Validate(); err != nil {
		return r, err
	}
	db, err := rdb.Open(ctx, cfg.Redis)
	if err != nil {
		return r, err
	}
	defer func() { _ = db.Close() }()
	done := progress.On(out, "runs", cfg.Runs)
	var runs []DeskFigures
	for i := range cfg.Runs {
		one, err := deskRun(ctx, cfg, db, spawn)
		if err != nil {
			return r, err
		}
		runs = append(runs, one)
		done(i + 1)
	}
	return r.of(runs), nil
}

func deskRun(ctx context.Context, cfg DeskConfig, db *rdb.DB, spawn Spawn) (DeskFigures, error) {
	bare, err := together(ctx, cfg, spawn, "--bare", "--for", bareFor.String())
	if err != nil {
		return DeskFigures{}, err
	}
	site := "bench-" + strconv.FormatInt(time.Now().UnixNano(), 36)
	desk := queue.New(db, queue.Options{})
	seats := (cfg.InFlight + deskRoom - 1) / deskRoom
	for i := range seats {
		s := queue.Sitting{Agent: fmt.Sprintf("agent%d", i), Node: "bench", Status: queue.Available, Capacity: deskRoom}
		if _, err := desk.Sit(ctx, site, s); err != nil {
			return DeskFigures{}, err
		}
	}
	worked, err := together(ctx, cfg, spawn, "--site", site, "--for", cfg.Duration.String())
	if err != nil {
		return DeskFigures{}, err
	}
	return deskFigures(cfg, bare, worked), nil
}

// together runs all processes at once and returns what each did.
func together(ctx context.Context, cfg DeskConfig, spawn Spawn, args ...string) ([]DeskWork, error) {
	begin := time.Now().Add(startIn).UnixMilli()
	out := make([]DeskWork, cfg.Processes)
	g, ctx := errgroup.WithContext(ctx)
	for i := range cfg.Processes {
		share := (cfg.InFlight + i) / cfg.Processes
		all := append([]string{
			"bench", "desk-worker", "--redis", cfg.Redis, "--worker", strconv.Itoa(i),
			"--in-flight", strconv.Itoa(share), "--begin", strconv.FormatInt(begin, 10),
		}, args...)
		g.Go(func() error {
			text, err := spawn(ctx, all...)
			if err != nil {
				return fmt.Errorf("process %d of %d: %w", i+1, cfg.Processes, err)
			}
			return json.Unmarshal(text, &out[i])
		})
	}
	return out, g.Wait()
}
