package web

import (
	"sync"
	"time"

	"yijian/web/ws"
)

const (
	// hellosAtOnce is how many hellos are acted on at a time: more than fill the pipelines to Redis,
	// few enough that they use the same stacks and buffers one after the other.
	hellosAtOnce = 256
	// doorPatience is how long one stands in front of the door. Behind a Redis that hangs it would be
	// long, and whoever goes in then learns what is wrong.
	doorPatience = 4 * time.Second
)

// door lets hellos in, in the order they came. When a node dies all its visitors come to another at
// once; acting on all of them at a time takes memory for each and makes every one of them late.
type door struct {
	crew *ws.Crew

	mu     sync.Mutex
	inside int
	line   []comer
	late   *time.Timer // for the first in line; nil until there was one
}

// comer is a hello in line.
type comer struct {
	hello func()
	since time.Time
}

func newDoor(c *ws.Crew) *door { return &door{crew: c} }

// do acts on a hello when it is its turn, on a goroutine of the crew, and waits until it is done. It
// is a reader who waits, so nothing here may go deep: see ws.Crew.
func (d *door) do(hello func()) {
	done := make(chan struct{})
	d.come(func() { defer close(done); hello() })
	<-done
}

func (d *door) come(hello func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.inside < hellosAtOnce {
		d.inside++
		d.crew.Go(func() { d.through(hello) })
		return
	}
	d.line = append(d.line, comer{hello, time.Now()})
	if len(d.line) == 1 {
		d.watchLocked()
	}
}

// through acts on a hello, and then on those in line.
func (d *door) through(hello func()) {
	for hello != nil {
		hello()
		hello = d.next()
	}
}

// next is the first in line, or nil, which frees a place.
func (d *door) next() func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.line) == 0 {
		d.inside--
		return nil
	}
	return d.firstLocked()
}

func (d *door) firstLocked() func() {
	first := d.line[0].hello
	d.line[0] = comer{}
	if d.line = d.line[1:]; len(d.line) == 0 {
		d.line = nil // what a storm took
	}
	return first
}

// watchLocked has those let in who have stood in line for too long.
func (d *door) watchLocked() {
	left := time.Until(d.line[0].since.Add(doorPatience))
	if d.late == nil {
		d.late = time.AfterFunc(left, d.relent)
		return
	}
	d.late.Reset(left)
}

func (d *door) relent() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.line) > 0 && time.Since(d.line[0].since) >= doorPatience {
		d.crew.Go(d.firstLocked())
	}
	if len(d.line) > 0 {
		d.watchLocked()
	}
}
