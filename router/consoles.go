package router

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"yijian/router/queue"
	"yijian/session"
)

// The topics of hints between nodes.
const (
	topicDesk = "desk" // a desk changed; data is the site
	topicSeat = "seat" // news for one seat; data is a SeatNews
)

// What a seat may hear.
const (
	NewsOffer = "offer" // a ticket is offered
	NewsGone  = "gone"  // an offer no longer stands
	NewsHeld  = "held"  // a session is this agent's now
	NewsSeat  = "seat"  // the status or load changed
	// NewsHolds: all sessions that the seat holds, told with every renewal, should other news have been lost.
	NewsHolds = "holds"
	// NewsConsult: a colleague asks for help with a session.
	NewsConsult = "consult"
)

// Why an offer no longer stands, as the wire says it.
const (
	GoneAccepted = "accepted"
	GoneLapsed   = "lapsed"
	GoneDeclined = "declined"
	GoneLeft     = "left"
)

// SeatNews is something that happened to one seat, for every console of that agent on any node.
type SeatNews struct {
	Site    string       `json:"site"`
	Agent   string       `json:"agent"`
	What    string       `json:"what"`
	Ticket  *queue.Offer `json:"ticket,omitempty"` // offer
	Offer   string       `json:"offer,omitempty"`  // gone
	Code    string       `json:"code,omitempty"`   // gone
	Session session.ID   `json:"session,omitempty"`
	From    string       `json:"from,omitempty"` // consult: the colleague's name
	Held    []session.ID `json:"-"`              // holds; it stays on its node
}

// Console hears the news of its agent's seat. It may only take note.
type Console interface {
	News(n SeatNews)
}

// consoles knows the agent sockets of this node by seat.
type consoles struct {
	mu    sync.Mutex
	seats map[seatKey]*seated
}

type seatKey struct{ site, agent string }

// seated is one seat as this node knows it: enough to give it back to a desk that lost it.
type seated struct {
	consoles map[Console]bool
	seating  Seating
	status   queue.Status
}

func newConsoles() *consoles { return &consoles{seats: map[seatKey]*seated{}} }

func (c *consoles) add(site, agent string, x Console, s Seating, status queue.Status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := seatKey{site, agent}
	if c.seats[key] == nil {
		c.seats[key] = &seated{consoles: map[Console]bool{}}
	}
	c.seats[key].consoles[x] = true
	c.seats[key].seating, c.seats[key].status = s, status
}

// remove reports whether this was the seat's last console here.
func (c *consoles) remove(site, agent string, x Console) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := seatKey{site, agent}
	seat := c.seats[key]
	if seat == nil {
		return false
	}
	delete(seat.consoles, x)
	if len(seat.consoles) > 0 {
		return false
	}
	delete(c.seats, key)
	return true
}

func (c *consoles) of(site, agent string) []Console {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Console
	if seat := c.seats[seatKey{site, agent}]; seat != nil {
		out = slices.Collect(maps.Keys(seat.consoles))
	}
	return out
}

func (c *consoles) seating(site, agent string) (s Seating, here bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if seat := c.seats[seatKey{site, agent}]; seat != nil {
		return seat.seating, true
	}
	return Seating{}, false
}

func (c *consoles) status(site, agent string) queue.Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	if seat := c.seats[seatKey{site, agent}]; seat != nil {
		return seat.status
	}
	return queue.Offline
}

func (c *consoles) remember(site, agent string, status queue.Status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if seat := c.seats[seatKey{site, agent}]; seat != nil {
		seat.status = status
	}
}

// agents returns who has a console of this site on this node.
func (c *consoles) agents(site string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for key := range c.seats {
		if key.site == site {
			out = append(out, key.agent)
		}
	}
	return out
}

// seatNews tells every console of a seat, here and on the other nodes the seat is connected to.
func (r *Router) seatNews(ctx context.Context, site, agent string, n SeatNews) {
	n.Site, n.Agent = site, agent
	b, err := json.Marshal(n)
	if err != nil {
		r.log.Error().Err(err).Msg("seat news not encoded")
		return
	}
	nodes, err := r.desk.Nodes(ctx, site, agent)
	if err != nil {
		// The consoles learn it from the seat's next renewal.
		r.log.Warn().Err(err).Msg("seat news not sent to other nodes")
		nodes = []string{r.node.ID()}
	}
	r.node.Tell(nodes, topicSeat, string(b))
}

func (r *Router) onSeatNews(data string) {
	var n SeatNews
	if err := json.Unmarshal([]byte(data), &n); err != nil {
		r.log.Warn().Err(err).Msg("seat news not understood")
		return
	}
	for _, c := range r.consoles.of(n.Site, n.Agent) {
		c.News(n)
	}
}
