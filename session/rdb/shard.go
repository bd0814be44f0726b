package rdb

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// master returns the client of the server that owns a key.
func (d *DB) master(ctx context.Context, key string) (*redis.Client, error) {
	if cluster, ok := d.Client.(*redis.ClusterClient); ok {
		return cluster.MasterForKey(ctx, key)
	}
	return d.Client.(*redis.Client), nil
}

// Shard names the server that owns a key, as far as this process knows; keys with the same name share
// their fate. It is empty where there is one server or nobody knows.
func (d *DB) Shard(ctx context.Context, key string) string {
	cluster, ok := d.Client.(*redis.ClusterClient)
	if !ok {
		return ""
	}
	master, err := cluster.MasterForKey(ctx, key)
	if err != nil {
		return ""
	}
	return master.Options().Addr
}
