package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"yijian/router"
	"yijian/router/bot"
	"yijian/router/bot/kb"
	"yijian/router/escalate"
	"yijian/router/policy"
	"yijian/router/queue"
	"yijian/session"
	"yijian/session/rdb"
	"yijian/session/record"
)

// Site is the one whose day it is.
const Site = "demo"

// Options are what a day is made of.
type Options struct {
	Record *record.DB
	// Knowledge is what visitors ask about, and Bot answers from it.
	Knowledge *kb.KB
	Bot       bot.Bot
	Rarity    *escalate.Rarity
	// First is the policy that the day begins with.
	First escalate.Policy
	// Staff are the agents on duty, Author publishes the second policy half way.
	Staff  []router.Agent
	Author policy.Author
	Queues queue.Rules
	// End is the end of the day, which lasts 24 h.
	End time.Time
	// Visitors is how many come; the last few are left waiting.
	Visitors int
	Seed     uint64
}

// Summary is what became of the day.
type Summary struct {
	Visitors, HandedOver, Answered, Waiting, Calls, Rated int
}

// day is one that is being played.
type day struct {
	Options
	ctx      context.Context //nolint:containedctx // the steps of one call of Play, and gone with it
	ms       atomic.Int64
	rng      *rand.Rand
	agenda   agenda
	node     *session.Node
	desk     *queue.Desk
	router   *router.Router
	policies *policy.Store
	queued   map[session.ID]*visitor
	summary  Summary
}

func (d *day) now() time.Time { return time.UnixMilli(d.ms.Load()).UTC() }

// Play plays a day and leaves it in the record. What did not end in it is open there: a server that
// starts on the record goes on with it.
func Play(ctx context.Context, o Options) (Summary, error) {
	redis, err := rdb.Open(ctx, rdb.Memory)
	if err != nil {
		return Summary{}, err
	}
	defer redis.Close() //nolint:errcheck // a Redis of this process alone
	d := &day{Options: o, ctx: ctx, rng: rand.New(rand.NewPCG(o.Seed, 1)), queued: map[session.ID]*visitor{}}
	d.ms.Store(o.End.Add(-24 * time.Hour).UnixMilli())
	log := session.NewLog(redis, d.ms.Load)
	archiver := record.NewArchiver(o.Record, log, escalate.Measure, zerolog.Nop())
	if d.policies, err = policy.Open(ctx, o.Record, o.First, policy.Options{Log: zerolog.Nop(), Now: d.now}); err != nil {
		return Summary{}, err
	}
	d.wire(redis, log)
	err = d.running(func() error { return d.play() })
	if err != nil {
		return d.summary, err
	}
	d.ms.Add((10 * time.Second).Milliseconds()) // what was said last is due to be archived
	if err := archiver.RunOnce(ctx); err != nil {
		return d.summary, err
	}
	return d.summary, nil
}

// wire makes the house. Nothing in it ends for silence of minutes that take no time, and no site has a
// desk of its own that looks at the real clock: the day moves it.
func (d *day) wire(redis *rdb.DB, log *session.Log) {
	d.node = session.NewNode(log, zerolog.Nop())
	d.desk = queue.New(redis, queue.Options{
		Queues: d.Queues, NowMS: d.ms.Load, Lease: 48 * time.Hour, Grace: 48 * time.Hour, AwayAfter: 48 * time.Hour,
	})
	d.router = router.New(router.Options{
		Node: d.node, Desk: d.desk, Bot: thinks{d.Bot, &d.ms}, Rarity: d.Rarity, Policies: d.policies, Judged: d.policies.Judged,
		Log: zerolog.Nop(), Metrics: router.NewMetrics(prometheus.NewRegistry()), Now: d.now,
	})
}

// running does something while bots take turns and judgements are written down.
func (d *day) running(do func() error) error {
	ctx, stop := context.WithCancel(d.ctx)
	ended := make(chan error, 2)
	go func() { ended <- d.router.Run(ctx) }()
	go func() { ended <- d.policies.Run(ctx) }()
	err := do()
	stop()
	for range 2 {
		if end := <-ended; err == nil && end != nil {
			err = end
		}
	}
	return err
}

func (d *day) play() error {
	if err := d.open(); err != nil {
		return err
	}
	for d.agenda.Len() > 0 {
		next := d.agenda.next()
		if ms := next.at.UnixMilli(); ms > d.ms.Load() {
			d.ms.Store(ms)
		}
		if err := next.do(); err != nil {
			return fmt.Errorf("at %s of the day: %w", d.now().Format(time.TimeOnly), err)
		}
		if err := d.ctx.Err(); err != nil {
			return err
		}
	}
	d.ms.Store(max(d.ms.Load(), d.End.UnixMilli()))
	for _, v := range d.queued {
		if v.wants == call {
			d.summary.Calls++
		} else {
			d.summary.Waiting++
		}
	}
	return nil
}

// thinks is a bot that takes a moment of the day for an answer, more for a longer one.
type thinks struct {
	bot.Bot
	ms *atomic.Int64
}

// Reply answers a second later or so.
func (t thinks) Reply(ctx context.Context, turn bot.Turn) (bot.Reply, error) {
	reply, err := t.Bot.Reply(ctx, turn)
	t.ms.Add(700 + 10*int64(len(reply.Text)))
	return reply, err
}
