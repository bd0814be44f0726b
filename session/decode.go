package session

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

func entryID(seq uint64) string { return strconv.FormatUint(seq, 10) + "-0" }

func pairs(v []any) map[string]string {
	m := make(map[string]string, len(v)/2)
	for i := 0; i+1 < len(v); i += 2 {
		m[v[i].(string)] = v[i+1].(string)
	}
	return m
}

// entriesOf reads stream entries out of a script's answer, which go-redis leaves raw.
func entriesOf(v []any) []redis.XMessage {
	out := make([]redis.XMessage, len(v))
	for i, e := range v {
		entry := e.([]any)
		fields := entry[1].([]any)
		values := make(map[string]any, len(fields)/2)
		for f := 0; f+1 < len(fields); f += 2 {
			values[fields[f].(string)] = fields[f+1]
		}
		out[i] = redis.XMessage{ID: entry[0].(string), Values: values}
	}
	return out
}

func stateOf(m map[string]string) State {
	num := func(k string) int64 { n, _ := strconv.ParseInt(m[k], 10, 64); return n }
	at := func(k string) (t time.Time) {
		if ms := num(k); ms > 0 {
			t = time.UnixMilli(ms).UTC()
		}
		return t
	}
	s := State{
		Seq: uint64(num("seq")), Tail: m["tail"], Epoch: num("epoch"), Owner: Owner(m["owner"]),
		Agent: m["agent"], Ask: m["ask"], Arrived: num("arrived"), Reason: m["reason"], Queue: m["queue"],
		LastAgent: m["last_agent"], Site: m["site"], Lang: m["lang"],
		Created: time.UnixMilli(num("created")).UTC(), Void: num("void"), Life: m["life"],
	}
	s.Wanted, s.Guest, s.Joined = m["wanted"], m["guest"], m["joined"]
	s.Callback = readCallback(m["callback"])
	s.Prefers = Prefers{First: m["first"], Assist: int(num("assist"))}
	s.Spoke = Role(m["spoke"])
	s.At, s.MovedAt, s.HumanAt = at("at"), at("moved"), at("human_at")
	s.Quiet = Quiet{ActiveAt: at("active"), WarnedAt: at("warned"), SeenAt: at("seen")}
	return s
}

func eventsOf(entries []redis.XMessage) ([]Event, error) {
	out := make([]Event, 0, len(entries))
	for _, m := range entries {
		e, err := eventOf(m)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func eventOf(m redis.XMessage) (Event, error) {
	str := func(k string) string { s, _ := m.Values[k].(string); return s }
	head, _, _ := strings.Cut(m.ID, "-")
	seq, err := strconv.ParseUint(head, 10, 64)
	if err != nil {
		return Event{}, fmt.Errorf("stream entry %s: %w", m.ID, err)
	}
	at, _ := strconv.ParseInt(str("at"), 10, 64)
	e := Event{
		Seq: seq, ID: str("id"), Prev: str("p"), At: time.UnixMilli(at).UTC(),
		Kind: Kind(str("k")), From: Role(str("f")), By: str("by"),
	}
	if err := json.Unmarshal([]byte(str("b")), &e.Body); err != nil {
		return Event{}, fmt.Errorf("event %s: %w", e.ID, err)
	}
	if e.Kind == KindMove && (e.Body.To == Waiting || e.Body.To == Human) {
		e.Body.Arrived, _ = strconv.ParseInt(str("ar"), 10, 64)
	}
	return e, nil
}
