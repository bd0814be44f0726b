// Package router is the one door for commands. A visitor says, asks, leaves; an agent accepts,
// replies, closes: each is one method here, and only this package appends moves to a session.
//
// A handoff walks through it like this:
//
//	button, words, decision ─▶ append move bot→waiting     the log decides who was first
//	                          └▶ Settle: the desk learns    a ticket, at the time of the move
//	                             └▶ dispatch: match, offer  a seat's console rings
//	       agent accepts ─────▶ desk offered→accepting
//	                          └▶ append waiting→human       fenced by epoch and offer number
//	                             └▶ Settle: the desk learns a hold on the seat
//
// The session log is the truth and the desk is a projection of it. Settle makes the desk equal to
// one session; every move arms a timer that settles again, so a process may die between any two of
// these steps.
package router
