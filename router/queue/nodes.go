package queue

import (
	"context"
	"fmt"
)

// Nodes lists the nodes that have a socket of the agent, to send them news of the seat. Those whose
// lease is over are listed until the next renewal: a node too many costs a hint, while judging leases
// by this process's clock could leave out a living one.
func (d *Desk) Nodes(ctx context.Context, site, agent string) ([]string, error) {
	if err := checkNames("site", site, "agent", agent); err != nil {
		return nil, fmt.Errorf("reading the nodes of a seat: %w", err)
	}
	nodes, err := d.db.Client.ZRange(ctx, keysOf(site).seatNodes(agent), 0, -1).Result()
	if err != nil {
		return nil, fmt.Errorf("reading the nodes of the seat of %s: %w", agent, err)
	}
	return nodes, nil
}
