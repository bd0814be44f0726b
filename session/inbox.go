package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
)

const (
	// inlineLimit is the size up to which an event travels inside its hint, in bytes of text.
	inlineLimit = 2 << 10
	// inboxLength bounds a node's inbox; hints beyond it are lost and found by the lease renewal.
	inboxLength = 10_000
	inboxTTL    = time.Minute
)

// Hint is what one node tells another. Losing one is harmless: it only makes the other slower.
type Hint struct {
	Session ID      `json:"s,omitempty"`
	Event   *Event  `json:"e,omitempty"` // absent if it was too long to travel
	Upto    uint64  `json:"u,omitempty"` // without Event: who is behind this seq reads the log
	Signal  *Signal `json:"g,omitempty"`
	Topic   string  `json:"t,omitempty"` // with Data, for whoever registered the topic
	Data    string  `json:"d,omitempty"`
}

type addressed struct {
	node string
	hint Hint
}

// told is the hint about a new event.
func told(id ID, e Event) Hint {
	if len(e.Body.Text)+len(e.Body.Decision) > inlineLimit {
		return Hint{Session: id, Upto: e.Seq}
	}
	return Hint{Session: id, Event: &e}
}

// On registers what to do with hints of a topic. It is called before Run.
func (n *Node) On(topic string, f func(data string)) { n.topics[topic] = f }

// Tell sends a hint of a topic to other nodes, and acts on it here at once if this node is one.
func (n *Node) Tell(nodes []string, topic, data string) {
	for _, node := range nodes {
		if node == n.id {
			n.topics[topic](data)
		}
	}
	n.hint(nodes, Hint{Topic: topic, Data: data})
}

// hint queues a hint for other nodes. It never waits: what does not fit is dropped.
func (n *Node) hint(nodes []string, h Hint) {
	for _, node := range nodes {
		if node == n.id || n.lose != nil && n.lose() {
			continue
		}
		select {
		case n.hints <- addressed{node, h}:
		default:
		}
	}
}

// Run carries hints to and from other nodes and renews leases until ctx ends.
func (n *Node) Run(ctx context.Context) error {
	// Redis may be failing over just now, which is no reason to end a process that serves: receive opens
	// the inbox later, and until then the renewal of leases finds what hints would have told.
	if err := n.openInbox(ctx); err != nil && ctx.Err() == nil {
		n.log.Warn().Err(err).Msg("inbox not opened")
	}
	done := make(chan struct{})
	go func() { n.send(ctx); close(done) }()
	swept := make(chan struct{})
	go func() { n.sweepLoop(ctx); close(swept) }()
	n.receive(ctx)
	<-done
	<-swept
	return nil
}

func (n *Node) openInbox(ctx context.Context) error {
	key := inboxKey(n.id)
	pipe := n.db.Client.Pipeline()
	pipe.XAdd(ctx, &redis.XAddArgs{Stream: key, ID: "0-1", Values: []string{"h", "{}"}})
	pipe.Expire(ctx, key, inboxTTL)
	if _, err := pipe.Exec(ctx); err != nil {
		return fmt.Errorf("opening the inbox of node %s: %w", n.id, err)
	}
	return nil
}

// send empties the queue of hints in pipelines.
func (n *Node) send(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case a := <-n.hints:
			pipe := n.db.Client.Pipeline()
			n.add(ctx, pipe, a)
			for range len(n.hints) {
				n.add(ctx, pipe, <-n.hints)
			}
			if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) && ctx.Err() == nil {
				n.log.Debug().Err(err).Msg("hints not sent")
			}
		}
	}
}

func (n *Node) add(ctx context.Context, pipe redis.Pipeliner, a addressed) {
	b, err := json.Marshal(a.hint)
	if err != nil {
		n.log.Error().Err(err).Msg("hint not encoded")
		return
	}
	pipe.XAdd(ctx, &redis.XAddArgs{
		Stream: inboxKey(a.node), NoMkStream: true, MaxLen: inboxLength, Approx: true,
		Values: []string{"h", string(b)},
	})
}

// receive reads this node's inbox until ctx ends. After an error it looks again at every session.
func (n *Node) receive(ctx context.Context) {
	last := "0-1"
	for ctx.Err() == nil {
		res, err := n.db.Blocking.XRead(ctx, &redis.XReadArgs{
			Streams: []string{inboxKey(n.id), last}, Count: 256, Block: rdb.BlockFor,
		}).Result()
		if err != nil && !errors.Is(err, redis.Nil) {
			n.pause(ctx)
			_ = n.openInbox(ctx) // an inbox that is still there keeps its entries
			n.sweepAll()         // hints may be lost
			continue
		}
		if kept, err := n.db.Client.Expire(ctx, inboxKey(n.id), inboxTTL).Result(); err == nil && !kept {
			_ = n.openInbox(ctx) // Redis lost it, and hints go only to inboxes that are there
		}
		for _, s := range res {
			for _, m := range s.Messages {
				last = m.ID
				n.handle(m.Values["h"])
			}
		}
	}
}

func (n *Node) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(200 * time.Millisecond):
	}
}

func (n *Node) handle(raw any) {
	text, _ := raw.(string)
	var h Hint
	if err := json.Unmarshal([]byte(text), &h); err != nil {
		n.log.Warn().Err(err).Msg("hint not understood")
		return
	}
	switch {
	case h.Topic != "":
		if f := n.topics[h.Topic]; f != nil {
			f(h.Data)
		}
	case h.Signal != nil:
		n.signal(h.Session, *h.Signal)
	case h.Event != nil:
		n.deliver(h.Session, *h.Event)
	case h.Session != "":
		n.look(h)
	}
}

// look reads the log if a hint without an event says that there is more of it than this node has.
func (n *Node) look(h Hint) {
	r := n.room(h.Session)
	if r == nil {
		return
	}
	if at, _ := r.position(); h.Upto == 0 || at.Since < h.Upto {
		n.compareSoon(h.Session, r)
	}
}

func scoreAfter(ms int64) *redis.ZRangeBy {
	return &redis.ZRangeBy{Min: strconv.FormatInt(ms, 10), Max: "+inf"}
}
