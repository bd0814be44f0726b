package session

import (
	"slices"
	"strings"
)

// Move is one legal change of who answers.
type Move struct {
	From, To Owner
	By       Role
}

// owners are all there are.
var owners = []Owner{Bot, Waiting, Human, Closed}

// moves is the only table of legal moves, but for repairs: those follow no wish, they bring back a
// state that had been reached by legal moves before a failover rolled the log back. append.lua is rendered with it (see scripts.go), so the
// script that refuses an illegal move and the code that avoids one cannot disagree.
var moves = []Move{
	// Somebody is needed: the visitor asks, the bot gives way, or the router decides.
	{Bot, Waiting, FromVisitor},
	{Bot, Waiting, FromBot},
	{Bot, Waiting, FromSystem},
	// Back to the bot is the visitor's own choice alone (W6).
	{Waiting, Bot, FromVisitor},
	{Human, Bot, FromVisitor},
	// An agent takes the ticket, gives it back, or is lost.
	{Waiting, Human, FromAgent},
	{Human, Waiting, FromAgent},
	{Human, Waiting, FromSystem},
	// The end: by the visitor from anywhere, by the agent who answers. A timer may close a
	// conversation with a bot or a person that has long been quiet, and the script asks for the proof
	// (see Append.Quiet); nobody who waits in line is ever dropped (invariant 5).
	{Bot, Closed, FromVisitor},
	{Waiting, Closed, FromVisitor},
	{Human, Closed, FromVisitor},
	{Human, Closed, FromAgent},
	{Bot, Closed, FromSystem},
	{Human, Closed, FromSystem},
	// A closed session that is written to reopens, straight into the line if a person is wanted.
	{Closed, Bot, FromVisitor},
	{Closed, Waiting, FromVisitor},
	{Closed, Waiting, FromSystem},
}

// CanMove reports whether by may move a session from one owner to another.
func CanMove(from, to Owner, by Role) bool {
	return slices.Contains(moves, Move{from, to, by})
}

// Moves returns a copy of the table of legal moves.
func Moves() []Move { return slices.Clone(moves) }

// luaMoves renders the table for the scripts: one string of "from>to>by" with a blank on either side of
// each, because a table would be built anew for every message, which moves nobody.
func luaMoves() string {
	var b strings.Builder
	b.WriteString(`local MOVES = " `)
	for _, m := range moves {
		b.WriteString(string(m.From) + ">" + string(m.To) + ">" + string(m.By) + " ")
	}
	b.WriteString("\"\nlocal OWNERS = \" ")
	for _, o := range owners {
		b.WriteString(string(o) + " ")
	}
	b.WriteString("\"")
	return b.String()
}
