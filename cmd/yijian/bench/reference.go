package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/redis/go-redis/v9"
)

// logged is all that the reference does with a message besides passing it on: number it and keep it.
const logged = `local seq = redis.call('INCR', KEYS[1])
redis.call('XADD', KEYS[2], seq .. '-0', 'm', ARGV[1])
return seq`

// reference is the least that a chat server can do and still keep what was said: no hello, no
// sessions, no owner, no acknowledgement, one node. What it costs is the price of Go, gorilla and
// Redis on this machine.
type reference struct {
	redis    *redis.Client
	script   *redis.Script
	upgrader websocket.Upgrader
	// prefix begins the keys of this process and of no other.
	prefix string

	mu    sync.Mutex
	seats map[string]*seat
	logs  []string
	wg    sync.WaitGroup
}

// seat is an agent's socket; visitors write to it from their own goroutines. Who is upgraded is told
// so before its goroutine runs, so a visitor may be here before the agent: it waits for taken.
type seat struct {
	taken chan struct{}
	mu    sync.Mutex
	ws    *websocket.Conn
}

// Reference serves the bare reference until ctx ends: sockets at /?as=N are agents, those at /?to=N
// visitors whose messages go to agent N, and all others are idle.
func Reference(ctx context.Context, l net.Listener, redisURL string) error {
	opts, err := redis.ParseURL(redisURL)
	if err != nil {
		return fmt.Errorf("the reference takes only redis:// and rediss:// URLs: %w", err)
	}
	r := &reference{
		redis: redis.NewClient(opts), script: redis.NewScript(logged), seats: map[string]*seat{},
		prefix: "bench:" + strconv.FormatInt(time.Now().UnixNano(), 36),
		upgrader: websocket.Upgrader{
			ReadBufferSize: 512, WriteBufferSize: 512, WriteBufferPool: &sync.Pool{},
			CheckOrigin: func(*http.Request) bool { return true },
		},
	}
	if err := r.script.Load(ctx, r.redis).Err(); err != nil {
		return errors.Join(fmt.Errorf("loading the script of the reference: %w", err), r.redis.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/readyz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/", func(w http.ResponseWriter, q *http.Request) { r.accept(ctx, w, q) })
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	err = server.Serve(l)
	r.wg.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, r.tidy(context.WithoutCancel(ctx)), r.redis.Close())
}

// accept upgrades and returns, so that the handler's goroutine and its buffers are free.
func (r *reference) accept(ctx context.Context, w http.ResponseWriter, q *http.Request) {
	ws, err := r.upgrader.Upgrade(w, q, nil)
	if err != nil {
		return // the upgrader has answered
	}
	as, to := q.FormValue("as"), q.FormValue("to")
	r.wg.Go(func() {
		defer func() { _ = ws.Close() }()
		stop := context.AfterFunc(ctx, func() { _ = ws.Close() })
		defer stop()
		r.serve(ctx, ws, as, to)
	})
}

func (r *reference) serve(ctx context.Context, ws *websocket.Conn, as, to string) {
	if as != "" {
		own := r.seat(as)
		own.ws = ws
		close(own.taken)
	}
	var agent *seat
	var key string
	if to != "" {
		agent, key = r.seat(to), r.log()
	}
	for {
		_, text, err := ws.ReadMessage()
		if err != nil {
			return
		}
		if agent == nil {
			continue
		}
		if err := r.script.EvalSha(ctx, r.redis, []string{key + ":n", key + ":l"}, text).Err(); err != nil {
			return
		}
		if err := agent.write(ctx, text); err != nil {
			return
		}
	}
}

// seat is that of an agent, who may be still to come.
func (r *reference) seat(agent string) *seat {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seats[agent] == nil {
		r.seats[agent] = &seat{taken: make(chan struct{})}
	}
	return r.seats[agent]
}

// log begins the log of another visitor and returns its key.
func (r *reference) log() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := fmt.Sprintf("{%s:%d}", r.prefix, len(r.logs))
	r.logs = append(r.logs, key)
	return key
}

func (s *seat) write(ctx context.Context, text []byte) error {
	select {
	case <-s.taken:
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ws.WriteMessage(websocket.TextMessage, text)
}

// tidy leaves a Redis that was lent as it was found.
func (r *reference) tidy(ctx context.Context) error {
	pipe := r.redis.Pipeline()
	for _, key := range r.logs {
		pipe.Unlink(ctx, key+":n", key+":l")
	}
	_, err := pipe.Exec(ctx)
	return err
}
