package queue

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// Nodes lists the nodes that have a socket of the agent, to send them news of the seat. It compares
// leases with the clock of this process: a node too many or too few costs a hint, which renewal
// makes up for.
func (d *Desk) Nodes(ctx context.Context, site, agent string) ([]string, error) {
	if err := checkNames("site", site, "agent", agent); err != nil {
		return nil, fmt.Errorf("reading the nodes of a seat: %w", err)
	}
	now := d.opt.NowMS()
	if now == 0 {
		now = time.Now().UnixMilli()
	}
	nodes, err := d.db.Client.ZRangeByScore(ctx, keysOf(site).seatNodes(agent),
		&redis.ZRangeBy{Min: strconv.FormatInt(now, 10), Max: "+inf"}).Result()
	if err != nil {
		return nil, fmt.Errorf("reading the nodes of the seat of %s: %w", agent, err)
	}
	return nodes, nil
}
