package rdb

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Memory is the URL of the Redis inside this process.
const Memory = "mem://"

// ErrUnreachable is returned by Open when nothing answers at the URL.
var ErrUnreachable = errors.New("redis did not answer")

// DB is an open Redis, in or outside this process.
type DB struct {
	// Client runs commands. Blocking reads use Blocking instead, so that they never take a
	// connection that a visitor's message waits for.
	Client redis.UniversalClient
	// Blocking is a client of its own for XREAD BLOCK: few connections, a read deadline just over
	// the longest block.
	Blocking redis.UniversalClient

	mem *memory
}

// BlockFor is how long one blocking read waits at the most.
const BlockFor = 2 * time.Second

// Open connects to the Redis at rawURL and checks that it answers. It accepts mem://, redis://,
// rediss://, redis-sentinel://master@host,host/db and redis-cluster://host,host. Errors never hold
// the password.
func Open(ctx context.Context, rawURL string) (*DB, error) {
	if rawURL == "" || rawURL == Memory {
		return openMemory(ctx)
	}
	opts, err := parse(rawURL)
	if err != nil {
		return nil, err
	}
	db := &DB{Client: redis.NewUniversalClient(opts)}
	blocking := *opts
	blocking.ReadTimeout = BlockFor + time.Second
	blocking.PoolSize = 4
	db.Blocking = redis.NewUniversalClient(&blocking)
	if err := db.Ping(ctx); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// Ping reports whether Redis answers within 2 s.
func (d *DB) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if err := d.Client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return nil
}

// InProcess reports whether this Redis is the one inside the process, which holds one node.
func (d *DB) InProcess() bool { return d.mem != nil }

// Close closes the connections and, if it is ours, the Redis itself.
func (d *DB) Close() error {
	err := d.Client.Close()
	if d.Blocking != nil {
		err = errors.Join(err, d.Blocking.Close())
	}
	if d.mem != nil {
		d.mem.close()
	}
	return err
}

func parse(rawURL string) (*redis.UniversalOptions, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errors.New("the Redis URL cannot be read; write redis://host:6379")
	}
	opts := &redis.UniversalOptions{
		Addrs:       strings.Split(u.Host, ","),
		DialTimeout: 2 * time.Second,
		MaxRetries:  2,
		// A command that waits longer than this for a connection is better told so than kept.
		PoolTimeout: 3 * time.Second,
		PoolSize:    64,
	}
	switch u.Scheme {
	case "redis", "rediss":
		return parseSingle(rawURL, opts)
	case "redis-cluster":
		opts.IsClusterMode = true
	case "redis-sentinel":
		opts.MasterName = u.Query().Get("master")
		if opts.MasterName == "" {
			return nil, errors.New("a redis-sentinel URL names its master: redis-sentinel://host:26379?master=NAME")
		}
	default:
		return nil, fmt.Errorf("%q is not a kind of Redis URL; use mem://, redis://, rediss://, redis-sentinel:// or redis-cluster://", u.Scheme)
	}
	if u.User != nil {
		opts.Username = u.User.Username()
		opts.Password, _ = u.User.Password()
	}
	return opts, nil
}

func parseSingle(rawURL string, opts *redis.UniversalOptions) (*redis.UniversalOptions, error) {
	one, err := redis.ParseURL(rawURL)
	if err != nil {
		return nil, errors.New("the Redis URL cannot be read; write redis://user:password@host:6379/0")
	}
	opts.Addrs = []string{one.Addr}
	opts.Username, opts.Password, opts.DB = one.Username, one.Password, one.DB
	opts.TLSConfig = one.TLSConfig
	return opts, nil
}
