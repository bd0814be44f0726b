// Package keep lets go of what the record need not keep any longer.
//
// A day after the last event of a conversation its pace buckets are dropped, a decision keeps only the
// bin it used, and the numbers of calls that were made are masked where the site masks telephones. After
// as long as the site keeps conversations, one that is over is erased, wherever it is kept.
//
// What the command line erased from the record, nodes find in the audit log within seconds, and erase it
// wherever else it is kept.
//
// Every node sweeps, once an hour. Doing a part twice is harmless.
package keep
