// Package client is a client of the wire as good as our pages are: a socket that comes back by
// itself, on another node if it must, and sends what nobody answered again under the same id. The
// tools that play visitors and agents (replay, torture) are built on it, so that what they find is
// the server's doing.
package client
