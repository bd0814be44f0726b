package rdb

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// memory is the Redis inside the process. Its clock for expiry stands still by itself, so a ticker
// moves it; its port is on loopback and wants a random password, so that other users of the machine
// cannot read visitors' words.
type memory struct {
	srv  *miniredis.Miniredis
	stop chan struct{}
	done sync.WaitGroup
}

const expireEvery = 5 * time.Second

func openMemory(ctx context.Context) (*DB, error) {
	m := &memory{srv: miniredis.NewMiniRedis(), stop: make(chan struct{})}
	password := rand.Text()
	m.srv.RequireAuth(password)
	if err := m.srv.StartAddr("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("starting the in-process redis: %w", err)
	}
	m.done.Go(m.expire)
	opts := &redis.UniversalOptions{
		Addrs:    []string{m.srv.Addr()},
		Password: password,
		Dialer: func(ctx context.Context, network, addr string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, addr)
		},
	}
	db := &DB{Client: newClient(opts), Blocking: newBlocking(opts), mem: m}
	return db, db.Ping(ctx)
}

func (m *memory) expire() {
	tick := time.NewTicker(expireEvery)
	defer tick.Stop()
	for {
		select {
		case <-m.stop:
			return
		case <-tick.C:
			m.srv.FastForward(expireEvery)
		}
	}
}

func (m *memory) close() {
	close(m.stop)
	m.done.Wait()
	m.srv.Close()
}
