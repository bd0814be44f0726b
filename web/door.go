package web

import "time"

const (
	// hellosAtOnce is how many hellos are acted on at a time: more than fill the pipelines to Redis,
	// few enough that they use the same stacks and buffers one after the other.
	hellosAtOnce = 256
	// doorPatience is how long one waits in front of the door. Behind a Redis that hangs it would be
	// long, and whoever goes in then learns what is wrong.
	doorPatience = 4 * time.Second
)

// door lets hellos in, in the order they came. When a node dies all its visitors come to another at
// once; acting on all of them at a time takes memory for each and makes every one of them late.
type door chan struct{}

func newDoor() door { return make(door, hellosAtOnce) }

// enter waits for a place, and leave, which must be called, gives it back.
func (d door) enter() (leave func()) {
	select {
	case d <- struct{}{}:
		return d.leave
	default:
	}
	late := time.NewTimer(doorPatience)
	defer late.Stop()
	select {
	case d <- struct{}{}:
		return d.leave
	case <-late.C:
		return func() {}
	}
}

func (d door) leave() { <-d }
