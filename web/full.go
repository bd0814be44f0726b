package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"syscall"

	"yijian/web/problem"
)

// full is the answer of a server that has no descriptors to spare.
var full = &problem.Problem{
	Title: "This server is full.", Status: http.StatusServiceUnavailable, Code: problem.Unavailable,
	Detail: "Try again in a moment; conversations are kept.", RetryMS: 2000,
}

// politeness is how many connections over the limit are answered at a time before others are closed
// without a word; their descriptors come out of the reserve.
const politeness = 16

// limited counts the connections of a listener. What is over the limit is taken all the same, so that
// the line before accept does not fill, and is told that the server is full: stores, logs and open
// conversations keep the descriptors they need.
type limited struct {
	net.Listener
	most int64
	open atomic.Int64
}

// Limit returns a listener of at most so many connections for Server.Serve; 0 is no limit.
func Limit(l net.Listener, most int) net.Listener {
	if most <= 0 {
		return l
	}
	return &limited{Listener: l, most: int64(most)}
}

// Accept implements net.Listener.
func (l *limited) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		n := l.open.Add(1)
		if n <= l.most+politeness {
			return &counted{Conn: c, over: n > l.most, free: sync.OnceFunc(func() { l.open.Add(-1) })}, nil
		}
		l.open.Add(-1)
		_ = c.Close()
	}
}

// counted is a connection that knows whether it was one too many.
type counted struct {
	net.Conn
	over bool
	free func()
}

// Close implements net.Conn.
func (c *counted) Close() error {
	defer c.free()
	return c.Conn.Close()
}

// SyscallConn implements syscall.Conn where the connection does.
func (c *counted) SyscallConn() (syscall.RawConn, error) {
	inner, ok := c.Conn.(syscall.Conn)
	if !ok {
		return nil, errors.ErrUnsupported
	}
	return inner.SyscallConn()
}

type overKey struct{}

// markOver tells the requests of a connection that it was one too many.
func markOver(ctx context.Context, c net.Conn) context.Context {
	if one, ok := c.(*counted); ok && one.over {
		return context.WithValue(ctx, overKey{}, true)
	}
	return ctx
}

// refuseOver answers those requests, and lets their connection go.
func refuseOver(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Context().Value(overKey{}) == nil {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Connection", "close")
		problem.Write(w, r, full)
	})
}
