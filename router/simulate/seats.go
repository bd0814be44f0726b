package simulate

import (
	"strconv"
	"time"

	"yijian/agents"
	"yijian/router/queue"
)

// crew is the seats of one day and who of them is there.
type crew struct {
	shifts []Shift
	seats  []queue.Seat
	index  map[string]int
	// group is the first seat of each shift, and one more.
	group []int
	// change is when the next shift comes or goes.
	change time.Duration
	// free is the room of all seats on duty; room is that and what is in use of it.
	free, room int
	// picky says that some seat does not suit everybody.
	picky bool

	// duty and busy are seat times, of one conversation each, up to since.
	duty, busy time.Duration
	since      time.Duration
	talking    int
}

func newCrew(shifts []Shift, now time.Duration) *crew {
	c := &crew{shifts: shifts, index: map[string]int{}, since: now}
	for i := range shifts {
		s := &shifts[i]
		c.group = append(c.group, len(c.seats))
		c.picky = c.picky || len(s.Skills) > 0 || len(s.Langs) > 0
		skills, _ := agents.ParseSkills(s.Skills) // Check has read them
		for range s.Agents {
			agent := "agent" + strconv.Itoa(len(c.seats)+1)
			c.index[agent] = len(c.seats)
			c.seats = append(c.seats, queue.Seat{
				Agent: agent, Status: queue.Offline, Capacity: s.Capacity, Langs: s.Langs, Skills: skills,
				Lease: opening.AddDate(1000, 0, 0), IdleSince: opening,
			})
		}
	}
	c.group = append(c.group, len(c.seats))
	c.turn(now)
	return c
}

// turn lets the shifts come and go. Who is in a conversation finishes it.
func (c *crew) turn(now time.Duration) {
	c.count(now)
	c.change = never
	for i := range c.shifts {
		shift := &c.shifts[i]
		c.change = min(c.change, shift.next(now))
		on := shift.onDuty(now)
		for n := c.group[i]; n < c.group[i+1]; n++ {
			c.set(&c.seats[n], on, now)
		}
	}
}

func (c *crew) set(s *queue.Seat, on bool, now time.Duration) {
	if on == (s.Status == queue.Available) {
		return
	}
	if on {
		s.Status, s.IdleSince = queue.Available, opening.Add(now)
		c.free += s.Free()
		c.room += s.Capacity
		return
	}
	s.Status = queue.Offline
	c.free -= s.Free()
	c.room -= s.Capacity
}

// take and give back one conversation's room of a seat.
func (c *crew) take(seat int, now time.Duration) {
	c.count(now)
	s := &c.seats[seat]
	s.Load++
	s.IdleSince = opening.Add(now)
	c.free--
	c.talking++
}

func (c *crew) giveBack(seat int, now time.Duration) {
	c.count(now)
	s := &c.seats[seat]
	s.Load--
	s.IdleSince = opening.Add(now)
	c.talking--
	if s.Status == queue.Available {
		c.free++
	}
}

// count adds up the seat time since the last call. Time after the end of a shift is duty as well:
// somebody works it.
func (c *crew) count(now time.Duration) {
	span := now - c.since
	c.busy += time.Duration(c.talking) * span
	c.duty += time.Duration(c.talking+c.free) * span
	c.since = now
}

// able appends the seats that have room.
func (c *crew) able(out []queue.Seat) []queue.Seat {
	for i := range c.seats {
		if s := &c.seats[i]; s.Status == queue.Available && s.Load < s.Capacity {
			out = append(out, *s)
		}
	}
	return out
}

// servers counts the conversations that a queue's seats on duty can have at once, as the desk does.
func (c *crew) servers(name string) int {
	n := 0
	for i := range c.seats {
		if s := &c.seats[i]; s.Status == queue.Available && s.Serves(name) {
			n += s.Capacity
		}
	}
	return n
}
