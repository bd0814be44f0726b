// Package simulate plays a virtual day at a desk: visitors arrive, wait, are matched and helped. It
// uses the same match as the real desk on a virtual clock, so what it says about a strategy, a head
// start or a number of agents is what the desk would do. It answers "how many agents at ten?" in
// seconds, and is the test bed that the queueing theory is held against.
package simulate
