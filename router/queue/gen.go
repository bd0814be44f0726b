package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// Memory says whether a desk knows the sessions that it is about.
type Memory int

const (
	// Whole says that it does, as far as moves have told it.
	Whole Memory = iota
	// Mine says that Redis has lost it, or never had it, and the caller is to tell it of all its sessions and then
	// call Remember. Nobody else is asked to for a while.
	Mine
	// Others says that another node is at that.
	Others
)

// rememberFor is how long one node has for telling a desk of its sessions.
const rememberFor = 30 * time.Second

// Recall says whether a desk knows its sessions. As long as it does not, nothing is to be offered: the
// front of a line that is half there is not the front.
func (d *Desk) Recall(ctx context.Context, site string) (Memory, error) {
	key := keysOf(site).gen()
	gen, err := d.db.Client.Get(ctx, key).Result()
	switch {
	case err == nil && gen == "whole":
		return Whole, nil
	case err == nil:
		return Others, nil
	case !errors.Is(err, redis.Nil):
		return Others, fmt.Errorf("asking what desk %s knows: %w", site, err)
	}
	mine, err := d.db.Client.SetNX(ctx, key, "asking", rememberFor).Result()
	if err != nil {
		return Others, fmt.Errorf("asking what desk %s knows: %w", site, err)
	}
	if mine {
		return Mine, nil
	}
	return Others, nil
}

// Remember notes that a desk knows its sessions, or with false that it was not told of all.
func (d *Desk) Remember(ctx context.Context, site string, whole bool) error {
	key := keysOf(site).gen()
	if !whole {
		return d.db.Client.Del(ctx, key).Err()
	}
	if err := d.db.Client.Set(ctx, key, "whole", 0).Err(); err != nil {
		return fmt.Errorf("noting that desk %s knows its sessions: %w", site, err)
	}
	return nil
}
