package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rs/zerolog"

	"yijian/agents"
	"yijian/cmd/yijian/demo"
	"yijian/router"
	"yijian/router/bot"
	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/session/record"
	"yijian/session/record/keep"
	"yijian/session/record/search"
)

type demoCmd struct {
	Flags
	Visitors int    `name:"visitors" default:"240" help:"How many come in the day (${default})."`
	Seed     uint64 `name:"seed" default:"1" help:"The dice: the same seed is the same day (${default})."`
	Serve    bool   `name:"serve" help:"Serve it afterwards."`
}

// Run fills a new record with a day of the demo shop.
func (c *demoCmd) Run(e *env) error {
	if c.Visitors < 1 || c.Visitors > 10_000 {
		return fmt.Errorf("--visitors is %d; write 1 to 10000", c.Visitors)
	}
	err := withRecord(e, c.Flags, func(ctx context.Context, cfg Config, db *record.DB) error {
		empty, err := db.Empty(ctx)
		if err == nil && !empty {
			err = fmt.Errorf("the record %s is not empty; the demo fills a new one: remove it, or name another with --db", record.Redact(cfg.DB))
		}
		if err != nil {
			return err
		}
		return c.fill(ctx, e, cfg, db)
	})
	if err != nil || !c.Serve {
		return err
	}
	return (&serveCmd{Flags: c.Flags}).Run(e)
}

func (c *demoCmd) fill(ctx context.Context, e *env, cfg Config, db *record.DB) error {
	began := time.Now()
	db.Redact(keep.Redact(cfg.rules()))
	if err := putSites(ctx, db, cfg); err != nil {
		return err
	}
	o := demo.Options{
		Record: db, First: policyOf(cfg), Queues: cfg.Rules(), End: time.Now().Truncate(time.Second), Visitors: c.Visitors, Seed: c.Seed,
	}
	link, err := c.staff(ctx, db, cfg, &o)
	if err != nil {
		return err
	}
	if o.Knowledge, err = loadKB(cfg.KB); err != nil {
		return err
	}
	if o.Bot, err = bot.NewFAQ(o.Knowledge, bot.Options{}); err != nil {
		return err
	}
	o.Rarity = escalate.NewRarity(o.Knowledge.Questions())
	s, err := demo.Play(ctx, o)
	if err != nil {
		return fmt.Errorf("playing the day: %w", err)
	}
	if err := search.New(db, zerolog.Nop()).CatchUp(ctx); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "A day of the demo shop is in %s, played in %s: %d visitors, %d handed to a person, %d answered by one,\n"+
		"%d ratings, %d waiting and %d to call back when it ends.\n",
		record.Redact(cfg.DB), time.Since(began).Round(100*time.Millisecond), s.Visitors, s.HandedOver, s.Answered, s.Rated, s.Waiting, s.Calls)
	c.open(e, cfg, link)
	return nil
}

// staff makes the accounts of the demo, and the link that signs in its admin.
func (c *demoCmd) staff(ctx context.Context, db *record.DB, cfg Config, o *demo.Options) (link string, err error) {
	accounts := agents.New(db, agents.Options{Queues: cfg.Rules().Names()})
	if link, _, err = accounts.EnsureFirst(ctx); err != nil {
		return "", err
	}
	for _, a := range []agents.Draft{
		{Name: "小林", Login: "lin", Role: agents.RoleAgent},
		{Name: "Mei", Login: "mei", Role: agents.RoleAgent},
		{Name: "小陈", Login: "chen", Role: agents.RoleLead},
		{Name: "老周", Login: "zhou", Role: agents.RoleOps},
	} {
		a.Sites, a.Langs = []string{demo.Site}, []string{"zh-CN", "en"}
		made, err := accounts.Create(ctx, a)
		if err != nil {
			return "", err
		}
		if a.Role == agents.RoleOps {
			o.Author = policy.Author{ID: made.ID, Name: made.Name}
			continue
		}
		o.Staff = append(o.Staff, router.Agent{ID: made.ID, Name: made.Name, Site: demo.Site})
	}
	if link == "" {
		err = errors.New("somebody else makes accounts in this record; the demo fills a new one")
	}
	return link, err
}

// open says what to look at.
func (c *demoCmd) open(e *env, cfg Config, link string) {
	base := "http://" + signInHost(cfg.Listen)
	if !c.Serve {
		fmt.Fprintf(e.stdout, "\n  Start it:                 yijian serve --db %s\n", cmp.Or(record.Redact(cfg.DB), "FILE"))
	}
	fmt.Fprintf(e.stdout, `
  Sign in first, once:      %[1]s/console#sign-in=%[2]s
  Agent console             %[1]s/console            calls to make, and who waits
  Past chats                %[1]s/console/records    search for 退款 or refund, filter, export
  Hand-over rules           %[1]s/ops                decisions with their reasons, what a change would do, the history
  The same on the command line:
    yijian export --db %[3]s --text 退款 --format csv
    yijian backtest --db %[3]s
    yijian user link lin --db %[3]s      to sign in as an agent of the day: lin, mei, chen (lead), zhou (ops)

`, base, link, record.Redact(cfg.DB))
}
