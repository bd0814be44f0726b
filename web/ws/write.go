package ws

import (
	"encoding/binary"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	// flushAt is how many bytes of frames are written in one call. A visitor who comes back gets a
	// welcome and what was missed at once, and the kernel's price is a call's, not a byte's.
	flushAt = 16 << 10
	// keepMost bounds the buffers that a crew keeps for the next batch.
	keepMost = 2 * flushAt

	textFrame  = 0x81 // final, text
	shortMost  = 125
	mediumMark = 126
	longMark   = 127
)

// buffers are what a crew assembles frames in.
type buffers struct{ pool sync.Pool }

func (b *buffers) get() *[]byte {
	if buf, ok := b.pool.Get().(*[]byte); ok {
		return buf
	}
	return new([]byte)
}

func (b *buffers) put(buf *[]byte) {
	if cap(*buf) > keepMost {
		return
	}
	*buf = (*buf)[:0]
	b.pool.Put(buf)
}

// appendFrame appends a text frame as a server sends it: whole, and not masked.
func appendFrame(b, text []byte) []byte {
	b = append(b, textFrame)
	switch n := len(text); {
	case n <= shortMost:
		b = append(b, byte(n))
	case n <= 0xffff:
		b = binary.BigEndian.AppendUint16(append(b, mediumMark), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, longMark), uint64(n))
	}
	return append(b, text...)
}

// writeAll writes frames in as few calls as that takes.
func (c *Conn) writeAll(frames [][]byte) error {
	buf := c.opts.Crew.buffers.get()
	defer c.opts.Crew.buffers.put(buf)
	for i, frame := range frames {
		*buf = appendFrame(*buf, frame)
		if len(*buf) < flushAt && i+1 < len(frames) {
			continue
		}
		if err := c.flush(*buf); err != nil {
			return err
		}
		*buf = (*buf)[:0]
	}
	return nil
}

// flush writes whole frames past gorilla, which writes one a call. Its control frames come between
// ours, never into them, because each side calls Write with whole frames; nothing may follow its
// answer to a close frame.
func (c *Conn) flush(frames []byte) error {
	c.line.Lock()
	defer c.line.Unlock()
	if c.answered {
		return websocket.ErrCloseSent
	}
	return c.writeLocked(frames)
}

// writeLocked writes to the line, which the caller holds.
func (c *Conn) writeLocked(b []byte) error {
	line := c.ws.NetConn()
	_ = line.SetWriteDeadline(time.Now().Add(writeWait))
	_, err := line.Write(b)
	return err
}

// answerPing answers with the patience of every other write: the deadline is the line's, so a shorter
// one would cut short what is being written.
func (c *Conn) answerPing(data string) error {
	c.line.Lock()
	defer c.line.Unlock()
	_ = c.ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeWait))
	return nil // if the line is broken, reading says so
}

// answerClose answers the peer's close frame, after which nothing is written.
func (c *Conn) answerClose(code int, _ string) error {
	c.line.Lock()
	defer c.line.Unlock()
	c.answered = true
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(closeWait))
	return nil
}
