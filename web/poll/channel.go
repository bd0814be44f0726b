// Package poll carries the frames of one conversation in the bodies of POSTs, for visitors whose
// proxy breaks WebSockets. To its user a Channel is what a ws.Conn is: frames come out of Read, go in
// through Send, and Close ends it. Between requests it holds what was not fetched yet, in memory and
// bounded: a client that does not fetch is closed like one that does not read.
//
//	open ──Close, a full outbox, not asked for too long──▶ closing (the rest is fetched) ──▶ forgotten
//
// Nothing here survives the process. An answer that is lost on the way is lost with its frames, and
// the client, who knows, begins another channel at the position it holds.
package poll

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"sync"
	"time"
)

// Options bound a channel. Zero values mean the defaults.
type Options struct {
	// MaxFrame is the largest frame handed to the reader, in bytes.
	MaxFrame int
	// Hold is how long a waiting request is held.
	Hold time.Duration
	// Quiet is how long nobody may ask before the client counts as gone.
	Quiet time.Duration
	// Outbox is how many bytes may wait to be fetched before the client counts as too slow.
	Outbox int
	// TooLarge is what Read returns for a frame over MaxFrame.
	TooLarge error
	// QuietCode closes a channel that nobody asks.
	QuietCode int
}

const (
	defaultHold   = 25 * time.Second
	defaultQuiet  = 60 * time.Second
	defaultOutbox = 512 << 10
	// closeWait is how long the client may take to hear that the channel closed before the reader ends.
	closeWait = 2 * time.Second
	// linger is how long a closed channel can still be asked why.
	linger = 10 * time.Second
)

// SendNow is Send: what a poll waits for is answered at once.
func (c *Channel) SendNow(frame []byte, slow int) bool { return c.Send(frame, slow) }

// Together is do: what a poll takes, it takes together.
func (c *Channel) Together(do func()) { do() }

// Closed is the end of a channel, with a close code of the WebSocket.
type Closed struct {
	Code int `json:"code"`
}

// Channel is one conversation by polling. Read belongs to one goroutine; everything else may be
// called by any.
type Channel struct {
	id    string
	opts  Options
	in    chan []byte // nil is a barrier: what came before it has been acted on
	quiet *time.Timer
	done  chan struct{} // closed when the end was fetched, or was not for closeWait
	free  func()

	mu     sync.Mutex
	asking int // requests in progress
	out    []json.RawMessage
	bytes  int
	waiter chan struct{} // the request that waits for frames; closed to wake it
	closed *Closed
	over   bool // done is closed
}

func newChannel(o Options) *Channel {
	if o.Hold == 0 {
		o.Hold = defaultHold
	}
	if o.Quiet == 0 {
		o.Quiet = defaultQuiet
	}
	if o.Outbox == 0 {
		o.Outbox = defaultOutbox
	}
	c := &Channel{id: rand.Text(), opts: o, in: make(chan []byte), done: make(chan struct{})}
	c.quiet = time.AfterFunc(o.Quiet, func() { c.Close(o.QuietCode, "quiet") })
	return c
}

// ID is the secret name of the channel: who knows it speaks on it.
func (c *Channel) ID() string { return c.id }

// Read returns the next frame of the client, Options.TooLarge for one over the limit, or io.EOF once
// the channel is closed and the client knows, or had the time to.
func (c *Channel) Read() ([]byte, error) {
	for {
		select {
		case <-c.done:
			return nil, io.EOF
		case frame := <-c.in:
			switch {
			case frame == nil: // a barrier
			case len(frame) > c.opts.MaxFrame:
				return nil, c.opts.TooLarge
			default:
				return frame, nil
			}
		}
	}
}

// Send keeps a frame for the next request and reports whether it was taken. A client that does not
// fetch is closed with slow; it comes back and resumes.
func (c *Channel) Send(frame []byte, slow int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed != nil {
		return false
	}
	if c.bytes+len(frame) > c.opts.Outbox {
		c.out, c.bytes = nil, 0
		c.closeLocked(slow)
		return false
	}
	c.out = append(c.out, frame)
	c.bytes += len(frame)
	c.wakeLocked()
	return true
}

// Close ends the channel; what is kept may still be fetched for a moment. Only the first call counts.
// The reason is for transports that can carry one.
func (c *Channel) Close(code int, _ string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeLocked(code)
}

func (c *Channel) closeLocked(code int) {
	if c.closed != nil {
		return
	}
	c.closed = &Closed{Code: code}
	time.AfterFunc(closeWait, c.finish)
	c.wakeLocked()
}

func (c *Channel) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finishLocked()
}

func (c *Channel) finishLocked() {
	if !c.over {
		c.over = true
		close(c.done)
	}
}

// Release lets go of the channel a moment later. The reader calls it once Read has failed.
func (c *Channel) Release() {
	c.quiet.Stop()
	time.AfterFunc(linger, c.free)
}

// Do hands frames to the reader, one after the other, and waits until they were acted on, the channel
// closed, or ctx ended.
func (c *Channel) Do(ctx context.Context, frames []json.RawMessage) {
	c.begin()
	defer c.end()
	for _, frame := range frames {
		if !c.hand(ctx, frame) {
			return
		}
	}
	if len(frames) > 0 {
		c.hand(ctx, nil)
	}
}

func (c *Channel) hand(ctx context.Context, frame []byte) bool {
	select {
	case c.in <- frame:
		return true
	case <-c.done:
	case <-ctx.Done():
	}
	return false
}

// Take returns what is kept and how the channel ended, if it did. One request may wait for something
// to be there; a second one that waits ends the first. While one waits, those that do not return
// nothing, so that frames cannot overtake each other on two connections.
func (c *Channel) Take(ctx context.Context, wait bool) ([]json.RawMessage, *Closed) {
	c.begin()
	defer c.end()
	c.mu.Lock()
	if !wait || len(c.out) > 0 || c.closed != nil {
		defer c.mu.Unlock()
		if c.waiter != nil {
			return nil, c.closed
		}
		return c.takeLocked()
	}
	c.wakeLocked()
	own := make(chan struct{})
	c.waiter = own
	c.mu.Unlock()

	held := time.NewTimer(c.opts.Hold)
	defer held.Stop()
	select {
	case <-own:
	case <-held.C:
	case <-ctx.Done():
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiter == own {
		c.waiter = nil
	}
	if ctx.Err() != nil {
		return nil, nil // nobody is there to take them
	}
	return c.takeLocked()
}

func (c *Channel) takeLocked() ([]json.RawMessage, *Closed) {
	out := c.out
	c.out, c.bytes = nil, 0
	if c.closed != nil {
		c.finishLocked()
	}
	return out, c.closed
}

func (c *Channel) wakeLocked() {
	if c.waiter != nil {
		close(c.waiter)
		c.waiter = nil
	}
}

// begin and end stop the clock of a channel while somebody asks.
func (c *Channel) begin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asking++
	c.quiet.Stop()
}

func (c *Channel) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asking--; c.asking == 0 && c.closed == nil {
		c.quiet.Reset(c.opts.Quiet)
	}
}
