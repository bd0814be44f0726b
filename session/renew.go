package session

import (
	"context"
	"fmt"
	"time"

	"yijian/session/rdb"
)

// renewChunk bounds how many sessions one renewal script looks at, so that it never holds Redis long.
const renewChunk = 200

func (n *Node) renewLoop(ctx context.Context) {
	tick := time.NewTicker(renewEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := n.Renew(ctx); err != nil && ctx.Err() == nil {
				n.log.Warn().Err(err).Msg("leases not renewed")
			}
		}
	}
}

// Renew renews this node's lease on every open session and reads from the log what it missed. It is
// what makes lost hints harmless.
func (n *Node) Renew(ctx context.Context) error {
	for _, ids := range n.byPartition() {
		for len(ids) > 0 {
			chunk := ids[:min(len(ids), renewChunk)]
			ids = ids[len(chunk):]
			if err := n.renewSome(ctx, chunk); err != nil {
				return err
			}
		}
	}
	return nil
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

func (n *Node) renewSome(ctx context.Context, ids []ID) error {
	names := make([]string, 0, 2*len(ids))
	args := make([]any, 0, 3+2*len(ids))
	args = append(args, n.now(), n.id, leaseFor.Milliseconds())
	for _, id := range ids {
		k := keysOf(id)
		names = append(names, k.state, k.nodes)
		var last uint64
		var tail string
		if r := n.room(id); r != nil {
			last, tail = r.position()
		}
		args = append(args, last, tail)
	}
	behind, err := renewScript.Do(ctx, n.db.Client, names, args...).Int64Slice()
	if err != nil {
		return fmt.Errorf("renewing %d sessions: %w", len(ids), err)
	}
	for _, i := range behind {
		if r := n.room(ids[i]); r != nil {
			n.fillSoon(ids[i], r, 0)
		}
	}
	return nil
}
