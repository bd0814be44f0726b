// Package queue is the desk of one site: the lines people wait in, the seats agents take, and the
// offers between them.
//
// The desk is a projection. What is true about a conversation is in its session's log; Settle makes
// the desk agree with it and may be called at any time, any number of times, by anybody. So nothing
// here has to survive for a place in line to survive, and this package never touches a session: it
// returns outcomes, and the router acts on them.
//
//	        Settle                Dispatch               Accept                Settle
//	(gone) ────────▶ ┌─────────┐ ──────────▶ ┌─────────┐ ───────▶ ┌───────────┐ ────────▶ ┌──────┐
//	                 │ waiting │             │ offered │          │ accepting │           │ held │
//	                 └─────────┘ ◀────────── └─────────┘          └───────────┘           └──────┘
//	                    ▲   ▲    Decline, Lapse                         │                    │
//	                    │   └───────────── Lapse, then Return ──────────┘                    │
//	                    └──────────────────────── Settle (released, agent lost) ─────────────┘
//
// A ticket that is offered or accepting is still in line: it keeps its rank and its arrival until a
// person has it for certain. A seat has a state of its own: busy follows from its load unless the agent
// chose it, offline from its lease, and both are computed (Seat.Shown) rather than stored.
//
//	             two shown offers missed             chosen
//	┌───────────┐ ─────────────────────▶ ┌──────┐ ◀────────── any
//	│ available │ ◀───────────────────── │ away │
//	└───────────┘        chosen          └──────┘
//	    │   ▲
//	    │   └── Timer wrapup, or chosen ───┐
//	    └── a chat of a queue that gives ▶ wrap-up
//	        time for notes ended
//
// Every arrow is one script on one hash slot. Who decides which ticket goes to which seat is the pure
// function Match; the scripts check again what it assumed, so two processes that decide at once cannot
// both win.
package queue
