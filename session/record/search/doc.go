// Package search finds conversations in the record: by the words that were said, by who answered, when
// and how it ended.
//
// An Index follows the segments by their write numbers and keeps, of every message, the tokens of its
// words and its time. One node at a time moves the index on, whichever comes first, and each step is
// one transaction with the number it has reached, so a message is neither missed nor indexed twice.
// Losing the index loses nothing: set its counter to 0, and it is built again.
//
// SQLite keeps the tokens in FTS5 and PostgreSQL in a tsvector; what differs between them is one file
// each. Both answer newest first, because the id of a message begins with its time.
//
// The work of a search is bounded, whatever is asked. Words are looked up in windows, newest first; the
// filters that the index does not know look at one window after the other. If after the last window the
// page is not full, it is returned as it is, with the place to go on from.
package search
