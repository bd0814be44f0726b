// Package web is everything that speaks HTTP: the visitor and agent sockets, REST, health, metrics
// and the pages. It knows frames and requests; what they mean is the router's business, and each
// handler is a few lines that decode, call, and encode.
//
// A visitor's socket lives like this:
//
//	upgrade (Origin allowed) ─▶ hello within 10 s ─▶ welcome, missed events ─▶ frames ⇄ events
//	                                 │ unknown site, foreign token                 │
//	                                 ▼                                             ▼
//	                               refused                        bye, too slow, quiet: reconnect
package web
