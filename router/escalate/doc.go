// Package escalate notices who needs a person, and says why.
//
// A conversation with the bot is folded into a few small features, one file a signal, and judged
// against a policy:
//
//	session.Event ──Add──▶ Session ──Input──▶ Judge(Input, Policy) ──▶ Decision
//
// Judge looks at the floors first: the visitor's words, a refusal of the bot, an incident, failed
// turns and a silent bot lead to a person whatever the policy says. What remains is a scorecard:
// points per signal, fading with age, against three thresholds (assist, offer, transfer). The
// Decision carries all that made it, so that it can be explained from the record alone
// (invariant 10).
//
// The package is pure: no I/O, no clock, no randomness. The caller says when to judge (after every
// message of the visitor and of the bot, and when a bot's silence timer fires) and acts on the
// outcome.
package escalate
