// Package demo fills a new record with a day of the demo shop, so that no board and no search is empty on
// the first look.
//
// Nothing of it is made up behind the house's back: visitors write to the real router over a Redis in
// the process, the real bot answers them, the policy judges them, the desk matches them to agents, and
// the archiver writes the record. Only the clock is virtual, so that the day before now takes seconds,
// and the dice have a seed, so that the same day comes again.
//
//	agenda ──next step──▶ a visitor or an agent acts ──▶ what waits is offered, accepted a little later
//	   ▲                                                          │
//	   └──────────────── what follows, at its time ◀──────────────┘
package demo
