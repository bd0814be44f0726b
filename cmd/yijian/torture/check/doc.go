// Package check reads the whole history of a torture run and says where an invariant was broken.
//
// It is pure: the same history is judged the same way every time, here or from files that were kept.
// It believes nobody. What clients saw is compared with the log, the log is folded again with the
// rules of package session, and the desk is compared with both. Each file holds one invariant of
// DESIGN §3, by its number; view.go puts in order what they all read.
//
// What cannot be known is not judged: a `human` whose frame may never have arrived, the end of a run
// of which no end was taken down, an event that `fast` may forget and told the client so.
package check
