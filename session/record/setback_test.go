package record_test

import (
	"strconv"
	"strings"

	"yijian/session"
	"yijian/session/rdb"
)

// keysOf are all keys of one session, whoever may name them.
func (h *house) keysOf(id session.ID) []string {
	h.Helper()
	state := h.stateKey(id)
	return []string{state, strings.Replace(state, ":s:", ":l:", 1), strings.Replace(state, ":s:", ":c:", 1)}
}

func (h *house) stateKey(id session.ID) string {
	return "yj:" + rdb.Tag(rdb.PartitionOf(string(id))) + ":s:" + string(id)
}

// snapshot is what a replica has of a session.
type snapshot struct {
	id     session.ID
	state  map[string]string
	events []session.Event
}

// dump takes what Redis has of a session now, as a replica would that hears nothing from now on.
func (h *house) dump(id session.ID) snapshot {
	h.Helper()
	state, err := h.redis.Client.HGetAll(h.Context(), h.stateKey(id)).Result()
	if err != nil {
		h.Fatal(err)
	}
	return snapshot{id, state, h.events(id)}
}

// setBack makes Redis forget what came after a snapshot, as when that replica is promoted. The session
// is dirty then, as it was when the snapshot was younger than its last archiving.
func (h *house) setBack(s snapshot) {
	h.Helper()
	keys := h.keysOf(s.id)
	c, ctx := h.redis.Client, h.Context()
	last := s.events[len(s.events)-1].Seq
	later, err := c.XRange(ctx, keys[1], "("+itoa(last)+"-0", "+").Result()
	if err != nil {
		h.Fatal(err)
	}
	for _, e := range later {
		if err := c.XDel(ctx, keys[1], e.ID).Err(); err != nil {
			h.Fatal(err)
		}
	}
	// A stream refuses ids below its last one even when those are deleted, so it is made anew.
	kept, err := c.XRange(ctx, keys[1], "-", "+").Result()
	if err != nil {
		h.Fatal(err)
	}
	if err := c.Del(ctx, keys[0], keys[1]).Err(); err != nil {
		h.Fatal(err)
	}
	for _, e := range kept {
		args := []any{"XADD", keys[1], e.ID}
		for _, f := range []string{"id", "p", "at", "k", "f", "b", "by", "h", "ar"} {
			if v, ok := e.Values[f]; ok {
				args = append(args, f, v)
			}
		}
		if err := c.Do(ctx, args...).Err(); err != nil {
			h.Fatal(err)
		}
	}
	if err := c.HSet(ctx, keys[0], s.state).Err(); err != nil {
		h.Fatal(err)
	}
	if err := c.ZRemRangeByScore(ctx, keys[2], "("+itoa(last), "+inf").Err(); err != nil {
		h.Fatal(err)
	}
	dirty := strings.Split(keys[0], ":s:")[0] + ":dirty"
	if err := c.Do(ctx, "ZADD", dirty, h.now, string(s.id)).Err(); err != nil {
		h.Fatal(err)
	}
}

func itoa(n uint64) string { return strconv.FormatUint(n, 10) }
