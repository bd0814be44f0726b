// Package policy keeps the published versions of when the router steps in.
//
//	draft ──validate──▶ preview ──reason──▶ Publish ──▶ version n+1 ──▶ every node within 5 s
//	                                         ▲
//	                          Restore(n) ────┘   the same words again, the same hash
//
// Versions lie in SQL and are never changed or deleted; a version's hash is over what it says, so that
// a restored policy has its old one. Whoever publishes names the version the draft began from: if that
// is not the newest any more, nothing is written. The floors are checked here, by escalate's Validate,
// and again by every Judge, whatever lies in the table.
//
// The package also keeps what was judged lately, whole enough to judge it again: Preview says what the
// last decisions would have been under a draft. A rehearsal over the whole record can come behind the
// same call.
package policy
