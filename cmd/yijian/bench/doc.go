// Package bench measures what a visitor costs: memory while idle, and delay while talking. A figure
// alone says more about the machine than about the server, so each is taken beside that of a bare
// reference on the same machine, in the same minute, with the same load.
package bench

import (
	"errors"
	"fmt"
	"time"
)

// What the figures are held to.
const (
	// goalIdle is the most bytes of memory that an idle visitor may cost.
	goalIdle = 14_000
	// goalRatio is how many times the reference's median delay ours may be.
	goalRatio = 1.6
	// validIdle and validRate say when the reference is as good as it can be; where it is not, the
	// machine is too busy or too slow for a comparison.
	validIdle  = 9_600
	validRate  = 15_000
	validConns = 5_000
)

// Server is a running server to measure.
type Server struct {
	// URL is its base, such as http://127.0.0.1:8080; PID the process whose memory and CPU count.
	URL string
	PID int
	// Profile is a folder for its heap or CPU profile; empty for none.
	Profile string
}

// Pair is the two servers of a comparison. Both use the same Redis.
type Pair struct{ Reference, Yijian Server }

// perSeat is the most sessions that one agent may have.
const perSeat = 50

// Seats is how many agents it takes to talk with so many visitors. One more than needed: the desk
// need not fill the last place of each.
func Seats(pairs int) int { return (pairs+perSeat-1)/perSeat + 1 }

// Capacity is what each of the agents must be allowed to take.
const Capacity = perSeat

// IdleConfig says how to measure idle visitors.
type IdleConfig struct {
	Conns, Runs int
	// Hold is how long the visitors stay before the memory is taken; each pings once in it, as the
	// widget does every 25 s.
	Hold time.Duration
	Site string
}

// TalkConfig says how to measure visitors who talk.
type TalkConfig struct {
	Rate, Pairs, Runs int
	Duration          time.Duration
	Site              string
	// Keys are API keys of as many agents as Seats says, each with Capacity.
	Keys []string
}

// A visitor may send some messages at once and then one a second; see web/visitor.go.
const (
	burst     = 30
	perSecond = 1
)

const mostConns = 200_000

// Validate returns all that is wrong with the settings, joined.
func (c IdleConfig) Validate() error {
	if c.Conns < 1 || c.Conns > mostConns {
		return fmt.Errorf("%d connections cannot be opened; ask for 1 to %d", c.Conns, mostConns)
	}
	if c.Runs < 1 || c.Hold < 0 {
		return errors.New("nothing would be measured; runs start at 1, and the hold cannot be negative")
	}
	return nil
}

// Validate returns all that is wrong with the settings, joined.
func (c TalkConfig) Validate() error {
	if c.Rate < 1 || c.Pairs < 1 || c.Runs < 1 || c.Duration < time.Second {
		return errors.New("nothing would be measured; rate, pairs and runs start at 1, the duration at 1s")
	}
	if len(c.Keys) < Seats(c.Pairs) {
		return fmt.Errorf("%d pairs need %d agents and there are %d keys; make more accounts", c.Pairs, Seats(c.Pairs), len(c.Keys))
	}
	seconds := (c.Duration + warmUp).Seconds()
	each := float64(c.Rate) / float64(c.Pairs)
	if allowed := most(seconds); each > allowed {
		return fmt.Errorf("each visitor would send %.1f messages a second, and the server slows a visitor down before; "+
			"take --pairs %d or more, or a shorter --duration", each, int(float64(c.Rate)/allowed)+1)
	}
	return nil
}

// most is how many messages a second a visitor may send for so long, run after run: what was used
// up comes back while the other server is measured.
func most(seconds float64) float64 { return min(perSecond+burst/seconds, 2*perSecond) }
