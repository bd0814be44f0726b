package ws

import "time"

// restFor is how long a member of a crew waits for another job before it ends.
const restFor = 100 * time.Millisecond

// Crew runs short jobs for many connections on goroutines that are used again. A job goes deep,
// through JSON and Redis or into the kernel, and grows the stack it runs on. On a goroutine that
// lives as long as its connection that memory would stay with every idle visitor; on a new one each
// time it would be grown anew for every frame.
type Crew struct {
	jobs    chan func()
	buffers buffers
}

// NewCrew returns a crew without members: they come with the first jobs and go when there are none.
func NewCrew() *Crew { return &Crew{jobs: make(chan func())} }

// Go runs a job on another goroutine. It never waits: if all members are busy, one more comes.
func (c *Crew) Go(job func()) {
	select {
	case c.jobs <- job:
	default:
		go c.work(job)
	}
}

// Do runs a job on another goroutine and waits until it is done.
func (c *Crew) Do(job func()) {
	done := make(chan struct{})
	c.Go(func() { defer close(done); job() })
	<-done
}

func (c *Crew) work(job func()) {
	rest := time.NewTimer(restFor)
	defer rest.Stop()
	for {
		job()
		rest.Reset(restFor)
		select {
		case job = <-c.jobs:
		case <-rest.C:
			return
		}
	}
}
