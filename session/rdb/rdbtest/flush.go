package rdbtest

import (
	"context"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
)

// Flush makes every server of a Redis forget everything.
func Flush(ctx context.Context, db *rdb.DB) error {
	if cluster, ok := db.Client.(*redis.ClusterClient); ok {
		return cluster.ForEachMaster(ctx, func(ctx context.Context, c *redis.Client) error { return c.FlushAll(ctx).Err() })
	}
	return db.Client.FlushAll(ctx).Err()
}
