// Package session owns the conversation: its log, the state the log folds into, and its delivery.
//
// A session is one visitor's conversation. It outlives every connection, browser tab and server
// process, so it lives in Redis: a hash with the live state and a stream with the events, numbered by
// seq without gaps. What Redis loses a Restorer gives back (restore.go, revive.go), in another life
// of the log (lives.go). One script, append.lua, is the only writer. It stores an
// event once however often it is sent, refuses an illegal move, and refuses a late bot reply by
// epoch and ask, so that no caller has to be trusted with an invariant.
//
//	        human, words, decision, timer
//	 ┌─────┐ ───────────────────────────▶ ┌─────────┐   accept    ┌───────┐
//	 │ bot │                              │ waiting │ ──────────▶ │ human │
//	 └─────┘ ◀─────────────────────────── └─────────┘ ◀────────── └───────┘
//	    │ ▲        the visitor's choice        │    agent lost,       │
//	end │ │ message                        end │    transfer,         │ close, end
//	    ▼ │                                    ▼    release           ▼
//	 ┌──────────────────────────────────────────────────────────────────┐
//	 │ closed: a message or `human` reopens it; nothing is thrown away  │
//	 └──────────────────────────────────────────────────────────────────┘
//
// The arrows are the table in moves.go, which is also what append.lua is given to check with.
//
// Around the log: a Node is one process's view of it (which sessions are open here, who listens),
// inbox.go carries events between nodes, and due.go runs the durable timers that finish whatever a
// dead process left half done.
package session
