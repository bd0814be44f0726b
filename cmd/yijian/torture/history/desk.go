package history

import "yijian/session"

// DeskSample is one look at a desk while it works. Holds are read in one step, so two of one ticket
// in a sample are two at one moment; the tickets may be read one by one after it.
type DeskSample struct {
	At      int64    `json:"us"` // as in Entry
	Site    string   `json:"site"`
	Seats   []Seat   `json:"seats,omitempty"`
	Tickets []Ticket `json:"tickets,omitempty"`
}

// Seat is an agent's seat and what it holds: offers, accepts on their way, and conversations.
type Seat struct {
	Agent    string       `json:"agent"`
	Capacity int          `json:"capacity"`
	Holds    []session.ID `json:"holds,omitempty"`
}

// Ticket is a place in line, or a conversation that an agent holds. Those that are gone are left out.
type Ticket struct {
	Session session.ID `json:"session"`
	State   string     `json:"state"`   // queue.State: waiting, offered, accepting, held
	Arrived int64      `json:"arrived"` // µs since 1970
	Epoch   int64      `json:"epoch"`
	// Agent, Number and Deadline (ms since 1970) are set from the offer on.
	Agent    string `json:"agent,omitempty"`
	Number   uint64 `json:"number,omitempty"`
	Deadline int64  `json:"deadline,omitempty"`
}
