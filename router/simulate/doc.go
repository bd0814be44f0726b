// Package simulate plays virtual days at a desk: visitors arrive, wait, are matched and helped. It
// uses the same match, forecast and head start as the real desk on a virtual clock, so what it says
// about a strategy, a head start or a number of agents is what the desk would do. It answers "how
// many agents at ten?" in seconds, and is the test bed that the queueing theory is held against.
//
// A visitor's way through a day:
//
//	          arrive            queue.Match              talk is over
//	(source) ───────▶ ┌──────┐ ────────────▶ ┌─────────┐ ──────────▶ (served)
//	                  │ line │               │ talking │
//	                  └──────┘               └─────────┘
//	                     │ patience is over, and the day lets visitors leave
//	                     └──────────────────────────────────────────▶ (left)
//
// Nobody else leaves the line: it drops no one. Time moves from event to event, and no event costs
// more when the line is longer; only as many tickets are shown to the match as there is room for.
package simulate
