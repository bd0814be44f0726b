package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/rs/zerolog"

	"yijian/session/rdb"
)

// Listener hears what happens in the sessions it subscribed to. The methods are called in order,
// one at a time for a session, and must only take note: they may not block or call back.
type Listener interface {
	// Deliver hands over the next event; seq has no gaps and no repeats.
	Deliver(id ID, e Event)
	// Signal hands over something that is not stored, such as typing.
	Signal(id ID, s Signal)
	// Reset says that the log is another one than was delivered: a failover took events back, and
	// their numbers may be used again. Its last events take the place of all that was delivered;
	// Deliver goes on after them.
	Reset(id ID, now Opened)
	// Lost says that the session is not there any more.
	Lost(id ID)
}

// Signal is something that happens now and is not stored.
type Signal struct {
	What string `json:"w"` // typing, idle, delta
	From Role   `json:"f,omitempty"`
	By   string `json:"b,omitempty"`
	// Warn and Left are for idle: show that the conversation ends, and in how long; 0 is never.
	Warn bool          `json:"n,omitempty"`
	Left time.Duration `json:"l,omitempty"`
	// Stream and Text are for delta: an answer that is being made, and all of it that is there so far.
	// One that is told anew from its beginning is another stream.
	Stream string `json:"s,omitempty"`
	Text   string `json:"x,omitempty"`
}

// Node is one process's view of the sessions: which are open here and who listens. What it appends
// reaches local listeners from memory and other nodes through their inboxes.
type Node struct {
	*Log
	id    string
	log   zerolog.Logger
	hints chan addressed
	lose  func() bool // tests: whether a hint is lost on its way

	// Tokens of what runs aside, bounded.
	securing, comparing chan struct{}
	sweeps              *sweeps

	mu     sync.Mutex
	rooms  map[ID]*room
	topics map[string]func(data string)
}

// NewNode returns a node with an id of this boot, so that a restarted process is another node.
func NewNode(l *Log, logger zerolog.Logger) *Node {
	return &Node{
		Log: l, id: uuid.NewString()[:13], log: logger.With().Str("component", "node").Logger(),
		hints: make(chan addressed, 4096), securing: make(chan struct{}, securingMost),
		comparing: make(chan struct{}, comparesAtOnce), sweeps: newSweeps(),
		rooms: map[ID]*room{}, topics: map[string]func(string){},
	}
}

// ID names this boot of this process.
func (n *Node) ID() string { return n.id }

// Append writes to the log and delivers what is new: in memory to this node's listeners, and as
// hints, off this path, to the other nodes that have the session open.
func (n *Node) Append(ctx context.Context, id ID, a Append) (Appended, error) {
	out, err := n.Log.Append(ctx, id, a)
	if errors.Is(err, rdb.ErrUnconfirmed) || a.Urgent && n.safe != nil {
		n.secureSoon(id, a)
	}
	if err != nil {
		n.troubled(id, err)
		return out, err
	}
	n.spread(id, out)
	return out, nil
}

// spread delivers what an append stored. What it found stored before may never have been delivered:
// whoever stored it may not have known that it did, or died. So those who hold the session look.
func (n *Node) spread(id ID, out Appended) {
	for _, e := range out.Fresh {
		n.deliver(id, e)
		n.hint(out.nodes, told(id, e))
	}
	if len(out.Fresh) < len(out.Seqs) {
		h := Hint{Session: id, Upto: slices.Max(out.Seqs)}
		n.look(h)
		n.hint(out.nodes, h)
	}
}

// Signal tells every listener of a session something that is not stored.
func (n *Node) Signal(ctx context.Context, id ID, s Signal) error {
	n.signal(id, s)
	if len(s.Text) > inlineLimit {
		return nil // other nodes show what came before it, until the message is there
	}
	nodes, err := n.attached(ctx, id)
	if err != nil {
		return fmt.Errorf("signal session %s: %w", id, err)
	}
	n.hint(nodes, Hint{Session: id, Signal: &s})
	return nil
}

func (n *Node) attached(ctx context.Context, id ID) ([]string, error) {
	now := n.now()
	if now == 0 {
		now = time.Now().UnixMilli()
	}
	return n.db.Client.ZRangeByScore(ctx, keysOf(id).nodes, scoreAfter(now)).Result()
}

// Subscribe opens a session for a listener: it returns the state and the events after a position,
// and from there on the listener hears every event. The caller must hand the returned events on
// before it calls Subscription.Start.
func (n *Node) Subscribe(ctx context.Context, id ID, at Position, l Listener) (*Subscription, Opened, error) {
	sub := &Subscription{node: n, id: id, listener: l}
	r := n.join(id, sub)
	opened, err := n.Open(ctx, id, n.id, leaseFor, at)
	if err != nil {
		n.troubled(id, err)
		sub.Close()
		return nil, Opened{}, err
	}
	n.follow(id, r, r.opened(sub, opened.State))
	return sub, opened, nil
}

func (n *Node) join(id ID, sub *Subscription) *room {
	n.mu.Lock()
	defer n.mu.Unlock()
	r := n.rooms[id]
	if r == nil {
		r = &room{}
		n.rooms[id] = r
	}
	r.add(sub)
	sub.room = r
	return r
}

func (n *Node) room(id ID) *room {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.rooms[id]
}

// deliver hands an event to the local listeners, or keeps it until the ones before it are here.
func (n *Node) deliver(id ID, e Event) {
	r := n.room(id)
	if r == nil {
		return
	}
	n.follow(id, r, r.deliver(e))
}

func (n *Node) signal(id ID, s Signal) {
	if r := n.room(id); r != nil {
		r.signal(id, s)
	}
}
