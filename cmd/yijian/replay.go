package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"

	"yijian/agents"
	"yijian/cmd/yijian/replay"
)

type replayCmd struct {
	CSV      string        `name:"csv" required:"" placeholder:"FILE" help:"The questions: a header with text and perhaps category, then one a line."`
	Sessions int           `name:"sessions" default:"100" help:"How many visitors altogether (${default})."`
	Parallel int           `name:"parallel" default:"10" help:"How many at once (${default})."`
	Press    float64       `name:"press" default:"0.2" help:"The share that presses the button (${default})."`
	Ask      float64       `name:"ask" default:"0.1" help:"The share that asks for a person in words (${default})."`
	Agents   int           `name:"agents" default:"5" help:"How many agents answer (${default})."`
	Think    time.Duration `name:"think" default:"200ms" help:"How long an agent takes for an answer (${default})."`
	Capacity int           `name:"capacity" default:"5" help:"How many chats an agent takes at once (${default})."`
	Seed     uint64        `name:"seed" default:"1" help:"Makes the visitors' plans repeatable (${default})."`
	Shuffle  bool          `name:"shuffle" help:"Ask the questions in random order; files sorted by topic make visitors repeat themselves."`
	JSON     bool          `name:"json" help:"Print one JSON object instead of a text."`

	Server string `name:"server" placeholder:"URL" help:"Play against this server; without it, one is started."`
	Key    string `name:"key" env:"YJ_REPLAY_KEY" placeholder:"KEY" help:"An API key of an admin of that server; see yijian user key."`
	Site   string `name:"site" default:"demo" help:"The site to visit (${default})."`
	Origin string `name:"origin" placeholder:"ORIGIN" help:"The page that the visitors come from; the server's own if none."`

	KB    string `name:"kb" placeholder:"FILE" help:"The knowledge of the server that is started."`
	Redis string `name:"redis" placeholder:"URL" help:"The Redis of the server that is started."`
}

// Run plays the visitors and fails if anything was lost, doubled, answered by the bot after a
// handoff, or dropped.
func (c *replayCmd) Run(e *env) error {
	cfg := replay.Config{
		CSV: c.CSV, Sessions: c.Sessions, Parallel: c.Parallel, Press: c.Press, Ask: c.Ask,
		Agents: c.Agents, Think: c.Think, Server: c.Server, Key: c.Key, Site: c.Site, Origin: c.Origin,
		Capacity: c.Capacity, Seed: c.Seed, Shuffle: c.Shuffle,
	}
	if c.Server != "" {
		return c.play(e.ctx, e, cfg)
	}
	return c.withServer(e, func(ctx context.Context, url, key string) error {
		cfg.Server, cfg.Key = url, key
		return c.play(ctx, e, cfg)
	})
}

func (c *replayCmd) play(ctx context.Context, e *env, cfg replay.Config) error {
	report, err := replay.Run(ctx, cfg, e.stderr)
	if err != nil {
		return err
	}
	return errors.Join(e.tell(report, c.JSON), unless(!report.Failed()))
}

// withServer starts a server of its own, on a free port and an empty record, and stops it afterwards.
func (c *replayCmd) withServer(e *env, do func(ctx context.Context, url, key string) error) error {
	folder, err := os.MkdirTemp("", "yijian-replay-")
	if err != nil {
		return fmt.Errorf("making a folder for the record: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	cfg, err := Load(Flags{
		Listen: "127.0.0.1:0", Redis: c.Redis, KB: c.KB, DB: filepath.Join(folder, "replay.db"), LogLevel: "warn",
	}, nil, os.ReadFile)
	if err != nil {
		return err
	}
	a, err := newApp(e.ctx, cfg, newLogger(cfg, e.stderr).Level(zerolog.WarnLevel))
	if err != nil {
		return err
	}
	key, err := adminKey(e.ctx, a.accounts)
	if err != nil {
		return errors.Join(err, a.close())
	}
	// The server outlives a Ctrl-C until the replay has put its accounts away.
	ctx, stop := context.WithCancel(context.WithoutCancel(e.ctx))
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- a.run(ctx) }()
	played := do(e.ctx, baseURL(a.listener), key)
	stop()
	return errors.Join(played, <-ended)
}

// adminKey makes a key for the first account of a new record.
func adminKey(ctx context.Context, s *agents.Store) (string, error) {
	if _, _, err := s.EnsureFirst(ctx); err != nil {
		return "", err
	}
	all, err := s.Accounts(ctx)
	if err != nil {
		return "", err
	}
	_, key, err := s.CreateKey(ctx, all[0].ID, "replay")
	return key, err
}
