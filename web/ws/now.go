package ws

import (
	"net"
	"slices"
	"syscall"
	"time"
)

// rawOf is how the kernel is offered bytes without waiting; nil where that cannot be done, under TLS
// for one.
func rawOf(line net.Conn) syscall.RawConn {
	own, ok := line.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := own.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// attemptLocked offers a frame to the kernel and reports whether it was taken. If only its beginning
// was, a member of the crew writes the rest, and nobody else writes before it has. The lock of the
// queue is held, so frames keep their order.
func (c *Conn) attemptLocked(frame []byte) bool {
	if c.raw == nil || len(frame) > flushAt || !c.line.TryLock() {
		return false
	}
	if c.answered {
		c.line.Unlock()
		return false
	}
	buf := c.opts.Crew.buffers.get()
	defer c.opts.Crew.buffers.put(buf)
	*buf = appendFrame(*buf, frame)
	switch n := c.offer(*buf); n {
	case len(*buf):
		c.line.Unlock()
		return true
	case 0:
		c.line.Unlock()
		return false
	default:
		c.rest = slices.Clone((*buf)[n:])
		c.wakeLocked()
		return true
	}
}

// offer returns how many bytes the kernel took. An error is met again by the writer that is woken for
// what was not taken.
func (c *Conn) offer(b []byte) (taken int) {
	// A deadline that has passed fails every write, even one that would not wait.
	_ = c.ws.NetConn().SetWriteDeadline(time.Now().Add(writeWait))
	_ = c.raw.Write(func(fd uintptr) bool {
		taken = writeOnce(fd, b)
		return true
	})
	return taken
}

// finish writes what an attempt left and gives the line back.
func (c *Conn) finish(rest []byte) error {
	if len(rest) == 0 {
		return nil
	}
	defer c.line.Unlock()
	return c.writeLocked(rest)
}
