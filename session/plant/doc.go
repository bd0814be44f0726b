// Package plant holds bugs that can be put into Yijian, to prove that the checker of `yijian torture`
// finds them. A checker that has never found anything may be blind.
//
// Without the build tag `planted`, which no binary that is given to anybody is built with, this
// package is a few constants that are false or 0 and a function that returns what it was given: the
// compiler removes what they guard. With it, the variable YIJIAN_PLANT names the one bug to plant. A
// bug in Lua replaces a line of the script, and the program does not start if that line is no longer
// there, so that no plant can wither unseen.
//
//	dedupe    an event that is sent again is stored again
//	epoch     a late writer is not fenced: epoch, and for a bot owner and ask, are not looked at
//	timer     a move does not arm the timer that settles it if its process dies
//	place     a return to the line counts as an arrival
//	wait      safe acknowledges before a replica has it
//	inbox     an event that came early is delivered as if it were next
//	press     the wish of every fourth visitor for a person is answered and forgotten
//	memory    a session that comes back from the record arrives anew
//	double    an offer does not mark its ticket, which is then offered to another seat as well
//	capacity  a seat is given one conversation more than it takes
package plant
