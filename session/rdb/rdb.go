package rdb

import (
	"context"
	"errors"
	"fmt"
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

// Open connects to the Redis at rawURL and checks that it answers. It accepts
//
//	mem://
//	redis://user:password@host:6379/0 and rediss://, the same over TLS
//	redis-cluster://user:password@host:6379,host:6379
//	redis-sentinel://user:password@host:26379,host:26379/0?master=NAME
//	redis-sentinel://NAME:password@host:26379,host:26379/0
//
// With ?tls=1 any of them is TLS, to the sentinels as well; ?ca=/path/ca.pem trusts that authority
// alone, ?server_name= is the name to expect in the certificate, and ?sentinel_auth=1 shows user and
// password to the sentinels too. Errors never hold the password.
func Open(ctx context.Context, rawURL string) (*DB, error) {
	if rawURL == "" || rawURL == Memory {
		return openMemory(ctx)
	}
	opts, err := parse(rawURL)
	if err != nil {
		return nil, err
	}
	db := &DB{Client: newClient(opts), Blocking: newBlocking(opts)}
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
