package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/gorilla/websocket"

	"yijian/cmd/yijian/progress"
)

const (
	// warmUp is talked before it counts.
	warmUp = time.Second
	// flood is how long the reference is driven as hard as it goes, and window how many messages of
	// each of the flooders are under way.
	flood    = 3 * time.Second
	flooders = 100
	window   = 4
)

// Talk lets the visitors of both servers send messages to their agents, in turns, so that a busy
// minute of the machine meets both.
func Talk(ctx context.Context, cfg TalkConfig, pair Pair, out io.Writer) (TalkReport, error) {
	if err := cfg.Validate(); err != nil {
		return TalkReport{}, err
	}
	r := TalkReport{
		Bench: "talk", Machine: machine(), Rate: cfg.Rate, Pairs: cfg.Pairs, Runs: cfg.Runs,
		Seconds: cfg.Duration.Seconds(), Goal: goalRatio,
	}
	bare, err := bareParty(ctx, cfg, pair.Reference, out)
	defer bare.dialer.close()
	if err != nil {
		return r, fmt.Errorf("preparing the reference: %w", err)
	}
	if r.ReferenceMax, err = bare.most(ctx); err != nil {
		return r, fmt.Errorf("flooding the reference: %w", err)
	}
	ours, err := ourParty(ctx, cfg, pair.Yijian, out)
	defer ours.dialer.close()
	if err != nil {
		return r, fmt.Errorf("preparing Yijian: %w", err)
	}
	done := progress.On(out, "runs", 2*cfg.Runs)
	var bareRuns, ourRuns []TalkFigures
	for i := range cfg.Runs {
		for j, p := range []*party{bare, ours} {
			f, err := p.run(ctx, cfg, i == 0)
			if err != nil {
				return r, fmt.Errorf("run %d at %s: %w", i+1, p.server.URL, err)
			}
			if j == 0 {
				bareRuns = append(bareRuns, f)
			} else {
				ourRuns = append(ourRuns, f)
			}
			done(2*i + j + 1)
		}
	}
	r.Reference, r.Yijian = medians(bareRuns), medians(ourRuns)
	return r.judged(), nil
}

// run is one measurement: a second to warm up, then the time that counts.
func (p *party) run(ctx context.Context, cfg TalkConfig, profiled bool) (TalkFigures, error) {
	p.meter.reset()
	sent, _, err := p.talk(ctx, cfg.Rate, warmUp)
	if err != nil {
		return TalkFigures{}, err
	}
	if err := p.meter.wait(ctx, sent); err != nil {
		return TalkFigures{}, err
	}
	p.meter.reset()
	saved := make(chan error, 1)
	go func() {
		var err error
		if profiled {
			err = p.server.save(ctx, "profile", fmt.Sprintf("?seconds=%d", int(cfg.Duration.Seconds())))
		}
		saved <- err
	}()
	before, err := cpu(p.server.PID)
	if err != nil {
		return TalkFigures{}, err
	}
	sent, late, err := p.talk(ctx, cfg.Rate, cfg.Duration)
	if err != nil {
		return TalkFigures{}, err
	}
	if err := p.meter.wait(ctx, sent); err != nil {
		return TalkFigures{}, err
	}
	after, err := cpu(p.server.PID)
	if err != nil {
		return TalkFigures{}, err
	}
	f := p.meter.figures(sent)
	f.Late, f.CPU = late, (after-before).Seconds()*1000/float64(sent)
	return f, <-saved
}

// talk sends at a fixed rate whatever the server does, the visitors taking turns. It returns how many
// messages it sent and by how much it was late itself, the 99th percentile in milliseconds: a timer
// is only as exact as the machine is idle, so a message's time begins when it is written.
func (p *party) talk(ctx context.Context, rate int, d time.Duration) (int, float64, error) {
	all := int(float64(rate) * d.Seconds())
	late := make([]time.Duration, 0, all)
	timer := time.NewTimer(0)
	defer timer.Stop()
	begun := time.Now()
	for i := range all {
		due := begun.Add(time.Duration(float64(i) / float64(rate) * float64(time.Second)))
		timer.Reset(time.Until(due))
		select {
		case <-ctx.Done():
			return i, 0, ctx.Err()
		case <-timer.C:
		}
		late = append(late, time.Since(due))
		if err := p.say(i % len(p.visitors)); err != nil {
			return i, 0, err
		}
	}
	slices.Sort(late)
	return all, quantile(late, .99), nil
}

func (p *party) say(visitor int) error {
	frame, err := p.frame(p.meter.text(visitor))
	if err != nil {
		return err
	}
	if err := p.visitors[visitor].WriteMessage(websocket.TextMessage, frame); err != nil {
		return fmt.Errorf("visitor %d cannot send: %w", visitor+1, err)
	}
	return nil
}

// most drives a server as hard as it goes and returns the messages a second: each arrival lets its
// visitor send the next.
func (p *party) most(ctx context.Context) (float64, error) {
	n := min(flooders, len(p.visitors))
	turns := make([]chan struct{}, n)
	for i := range turns {
		turns[i] = make(chan struct{}, window)
		for range window {
			turns[i] <- struct{}{}
		}
	}
	p.meter.listen(func(visitor int) { turns[visitor] <- struct{}{} })
	defer p.meter.listen(nil)
	begun := time.Now()
	ctx, stop := context.WithTimeout(ctx, flood)
	defer stop()
	sent := make(chan int, n)
	for i := range n {
		go func() { sent <- p.flood(ctx, i, turns[i]) }()
	}
	all := 0
	for range n {
		all += <-sent
	}
	rate := float64(p.meter.arrived()) / time.Since(begun).Seconds()
	return rate, p.meter.wait(context.WithoutCancel(ctx), all)
}

func (p *party) flood(ctx context.Context, visitor int, turns <-chan struct{}) (sent int) {
	for {
		select {
		case <-ctx.Done():
			return sent
		case <-turns:
		}
		if p.say(visitor) != nil {
			return sent
		}
		sent++
	}
}
