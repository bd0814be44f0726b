// Package ws is one WebSocket: a bounded outbox, deadlines, and a polite end.
//
// An idle connection costs one goroutine, the reader. The HTTP handler returns after the upgrade, so
// its goroutine and buffers go; what is deep, such as writing, is mostly done by a Crew that all connections
// share; the ping is a timer. What a connection means is the business of its user: frames go in and out as
// bytes.
//
//	open ──Close, or a full outbox──▶ closing (outbox flushed, close frame sent) ──▶ closed
//	  └──── read error, peer gone ──────────────────────────────────────────────────▶ closed
package ws

import (
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

// Options bound a connection. Zero values mean the defaults.
type Options struct {
	// MaxFrame is the largest frame handed to the reader, in bytes.
	MaxFrame int64
	// Quiet is how long nothing may be heard before the peer counts as gone. Pings go out three
	// times in it.
	Quiet time.Duration
	// Outbox is how many bytes may wait to be written before the peer counts as too slow.
	Outbox int
	// Crew writes; nil means one of the connection's own.
	Crew *Crew
}

const (
	defaultMaxFrame = 16 << 10
	defaultQuiet    = 75 * time.Second
	defaultOutbox   = 512 << 10
	writeWait       = 10 * time.Second
	closeWait       = 2 * time.Second
)

// ErrTooLarge is returned by Read for a frame over MaxFrame.
var ErrTooLarge = errors.New("frame too large")

// Conn is one WebSocket. Read belongs to one goroutine; everything else may be called by any.
type Conn struct {
	ws   *websocket.Conn
	opts Options
	ping *time.Timer

	mu      sync.Mutex
	out     [][]byte
	rest    []byte // of a frame that the kernel took in part; the line is held for it
	bytes   int
	writing bool
	closing bool
	code    int
	reason  string
	closed  chan struct{}

	line     sync.Mutex // held while anything is written
	raw      syscall.RawConn
	answered bool // the peer's close frame; under line
}

// New takes over an upgraded WebSocket.
func New(c *websocket.Conn, o Options) *Conn {
	if o.MaxFrame == 0 {
		o.MaxFrame = defaultMaxFrame
	}
	if o.Quiet == 0 {
		o.Quiet = defaultQuiet
	}
	if o.Outbox == 0 {
		o.Outbox = defaultOutbox
	}
	if o.Crew == nil {
		o.Crew = NewCrew()
	}
	conn := &Conn{ws: c, opts: o, closed: make(chan struct{}), raw: rawOf(c.NetConn())}
	// A frame over the limit is read far enough to answer it with an error; far over it is cut off.
	c.SetReadLimit(4 * o.MaxFrame)
	conn.heard()
	c.SetPongHandler(func(string) error { conn.heard(); return nil })
	c.SetPingHandler(conn.answerPing)
	c.SetCloseHandler(conn.answerClose)
	conn.ping = time.AfterFunc(o.Quiet/3, conn.sendPing)
	return conn
}

func (c *Conn) heard() { _ = c.ws.SetReadDeadline(time.Now().Add(c.opts.Quiet)) }

func (c *Conn) sendPing() {
	select {
	case <-c.closed:
		return
	default:
	}
	c.line.Lock()
	// An error here means the connection is going; the reader will see it too.
	_ = c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWait))
	c.line.Unlock()
	c.ping.Reset(c.opts.Quiet / 3)
}

// Read returns the next text frame. It returns ErrTooLarge for one over the limit, a net.Error with
// Timeout when nothing was heard for too long, and another error when the connection ended.
func (c *Conn) Read() ([]byte, error) {
	_, r, err := c.ws.NextReader()
	if err != nil {
		return nil, err
	}
	frame, err := io.ReadAll(io.LimitReader(r, c.opts.MaxFrame+1))
	if err != nil {
		return nil, err
	}
	if int64(len(frame)) > c.opts.MaxFrame {
		return nil, ErrTooLarge
	}
	if !c.ending() {
		c.heard()
	}
	return frame, nil
}

// Send queues a frame and reports whether it was taken. A peer that does not read is closed with
// slow, because frames it would miss are not made up for here; it reconnects and resumes.
func (c *Conn) Send(frame []byte, slow int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sendLocked(frame, slow)
}

// SendNow is Send for a frame that somebody waits for: if nothing waits before it and the kernel takes
// it at once, it is written here, which saves the time until another goroutine runs. It never waits.
func (c *Conn) SendNow(frame []byte, slow int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.writing && !c.closing && c.attemptLocked(frame) {
		return true
	}
	return c.sendLocked(frame, slow)
}

func (c *Conn) sendLocked(frame []byte, slow int) bool {
	if c.closing {
		return false
	}
	if c.bytes+len(frame) > c.opts.Outbox {
		c.out = nil // the peer is not reading these either
		c.closeLocked(slow, "too slow")
		return false
	}
	c.out = append(c.out, frame)
	c.bytes += len(frame)
	c.wakeLocked()
	return true
}

// Close ends the connection after what is queued was written. Only the first call counts.
func (c *Conn) Close(code int, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closeLocked(code, reason)
}

func (c *Conn) closeLocked(code int, reason string) {
	if c.closing {
		return
	}
	c.closing, c.code, c.reason = true, code, reason
	c.wakeLocked()
}

func (c *Conn) ending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing
}

// wakeLocked starts a writer if none is running.
func (c *Conn) wakeLocked() {
	if !c.writing {
		c.writing = true
		c.opts.Crew.Go(c.write)
	}
}

func (c *Conn) write() {
	for {
		c.mu.Lock()
		rest, batch, end := c.rest, c.out, c.closing
		c.rest, c.out, c.bytes = nil, nil, 0
		if len(rest) == 0 && len(batch) == 0 && !end {
			c.writing = false
			c.mu.Unlock()
			return
		}
		c.mu.Unlock()
		if err := errors.Join(c.finish(rest), c.writeAll(batch)); err != nil {
			_ = c.ws.Close() // the reader ends with it
			return
		}
		if end {
			c.sayClose()
			return
		}
	}
}

// sayClose sends the close frame and leaves the peer a moment to answer it, which the reader sees.
func (c *Conn) sayClose() {
	deadline := time.Now().Add(closeWait)
	msg := websocket.FormatCloseMessage(c.code, c.reason)
	if err := c.ws.WriteControl(websocket.CloseMessage, msg, deadline); err != nil {
		_ = c.ws.Close()
		return
	}
	_ = c.ws.SetReadDeadline(deadline)
}

// Release frees the connection. The reader calls it once Read has failed.
func (c *Conn) Release() {
	close(c.closed)
	c.ping.Stop()
	c.mu.Lock()
	c.closing = true
	c.out = nil
	c.mu.Unlock()
	_ = c.ws.Close()
}

// IsTimeout reports whether a Read ended because nothing was heard for too long.
func IsTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}
