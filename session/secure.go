package session

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// secureFor is how long an event that no replica has confirmed is written again.
	secureFor   = 30 * time.Second
	secureEvery = time.Second
	// securingMost bounds how many are at a time. Beyond it the sender's own retries and the lease
	// renewal have to do.
	securingMost = 256
)

// secureSoon brings an append to a replica that the master may have alone: an urgent one, which was
// acknowledged before, and one whose outcome is not known. Nobody waits for it.
func (n *Node) secureSoon(id ID, a Append) {
	select {
	case n.securing <- struct{}{}:
	default:
		return
	}
	time.AfterFunc(0, func() {
		defer func() { <-n.securing }()
		n.secure(id, a)
	})
}

// secure makes the same append again until it is safe: a duplicate as a rule, and stored anew if a
// failover took the first one back.
func (n *Node) secure(id ID, a Append) {
	ctx, cancel := context.WithTimeout(n.ctx(), secureFor)
	defer cancel()
	a.Urgent = false
	for {
		out, err := n.Log.Append(ctx, id, a)
		var refused *RefusedError
		switch {
		case err == nil:
			n.spread(id, out)
			return
		case errors.As(err, &refused), errors.Is(err, redis.ErrClosed):
			return // the conversation went on without it, or this process does not
		case ctx.Err() != nil:
			n.log.Warn().Err(err).Str("session", string(id)).Msg("event without a replica")
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(secureEvery):
		}
	}
}
