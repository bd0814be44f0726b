// Package auth is the door for people who answer: it signs them in, knows on every request who is
// asking, and refuses what the table in agents/can.go does not give them.
//
// A browser signs in with a cookie that scripts cannot read (__Host-yj over https, yj in the trial
// mode over http on localhost), a program with "Authorization: Bearer" and an API key. A token is
// never in a URL and never in the body of an answer, except a key or a link in the one answer that
// creates it.
//
// Every operation says in its metadata which verb it needs, or that it is public; one middleware
// asks the table. An operation that says neither is refused to everybody and fails the tests
// (Undecided). A write that comes with a cookie must come from our own pages.
//
// A socket authenticates its upgrade with FromRequest and then asks agents.Store.Valid with the
// Identity's Ref at least every 5 s; when that answers agents.ErrUnauthorized, the session was
// revoked or the account disabled, and the socket closes (S1). Checking the Origin of an upgrade
// is the socket's own duty: browsers send cookies with it from anywhere on the same site.
package auth
