package check

import (
	"cmp"
	"fmt"
	"slices"

	"yijian/cmd/yijian/torture/history"
	"yijian/session"
)

// seatsHoldTheirCapacity is invariant 7 in every look at a desk: no seat has more than it may, and no
// ticket is with two seats.
func seatsHoldTheirCapacity(v *view, found deskReport) {
	told := map[string]bool{}
	for _, s := range v.looks {
		with := map[session.ID]history.Seat{}
		for _, seat := range s.Seats {
			if seat.Capacity > 0 && len(seat.Holds) > seat.Capacity && !told[seat.Agent] {
				told[seat.Agent] = true
				found("", fmt.Sprintf("the seat of %s holds %d, its capacity is %d.", seat.Agent, len(seat.Holds), seat.Capacity), seat)
			}
			for _, id := range seat.Holds {
				if other, twice := with[id]; twice && !told[string(id)] {
					told[string(id)] = true
					found(id, fmt.Sprintf("its ticket is with %s and with %s.", other.Agent, seat.Agent), other, seat)
				}
				with[id] = seat
			}
		}
	}
}

// change is a conversation that an agent began or left.
type change struct {
	at   int64
	by   int // +1 or −1
	id   session.ID
	step history.Stored
}

// agentsTalkWithinCapacity is invariant 7 in the logs: at no time does one agent answer more sessions
// than the capacity of the seat.
func agentsTalkWithinCapacity(v *view, found deskReport) {
	capacity := v.capacities()
	for agent, changes := range v.changes() {
		most, known := capacity[agent]
		if !known {
			continue
		}
		now := 0
		for _, c := range changes {
			if now += c.by; now > most {
				found(c.id, fmt.Sprintf("with it %s answers %d sessions, the capacity is %d.", agent, now, most), c.step)
				break
			}
		}
	}
}

// changes are the beginnings and ends of every agent's conversations, in order.
func (v *view) changes() map[string][]change {
	all := map[string][]change{}
	for _, t := range v.talks {
		for i, e := range t.log.Events {
			if e.Kind != session.KindMove {
				continue
			}
			if s := t.before[i]; s.Owner == session.Human {
				all[s.Agent] = append(all[s.Agent], change{e.At, -1, t.id, e})
			}
			if e.To == session.Human {
				all[e.Agent] = append(all[e.Agent], change{e.At, +1, t.id, e})
			}
		}
	}
	for _, changes := range all {
		// In the same millisecond the order is not known: an end makes room first.
		slices.SortFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.by, b.by)) })
	}
	return all
}

// capacities are the largest that a seat of each agent was seen with.
func (v *view) capacities() map[string]int {
	most := map[string]int{}
	for _, s := range v.Samples {
		for _, seat := range s.Seats {
			most[seat.Agent] = max(most[seat.Agent], seat.Capacity)
		}
	}
	return most
}
