package main

import (
	"context"
	"io"
	"net"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/rs/zerolog"

	"yijian/router"
	"yijian/router/bot"
	"yijian/router/bot/kb"
	"yijian/router/bot/openai"
	"yijian/router/escalate"
	"yijian/router/hours"
	"yijian/session/record"
)

// newLogger writes for people on a terminal and JSON elsewhere.
func newLogger(cfg Config, w io.Writer) zerolog.Logger {
	console := cfg.LogFormat == "console"
	if f, ok := w.(*os.File); ok && cfg.LogFormat == "auto" {
		console = isatty.IsTerminal(f.Fd())
	}
	if console {
		w = zerolog.ConsoleWriter{Out: w, TimeFormat: time.TimeOnly}
	}
	return zerolog.New(w).Level(cfg.LogLevel).With().Timestamp().Logger()
}

// loadBot makes the bot that answers from a knowledge file, or from the demo shop's, in its own words or
// in those of a model, and says how rare what visitors write is in it.
func loadBot(cfg Config) (bot.Bot, *escalate.Rarity, error) {
	knowledge, err := loadKB(cfg.KB)
	if err != nil {
		return nil, nil, err
	}
	faq, err := bot.NewFAQ(knowledge, bot.Options{})
	rarity := escalate.NewRarity(knowledge.Questions())
	if err != nil || cfg.Model.URL == "" {
		return faq, rarity, err
	}
	return openai.New(modelOptions(cfg.Model, faq)), rarity, nil
}

func modelOptions(m Model, known *bot.FAQ) openai.Options {
	return openai.Options{URL: strings.TrimSuffix(m.URL, "/"), Model: m.Name, Key: m.Key, Knowledge: known}
}

func loadKB(path string) (*kb.KB, error) {
	if path == "" {
		return kb.Demo()
	}
	return kb.Load(path)
}

// policyOf is the built-in policy with what the settings say.
func policyOf(cfg Config) escalate.Policy {
	p := escalate.Default()
	p.FailedTurns = cfg.Policy.FailedTurns
	p.BotSilentOffer, p.BotSilentTransfer = cfg.Policy.BotSilentOffer, cfg.Policy.BotSilentTransfer
	return p
}

// sites are the configured ones as the record keeps them. A listener on a port that was chosen for
// us learns it only now, so the demo's own origins are added here.
func (a *app) sites() []record.Site {
	out := make([]record.Site, len(a.cfg.Sites))
	for i, s := range a.cfg.Sites {
		out[i] = siteOf(s)
		if s.ID == "demo" && a.cfg.From["sites"] == "default" {
			out[i].Origins = append(ownOrigins(a.listener), s.Origins...)
		}
	}
	return out
}

func siteOf(s Site) record.Site {
	return record.Site{
		ID: s.ID, NameZH: s.Name.ZH, NameEN: s.Name.EN, Phone: s.Phone, Hours: s.Hours,
		Origins: s.Origins, Langs: []string{"zh-CN", "en"},
	}
}

// idle are the sites that end quiet conversations, and when. The settings were checked when they were
// loaded; what does not hold ends nothing.
func (a *app) idle() map[string]router.Idle {
	rules := map[string]router.Idle{}
	for _, s := range a.cfg.Sites {
		if rule, err := a.cfg.Idle(s); err == nil && rule.On() {
			rules[s.ID] = rule
		}
	}
	return rules
}

// opening is when people answer. Like idle it was checked when it was loaded.
func (a *app) opening() router.Opening {
	all := router.Opening{Sites: map[string]hours.Hours{}, Queues: map[string]hours.Hours{}}
	for _, s := range a.cfg.Sites {
		if h, err := s.Opening(); err == nil && !h.Always() {
			all.Sites[s.ID] = h
		}
	}
	for _, q := range a.cfg.Queues {
		if h, err := q.Opening(); err == nil && !h.Always() {
			all.Queues[q.Name] = h
		}
	}
	return all
}

// firstHuman has the sites at which a person comes first.
func (a *app) firstHuman() map[string]bool {
	all := map[string]bool{}
	for _, s := range a.cfg.Sites {
		all[s.ID] = s.First == "human"
	}
	return all
}

func (a *app) regions() map[string]string {
	all := map[string]string{}
	for _, s := range a.cfg.Sites {
		all[s.ID] = s.Region
	}
	return all
}

func ownOrigins(l net.Listener) []string {
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return nil
	}
	return []string{"http://localhost:" + port, "http://127.0.0.1:" + port}
}

func ids(sites []record.Site) []string {
	out := make([]string, len(sites))
	for i, s := range sites {
		out[i] = s.ID
	}
	return out
}

// firstLink is a one-time sign-in token as long as nobody has signed in yet, else empty.
func (a *app) firstLink(ctx context.Context) (string, error) {
	token, _, err := a.accounts.EnsureFirst(ctx)
	return token, err
}
