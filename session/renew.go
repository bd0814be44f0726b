package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"yijian/session/rdb"
)

const (
	// leaseFor is how long other nodes keep telling a node about a session it opened.
	leaseFor = 60 * time.Second
	// leaseEvery is how old a lease may be when it is renewed. A renewal is a write, and comparing
	// is not, so it is done less often.
	leaseEvery = 20 * time.Second
	// compareEvery is how often a node looks whether it missed something. With what a look takes it
	// keeps the promise that a stored event is everywhere within 10 s.
	compareEvery = 7 * time.Second
	// renewChunk bounds how many sessions one script looks at, so that it never holds Redis long.
	renewChunk = 200
)

// Renew renews this node's lease on every open session and reads from the log what it missed. It is
// what makes lost hints harmless. A partition that cannot be reached does not keep others from it.
func (n *Node) Renew(ctx context.Context) error {
	var errs []error
	for _, ids := range n.byPartition() {
		errs = append(errs, n.renew(ctx, ids, true))
	}
	return errors.Join(errs...)
}

func (n *Node) byPartition() map[int][]ID {
	n.mu.Lock()
	defer n.mu.Unlock()
	parts := map[int][]ID{}
	for id := range n.rooms {
		p := rdb.PartitionOf(string(id))
		parts[p] = append(parts[p], id)
	}
	return parts
}

// renew compares sessions of one partition, and renews the leases on them if lease is true.
func (n *Node) renew(ctx context.Context, ids []ID, lease bool) error {
	for len(ids) > 0 {
		chunk := ids[:min(len(ids), renewChunk)]
		ids = ids[len(chunk):]
		if err := n.renewSome(ctx, chunk, lease); err != nil {
			return err
		}
	}
	return nil
}

func (n *Node) renewSome(ctx context.Context, ids []ID, lease bool) error {
	names := make([]string, 0, 2*len(ids))
	args := make([]any, 0, 3+2*len(ids))
	args = append(args, n.now(), n.id, 0)
	if lease {
		args[2] = leaseFor.Milliseconds()
	}
	rooms := make([]*room, 0, len(ids))
	for _, id := range ids {
		r := n.room(id)
		if r == nil {
			continue
		}
		at, known := r.position()
		if !known {
			continue // being opened right now
		}
		k := keysOf(id)
		names = append(names, k.state, k.nodes)
		args = append(args, at.Since, at.Tail)
		ids[len(rooms)], rooms = id, append(rooms, r)
	}
	if len(rooms) == 0 {
		return nil
	}
	behind, err := renewScript.Do(ctx, n.db.Client, names, args...).Int64Slice()
	if err != nil {
		return fmt.Errorf("renewing %d sessions: %w", len(rooms), err)
	}
	for _, i := range behind {
		n.compareSoon(ids[i], rooms[i])
	}
	return nil
}
