package rdb

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// The oldest Redis that has what the scripts use: ZADD LT and XADD NOMKSTREAM.
const oldestMajor, oldestMinor = 6, 2

// Wants is what a configuration asks of Redis beyond what everybody needs.
type Wants struct {
	// Replica: durability is safe, so every master needs a replica.
	Replica bool
}

// Advise returns a sentence for each setting of Redis that can lose conversations, with the next
// step. On a cluster it looks at every master. It reads INFO alone, so CONFIG may be denied; if INFO
// is denied as well, the sentence says so. The Redis inside the process needs no advice.
func (d *DB) Advise(ctx context.Context, wants Wants) ([]string, error) {
	if d.InProcess() {
		return nil, nil
	}
	var (
		mu  sync.Mutex
		all []string
	)
	look := func(ctx context.Context, c *redis.Client) error {
		advice, err := adviseServer(ctx, c, wants)
		mu.Lock()
		defer mu.Unlock()
		all = append(all, advice...)
		return err
	}
	var err error
	switch c := d.Client.(type) {
	case *redis.ClusterClient:
		err = c.ForEachMaster(ctx, look)
	case *redis.Client:
		err = look(ctx, c)
	}
	if err != nil {
		return nil, fmt.Errorf("looking at the settings of redis: %w", err)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func adviseServer(ctx context.Context, c *redis.Client, wants Wants) ([]string, error) {
	text, err := c.Info(ctx).Result()
	if redis.HasErrorPrefix(err, "NOPERM") {
		return []string{"The Redis user may not run INFO, so the settings were not looked at: allow +info, " +
			"or see to it that maxmemory-policy is noeviction and appendonly is yes."}, nil
	}
	if err != nil {
		return nil, err
	}
	return adviceOn(text, wants), nil
}

// adviceOn reads the answer of INFO.
func adviceOn(info string, wants Wants) []string {
	fields := map[string]string{}
	for line := range strings.Lines(info) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		fields[name] = value
	}
	var out []string
	if v := fields["redis_version"]; isOld(v) {
		out = append(out, fmt.Sprintf("Redis is version %s, which lacks commands that Yijian uses: upgrade it to %d.%d or later.",
			v, oldestMajor, oldestMinor))
	}
	if p := fields["maxmemory_policy"]; p != "noeviction" {
		out = append(out, fmt.Sprintf("Redis throws conversations away when its memory is full (maxmemory-policy %s): "+
			"set maxmemory-policy noeviction in redis.conf.", p))
	}
	if fields["aof_enabled"] != "1" {
		out = append(out, "Redis forgets conversations when it restarts (appendonly no): set appendonly yes in redis.conf.")
	}
	if wants.Replica && fields["connected_slaves"] == "0" {
		out = append(out, "Durability is safe and a Redis master has no replica, so messages are refused or kept by it alone: "+
			"connect a replica, or set durability to fast.")
	}
	return out
}

// isOld reports whether a version such as 6.0.16 is before the oldest that will do. A version that
// cannot be read is not: other servers number themselves in their own ways.
func isOld(version string) bool {
	first, rest, _ := strings.Cut(version, ".")
	second, _, _ := strings.Cut(rest, ".")
	major, err := strconv.Atoi(first)
	if err != nil {
		return false
	}
	minor, err := strconv.Atoi(second)
	return err == nil && (major < oldestMajor || major == oldestMajor && minor < oldestMinor)
}
