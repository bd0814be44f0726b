// Package words cuts text into the tokens that the record is searched by.
//
// Neither engine finds a Chinese word of two characters by itself: FTS5's unicode61 takes a whole
// sentence for one word, its trigram index needs three characters, and PostgreSQL has no parser for
// Chinese at all. So both are given the same tokens, made here: of a script without spaces every two
// neighbouring characters, and the last one alone; of others the words, without their endings. A
// search for 退款 is then a search for one token, one for 退款申请 a phrase of 退款, 款申 and 申请, and
// one for 退 everything that begins with it.
//
// A token holds letters, marks and digits only, so what a visitor or an agent wrote cannot become a
// part of a query's syntax.
package words
