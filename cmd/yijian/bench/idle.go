package bench

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"yijian/cmd/yijian/progress"
	"yijian/web/wire"
)

// connecting is how many connections are being opened at a time.
const connecting = 64

// Idle opens idle sockets on one server after the other and measures what each costs.
func Idle(ctx context.Context, cfg IdleConfig, pair Pair, out io.Writer) (IdleRun, error) {
	if err := cfg.Validate(); err != nil {
		return IdleRun{}, err
	}
	r := IdleRun{Machine: machine()}
	var err error
	if r.Reference, err = idle(ctx, pair.Reference, cfg, out, bareSocket); err != nil {
		return r, fmt.Errorf("measuring the reference: %w", err)
	}
	r.Yijian, err = idle(ctx, pair.Yijian, cfg, out, func(ctx context.Context, d *dialer, s Server, i int) error {
		ws, err := d.hello(ctx, s, "/v1/visitor", i, wire.In{T: "hello", Site: cfg.Site, Lang: "zh-CN"})
		if err == nil {
			d.drain(ws, ignore)
		}
		return err
	})
	if err != nil {
		return r, fmt.Errorf("measuring Yijian: %w", err)
	}
	return r, nil
}

func ignore([]byte) {}

func bareSocket(ctx context.Context, d *dialer, s Server, i int) error {
	ws, err := d.dial(ctx, s, "/", i)
	if err == nil {
		d.drain(ws, ignore)
	}
	return err
}

// idle measures one server before and after its sockets were opened.
func idle(ctx context.Context, s Server, cfg IdleConfig, out io.Writer,
	open func(context.Context, *dialer, Server, int) error,
) (IdleFigures, error) {
	n := cfg.Conns
	before, err := settled(ctx, s.PID)
	if err != nil {
		return IdleFigures{}, err
	}
	worked, err := cpu(s.PID)
	if err != nil {
		return IdleFigures{}, err
	}
	d := &dialer{}
	defer d.close()
	begun := time.Now()
	if err := each(ctx, n, progress.On(out, "connections", n), func(ctx context.Context, i int) error {
		return open(ctx, d, s, i)
	}); err != nil {
		return IdleFigures{}, err
	}
	took := time.Since(begun)
	now, err := cpu(s.PID)
	if err != nil {
		return IdleFigures{}, err
	}
	if err := d.ping(ctx, cfg.Hold); err != nil {
		return IdleFigures{}, err
	}
	fmt.Fprintln(out, "waiting for the memory to settle")
	after, err := settled(ctx, s.PID)
	if err != nil {
		return IdleFigures{}, err
	}
	if err := s.save(ctx, "heap", ""); err != nil {
		return IdleFigures{}, err
	}
	return IdleFigures{
		BytesPerConn: (after - before) / int64(n), PerSecond: float64(n) / took.Seconds(),
		CPUMS: (now - worked).Seconds() * 1000 / float64(n), RSS: after,
	}, nil
}

// each does one thing for all numbers below n, several at a time, and tells how many are done.
func each(ctx context.Context, n int, done func(int), one func(context.Context, int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	finished := make(chan struct{}, connecting)
	told := make(chan struct{})
	go func() {
		defer close(told)
		count := 0
		for range finished {
			count++
			done(count)
		}
	}()
	var next atomic.Int64
	for range min(connecting, n) {
		g.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return ctx.Err()
				}
				if err := one(ctx, i); err != nil {
					return err
				}
				finished <- struct{}{}
			}
		})
	}
	err := g.Wait()
	close(finished)
	<-told
	return err
}

func machine() Machine { return Machine{Cores: runtime.NumCPU(), Load: load()} }
