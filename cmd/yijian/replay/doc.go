// Package replay plays a file of questions as visitors, against a running server, to find out
// whether a conversation is ever lost on its way to a person.
//
// Nothing is stubbed: each visitor is a visitor socket with a token, a position and its own
// resending, each agent an agent socket with an account and a key of its own. Both come back by
// themselves, so the server may be restarted while they talk.
//
//	plan ─▶ visitor ─▶ socket ─▶ the server ◀─ socket ◀─ agent
//	           │                     │
//	         story ───▶ check ◀── transcript
//
// What a visitor sent and was shown is its story. At the end of a session the story is held against
// the transcript that the server keeps, by a pure function, and whatever the two disagree about is
// counted: see check for the exact meaning of lost, doubled, bot_after_handoff and dropped.
package replay
