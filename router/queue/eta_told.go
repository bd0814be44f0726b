package queue

import "time"

// Why says for what reason a visitor is told a longer wait than before.
type Why string

// The reasons. A wait that is told never grows without one.
const (
	WhyNone Why = ""
	// WhyFewer is that fewer people are on duty than when the last range was told.
	WhyFewer Why = "fewer_agents"
	// WhyAhead is that somebody went in front, whose matter is more urgent or who had been there before.
	WhyAhead Why = "urgent_ahead"
	// WhySlower is that conversations take clearly longer than before.
	WhySlower Why = "longer_chats"
)

// Told is what a waiting visitor hears about its turn, and what that was based on.
type Told struct {
	Range
	Position, Servers int
	// Why is the reason if the range is longer than the one told before.
	Why Why
}

// clearlySlower is by how much conversations must have become longer to be a reason: less is the
// scatter of a few of them.
const clearlySlower = 1.25

// Tell decides what to say next to a visitor who was told last. A shorter wait is told as it is. A
// longer one is told only with its reason; without one the visitor goes on hearing what was said.
func Tell(last, next Told) Told {
	next.Why = WhyNone
	if !last.Known || !next.Known || (next.From <= last.From && next.To <= last.To) {
		return next
	}
	switch {
	case next.Servers < last.Servers:
		next.Why = WhyFewer
	case next.Position > last.Position:
		next.Why = WhyAhead
	case next.To > time.Duration(clearlySlower*float64(last.To)):
		next.Why = WhySlower
	default:
		// Position and servers stay those of the last range that was told as it was, so that many
		// small steps add up to a reason.
		next.From, next.To = min(next.From, last.From), min(next.To, last.To)
	}
	return next
}
