package torture

import (
	"sync/atomic"
	"time"
)

// clock is the clock of a client's machine: right, until somebody sets it.
type clock struct{ off atomic.Int64 }

// Now is what the machine shows.
func (c *clock) Now() time.Time { return time.Now().Add(time.Duration(c.off.Load())) }

// set makes the clock wrong by so much.
func (c *clock) set(off time.Duration) { c.off.Store(int64(off)) }
